import type { SyncSettings } from '../../engine/engine.ts';
import { announceChecks, checkJson } from '../checks.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { availableIntegration, recordTypeOf, viewOf } from '../integration.ts';
import { readConnectorInput } from '../json-input.ts';
import { note, printJson } from '../output.ts';
import type { OptionValues } from '../parse.ts';
import { printStatus, statusJson } from '../status.ts';

/**
 * The wizard without a screen: test, save, enable. As there, a failure that makes connecting pointless saves nothing; one that
 * concerns a part (a record type without permission, a tenant without consent) is told and does not stop the rest.
 */
export const run: Run = async ({ args: [id = ''], options, json }, { open, signal }) => {
  const { name } = availableIntegration(id);
  const settings = readSettings(options);
  const input = {
    id,
    ...(await readConnectorInput(options, signal)),
    ...(settings.types ? { types: settings.types } : {}),
  };
  const engine = await open('own');
  if (!input.credentials && !viewOf(engine, id).configured) {
    throw new UsageError(
      `${name} needs credentials: --credentials FILE, or --credentials - for standard input. Where to find them: msportal guide ${id}`,
    );
  }
  const { ok, checks } = await engine.test(input, announceChecks(), signal);
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.some(({ hard }) => hard)) {
    if (json) printJson({ ok, checks: checks.map(checkJson), integrations: [statusJson(viewOf(engine, id))] });
    note(`${name} is not connected: the test failed, and nothing was saved.`);
    return exitCodes.failed;
  }
  const view = await engine.connect({ ...input, settings, enable: !options.has('--no-enable') });
  if (json) printJson({ ok, checks: checks.map(checkJson), integrations: [statusJson(view)] });
  else printStatus([view], { json });
  if (failed.length > 0) {
    const what = failed.map(({ label }) => label).join(', ');
    note(`${name} is connected, but not all of it works: ${what}. msportal test ${id} tells what to do.`);
  }
  return exitCodes.done;
};

function readSettings(options: OptionValues): Partial<SyncSettings> {
  const interval = options.integer('--interval');
  if (interval !== undefined && interval !== 5 && interval !== 15 && interval !== 30) {
    throw new UsageError(`--interval is 5, 15 or 30 minutes; ${interval} is not offered.`);
  }
  const types = options.all('--type').map(recordTypeOf);
  return {
    ...(interval === undefined ? {} : { intervalMinutes: interval }),
    ...(types.length === 0 ? {} : { types }),
    ...(options.has('--no-initial-import') ? { initialImport: false } : {}),
  };
}
