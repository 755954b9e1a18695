/** Lines that the operator draws through the log, to find a moment again. Pure. */
import type { LogEntry } from '../../../engine/engine.ts';
import type { LogLine } from './model.ts';

export interface LogMark {
  readonly level: 'mark';
  /** ISO: it comes after all lines up to then. */
  readonly time: string;
  /** `mark 2`. */
  readonly message: string;
  /** ISO: when it was drawn. */
  readonly drawn: string;
}

/** @param after the line it is drawn below; null: below the newest */
export function draw(marks: readonly LogMark[], after: LogEntry | null, newest: string, now: number): LogMark[] {
  const drawn = new Date(now).toISOString();
  const number = Number(marks.at(-1)?.message.slice('mark '.length) ?? 0) + 1;
  const time = after?.time ?? (newest > drawn ? newest : drawn);
  return [...marks, { level: 'mark', time, message: `mark ${number}`, drawn }];
}

/** Marks before the first line belong to what is not shown. */
export function withMarks(lines: readonly LogEntry[], marks: readonly LogMark[]): readonly LogLine[] {
  const first = lines[0]?.time ?? '';
  const inside = marks.filter(({ time }) => time >= first).toSorted((a, b) => (a.time < b.time ? -1 : 1));
  if (inside.length === 0) return lines;
  const all: LogLine[] = [];
  let next = 0;
  for (const mark of inside) {
    const after = lines.findLastIndex(({ time }) => time <= mark.time) + 1;
    if (after > next) all.push(...lines.slice(next, after));
    next = Math.max(next, after);
    all.push(mark);
  }
  return [...all, ...lines.slice(next)];
}

/** Index of the next mark in a direction; null: there is none. */
export function markFrom(lines: readonly LogLine[], cursor: number, direction: 1 | -1): number | null {
  for (let index = cursor + direction; index >= 0 && index < lines.length; index += direction) {
    if (lines[index]?.level === 'mark') return index;
  }
  return null;
}
