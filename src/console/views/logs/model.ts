/** Where one is in the log, and the lines that are shown there. Pure. */
import type { LogEntry, LogLevel } from '../../../engine/engine.ts';
import type { LogMark } from './marks.ts';

export const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** What is held of the log; older lines are for `msportal logs`. */
export const most = 10_000;

export type LogLine = LogEntry | LogMark;

export interface LogPlace {
  /** The line that is looked at; null: the newest, whichever that is. Only moving up stops following, and only asking starts it again. */
  readonly at: LogLine | null;
  /** The newest line when following stopped, or when the end was reached last. */
  readonly seen: LogLine | null;
}

export const following: LogPlace = { at: null, seen: null };

export function pause(lines: readonly LogLine[]): LogPlace {
  const last = lines.at(-1) ?? null;
  return { at: last, seen: last };
}

/** Index of the line that is looked at. One that a filter left out, or that is too old by now: of the next one after it. */
export function cursorOf({ at }: LogPlace, lines: readonly LogLine[]): number {
  const last = Math.max(0, lines.length - 1);
  if (at === null) return last;
  const same = lines.lastIndexOf(at);
  if (same >= 0) return same;
  const next = lines.findIndex(({ time }) => time >= at.time);
  return next < 0 ? last : next;
}

/** Lines that came since following stopped. */
export function unseen({ seen }: LogPlace, lines: readonly LogLine[]): number {
  if (seen === null) return 0;
  const same = lines.lastIndexOf(seen);
  const newer = same < 0 ? lines.filter(({ time }) => time > seen.time) : lines.slice(same + 1);
  return newer.filter(({ level }) => level !== 'mark').length;
}

export function move(place: LogPlace, lines: readonly LogLine[], by: number): LogPlace {
  const last = lines.length - 1;
  if (last < 0 || (place.at === null && by >= 0)) return place;
  return goTo(place, lines, Math.max(0, Math.min(last, cursorOf(place, lines) + by)));
}

/** Stops at a line. */
export function goTo(place: LogPlace, lines: readonly LogLine[], index: number): LogPlace {
  const newest = lines.at(-1) ?? null;
  return { at: lines[index] ?? null, seen: index === lines.length - 1 ? newest : (place.seen ?? newest) };
}

/** Lines that two processes wrote at once may be out of order by so much, and are read once more. */
const overlapMs = 5_000;

/** From when on a log that is held has to be read again to be complete; null: from its beginning. */
export function overlapOf(held: readonly LogEntry[]): string | null {
  const last = held.at(-1);
  return last === undefined ? null : new Date(Date.parse(last.time) - overlapMs).toISOString();
}

/**
 * What is held, with all that was read from a time on in place of what it had of that. Lines that were there stay the same
 * objects; where nothing is new, so does the whole.
 */
export function joined(held: readonly LogEntry[], from: string | null, read: readonly LogEntry[]): readonly LogEntry[] {
  // More than is held was written since: what is between is not known.
  if (from === null || read.length >= most) return read;
  const begin = held.findLastIndex(({ time }) => time < from) + 1;
  const known = (entry: LogEntry, index: number) => {
    const before = held[begin + index];
    return before !== undefined && isSame(before, entry) ? before : entry;
  };
  const tail = read.map(known);
  if (tail.length === held.length - begin && tail.every((entry, index) => entry === held[begin + index])) return held;
  return [...held.slice(0, begin), ...tail].slice(-most);
}

const isSame = (a: LogEntry, b: LogEntry) =>
  a.time === b.time && a.message === b.message && a.record === b.record && a.integration === b.integration;
