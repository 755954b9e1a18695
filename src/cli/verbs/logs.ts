import type { LogEntry, LogFilter, LogLevel } from '../../engine/engine.ts';
import type { Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { integrationOf } from '../integration.ts';
import { note, plain, print, printJsonLine } from '../output.ts';
import type { OptionValues } from '../parse.ts';

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export const run: Run = async ({ options, json }, { open }) => {
  const filter = readFilter(options);
  const engine = await open('look');
  const entries = await engine.logs(filter);
  if (json) for (const entry of entries) await printJsonLine(entry);
  else if (entries.length > 0) print(entries.map(line).join('\n'));
  else note('Nothing is logged for this.');
  return exitCodes.done;
};

function readFilter(options: OptionValues): LogFilter {
  const integration = options.text('--integration');
  const run = options.text('--run');
  const level = options.text('--level');
  if (integration !== undefined) integrationOf(integration);
  const known = levels.find((each) => each === level);
  if (level !== undefined && known === undefined) {
    throw new UsageError(`--level is one of ${levels.join(', ')}; "${level}" is none.`);
  }
  return {
    limit: options.integer('--limit', { min: 1 }) ?? 100,
    ...(integration === undefined ? {} : { integration }),
    ...(run === undefined ? {} : { run }),
    ...(known === undefined ? {} : { level: known }),
  };
}

function line(entry: LogEntry): string {
  const about = [entry.integration, entry.type, entry.record].filter(Boolean).map(plain).join(' ');
  return [entry.time, entry.level.padEnd(5), about, plain(entry.message)].filter(Boolean).join('  ');
}
