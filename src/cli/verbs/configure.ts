/** `configure`: how an integration syncs. */
import type { Manifest, OptionField } from '../../connector/manifest.ts';
import type { SyncSettings } from '../../engine/engine.ts';
import type { IntegrationView } from '../../engine/snapshot.ts';
import { assignments } from '../assignments.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { connectedView } from '../integration.ts';
import { mappingFrom, mappingLines } from '../mapping-options.ts';
import { plain, print, printJson } from '../output.ts';
import { didYouMean, type OptionValues } from '../parse.ts';
import { dryRun } from './dry-run.ts';

export const run: Run = async ({ args: [id = ''], options, json }, { open, signal }) => {
  const settings = settingsOf(options);
  const given = assignments(options.all('--option'), '--option takes KEY=VALUE');
  const mapped = options.has('--map') || options.has('--unmap');
  const changes = mapped || Object.keys(settings).length + Object.keys(given).length > 0;
  const dry = options.has('--dry-run');
  const engine = await open(changes || dry ? 'own' : 'look');
  const before = connectedView(engine, id);
  const chosen = Object.keys(given).length === 0 ? {} : { options: typedOptions(await engine.manifest(id), given) };
  const mapping = await mappingFrom(options, engine, before);
  const wanted = { ...settings, ...(mapping === null ? {} : { mapping }) };
  if (dry) return await dryRun(engine, { id, settings: wanted, ...chosen }, { json, signal });
  const view = changes ? await engine.configure(id, { ...wanted, ...chosen }) : before;
  if (json) printJson(told(view));
  else print(lines(view));
  return exitCodes.done;
};

function settingsOf(options: OptionValues): Partial<SyncSettings> {
  const interval = options.integer('--interval', { min: 1 });
  if (interval !== undefined && interval !== 5 && interval !== 15 && interval !== 30) {
    throw new UsageError('--interval takes 5, 15 or 30.');
  }
  const conflicts = options.text('--conflicts');
  if (conflicts !== undefined && conflicts !== 'vendor' && conflicts !== 'portal' && conflicts !== 'ask') {
    throw new UsageError('--conflicts takes vendor, portal or ask.');
  }
  const readOnly = onOrOff('--read-only', options.text('--read-only'));
  const blanksErase = onOrOff('--blanks-erase', options.text('--blanks-erase'));
  return {
    ...(interval === undefined ? {} : { intervalMinutes: interval }),
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(blanksErase === undefined ? {} : { blanksErase }),
  };
}

function onOrOff(flag: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  const value = { on: true, yes: true, true: true, off: false, no: false, false: false }[text.toLowerCase()];
  if (value === undefined) throw new UsageError(`${flag} takes on or off.`);
  return value;
}

/** Each value as its option wants it; whether it fits is for the engine to say. */
function typedOptions(manifest: Manifest, given: Readonly<Record<string, string | null>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([key, text]) => {
      const field = manifest.options.find((each) => each.key === key);
      if (field !== undefined) return [key, typed(field, text ?? '')];
      const keys = manifest.options.map((each) => each.key);
      const known = keys.length === 0 ? 'It has none.' : `It has: ${keys.join(', ')}.`;
      throw new UsageError(`${manifest.name} has no option "${key}".${didYouMean(key, keys)} ${known}`);
    }),
  );
}

function typed({ key, kind }: OptionField, text: string): unknown {
  if (kind === 'boolean') return onOrOff(`--option ${key}`, text);
  if (kind === 'integer') return text === '' ? text : Number(text);
  if (kind === 'choices') return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  return text;
}

/** The stable shape of `--json`. */
const told = ({ id, intervalMinutes, sync, options }: IntegrationView) => ({
  id,
  intervalMinutes,
  conflicts: sync.conflicts ?? 'ask',
  readOnly: sync.readOnly === true,
  blanksErase: sync.blanksErase === true,
  mapping: sync.mapping ?? {},
  options,
});

function lines(view: IntegrationView): string {
  const { intervalMinutes, conflicts, readOnly, blanksErase, options, mapping } = told(view);
  const word = (on: boolean) => (on ? 'on' : 'off');
  return [
    `${view.name} syncs every ${intervalMinutes} minutes.`,
    `  conflicts: ${conflicts}   read-only: ${word(readOnly)}   blanks-erase: ${word(blanksErase)}`,
    ...Object.entries(options).map(([key, value]) => `  ${key} = ${plain(String(value))}`),
    ...mappingLines(mapping),
  ].join('\n');
}
