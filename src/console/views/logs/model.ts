/** What of the log is shown, and whether it follows. Pure. */
import type { LogEntry, LogLevel } from '../../../engine/engine.ts';

export const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export interface LogView {
  readonly entries: readonly LogEntry[];
  /** Following shows the newest; any upward move stops it, and only asking starts it again. */
  readonly following: boolean;
  /** Index of the selected line. */
  readonly cursor: number;
  /** Lines that came while not following. */
  readonly unseen: number;
}

export const emptyLog: LogView = { entries: [], following: true, cursor: 0, unseen: 0 };

/** New entries, the whole list as read (newest last). */
export function receive(view: LogView, entries: readonly LogEntry[]): LogView {
  if (view.following) return { ...view, entries, cursor: Math.max(0, entries.length - 1), unseen: 0 };
  // The line that is looked at stays under the cursor, even when old lines fall off the beginning.
  const looked = view.entries[view.cursor];
  const at = looked === undefined ? -1 : findSame(entries, looked);
  const last = view.entries.at(-1);
  const lastAt = last === undefined ? -1 : findSame(entries, last);
  return {
    ...view,
    entries,
    cursor: at >= 0 ? at : Math.min(view.cursor, Math.max(0, entries.length - 1)),
    unseen: view.unseen + (entries.length - 1 - lastAt),
  };
}

export function move(view: LogView, by: number): LogView {
  const last = Math.max(0, view.entries.length - 1);
  const cursor = Math.max(0, Math.min(last, view.cursor + by));
  const following = by < 0 ? false : view.following;
  return { ...view, cursor, following, unseen: cursor === last ? 0 : view.unseen };
}

export function follow(view: LogView): LogView {
  return { ...view, following: true, cursor: Math.max(0, view.entries.length - 1), unseen: 0 };
}

function findSame(entries: readonly LogEntry[], wanted: LogEntry): number {
  return entries.findLastIndex(
    (entry) =>
      entry === wanted ||
      (entry.time === wanted.time && entry.message === wanted.message && entry.record === wanted.record),
  );
}
