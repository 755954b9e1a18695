/** The filter line of the log: `record:48213 since:2h level:warn printer`. Pure. */
import type { LogEntry, LogFilter } from '../../../engine/engine.ts';
import { matches, parseTerms, type Term } from '../../../text/filter.ts';
import { sinceTime } from '../../../text/span.ts';
import { levels } from './model.ts';

export interface ParsedLogFilter {
  /** What the log itself is asked for, older lines than those on the screen too. */
  readonly query: Omit<LogFilter, 'limit'>;
  /** The other terms, for lines that are here. */
  fits(entry: LogEntry): boolean;
}

const plainFields = ['integration', 'run', 'type', 'record'] as const;

export function parseLogFilter(text: string, now: number): ParsedLogFilter {
  const query: { -readonly [K in keyof LogFilter]: LogFilter[K] } = {};
  const rest: Term[] = [];
  for (const term of parseTerms(text)) if (!take(term, query, now)) rest.push(term);
  return { query, fits: (entry) => matches(rest, entry, now) };
}

/** Puts a term into the query; false when it is none of the log's own. */
function take({ not, field, relation, value }: Term, query: Record<string, unknown>, now: number): boolean {
  if (not || field === null || (relation !== ':' && relation !== '=')) return false;
  const level = levels.find((each) => each.startsWith(value.toLowerCase()));
  const since = sinceTime(value, now);
  if (field === 'level' && level !== undefined) query.level = level;
  else if (field === 'since' && since !== null) query.since = since;
  else if (plainFields.some((each) => each === field)) query[field] = value;
  else return false;
  return true;
}
