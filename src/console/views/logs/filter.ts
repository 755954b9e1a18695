/** What of the log is asked for: the filter line, `record:48213 since:2h level:warn printer`, and the time window. Pure. */
import type { LogEntry, LogFilter } from '../../../engine/engine.ts';
import { matches, parseTerms, type Term } from '../../../text/filter.ts';
import { sinceTime } from '../../../text/span.ts';
import { levels } from './model.ts';

const minute = 60_000;

/** Chosen by digit: how far back one looks; null: as far as the log is held. */
export const timeWindows: readonly { readonly label: string; readonly ms: number | null }[] = [
  { label: 'all', ms: null },
  { label: 'last 5 min', ms: 5 * minute },
  { label: 'last 15 min', ms: 15 * minute },
  { label: 'last hour', ms: 60 * minute },
  { label: 'last 6 h', ms: 6 * 60 * minute },
  { label: 'last 24 h', ms: 24 * 60 * minute },
];

export interface ParsedLogFilter {
  /** What the log itself is asked for, older lines than those on the screen too. */
  readonly query: Omit<LogFilter, 'limit'>;
  /** The other terms, for lines that are here. */
  fits(entry: LogEntry): boolean;
}

const plainFields = ['integration', 'run', 'type', 'record'] as const;

/**
 * @param windowMs what is older is left out
 * Times move on by whole minutes: what is asked for stays the same meanwhile, and is not read anew.
 */
export function parseLogFilter(text: string, at: number, windowMs: number | null = null): ParsedLogFilter {
  const now = Math.floor(at / minute) * minute;
  const query: { -readonly [K in keyof LogFilter]: LogFilter[K] } = {};
  const rest: Term[] = [];
  for (const term of parseTerms(text)) if (!take(term, query, now)) rest.push(term);
  const begin = windowMs === null ? '' : new Date(now - windowMs).toISOString();
  if (begin > (query.since ?? '')) query.since = begin;
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
