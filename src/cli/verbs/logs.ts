import { setTimeout } from 'node:timers/promises';
import type { LogEntry, LogFilter, LogLevel } from '../../engine/engine.ts';
import { followLog } from '../../log/follow.ts';
import { sinceTime } from '../../text/span.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { integrationOf, recordTypeOf } from '../integration.ts';
import { pathsOf } from '../open.ts';
import { note, plain, print, printJsonLine } from '../output.ts';
import type { OptionValues } from '../parse.ts';

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
/** How often new lines are looked for, milliseconds. */
const lookEveryMs = 300;

export const run: Run = async (invocation, { open, signal }) => {
  const { options, json } = invocation;
  const filter = readFilter(options);
  const engine = await open('look');
  const entries = await engine.logs(filter);
  const say = async (entry: LogEntry) => {
    if (json) await printJsonLine(entry);
    else print(line(entry));
  };
  for (const entry of entries) await say(entry);
  if (!options.has('--follow')) {
    if (entries.length === 0 && !json) note('Nothing is logged for this.');
    return exitCodes.done;
  }
  // The log is a file on this machine, also when the engine runs in another process.
  const next = (stop: AbortSignal) => setTimeout(lookEveryMs, undefined, { signal: stop }).catch(() => {});
  for await (const entry of followLog(pathsOf(invocation).log, filter, { signal, next })) await say(entry as LogEntry);
  return exitCodes.done;
};

function readFilter(options: OptionValues): LogFilter {
  const integration = options.text('--integration');
  const run = options.text('--run');
  const record = options.text('--record');
  const type = options.text('--type');
  const level = options.text('--level');
  const given = options.text('--since');
  if (integration !== undefined) integrationOf(integration);
  const known = levels.find((each) => each === level);
  if (level !== undefined && known === undefined) {
    throw new UsageError(`--level is one of ${levels.join(', ')}; "${level}" is none.`);
  }
  const since = given === undefined ? undefined : sinceTime(given, Date.now());
  if (since === null)
    throw new UsageError(`--since takes 30m, 24h, 7d or a date such as 2026-01-31; "${given}" is none.`);
  return {
    limit: options.integer('--limit', { min: 1 }) ?? 100,
    ...(integration === undefined ? {} : { integration }),
    ...(run === undefined ? {} : { run }),
    ...(record === undefined ? {} : { record }),
    ...(type === undefined ? {} : { type: recordTypeOf(type) }),
    ...(known === undefined ? {} : { level: known }),
    ...(since === undefined ? {} : { since }),
  };
}

function line(entry: LogEntry): string {
  const about = [entry.integration, entry.type, entry.record].filter(Boolean).map(plain).join(' ');
  const why = typeof entry.reason === 'string' ? `(${plain(entry.reason)})` : '';
  return [entry.time, entry.level.padEnd(5), about, plain(entry.message), changes(entry.changed), why]
    .filter(Boolean)
    .join('  ');
}

/** `status: Open > Closed` for every field that changed. */
function changes(changed: unknown): string {
  if (typeof changed !== 'object' || changed === null) return '';
  return Object.entries(changed as Record<string, { before: unknown; after: unknown }>)
    .map(([field, { before, after }]) => `${plain(field)}: ${plain(before) || '-'} > ${plain(after) || '-'}`)
    .join(', ');
}
