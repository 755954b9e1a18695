import { announceChecks, checkJson, checkLines } from '../checks.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { availableIntegration, connectedView, recordTypeOf } from '../integration.ts';
import { readConnectorInput } from '../json-input.ts';
import { print, printJson } from '../output.ts';

export const run: Run = async ({ args: [id = ''], options, json }, { open, signal }) => {
  availableIntegration(id);
  const types = options.all('--type').map(recordTypeOf);
  const input = { id, ...(await readConnectorInput(options, signal)), ...(types.length > 0 ? { types } : {}) };
  const engine = await open('look');
  if (!input.credentials) connectedView(engine, id);
  const { ok, checks } = await engine.test(input, json ? announceChecks() : undefined, signal);
  if (json) printJson({ ok, checks: checks.map(checkJson) });
  else
    print(
      [...checks.flatMap(checkLines), '', ok ? 'The connection works.' : 'The connection does not work.'].join('\n'),
    );
  return ok ? exitCodes.done : exitCodes.failed;
};
