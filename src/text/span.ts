import { age } from './filter.ts';

/** ISO of `24h`, `30m`, `7d` before `now`, or of a date; null when it is neither. */
export function sinceTime(text: string, now: number): string | null {
  const span = age(text.trim());
  if (span !== null) return new Date(now - span).toISOString();
  const date = /^\d{4}-\d\d/.test(text.trim()) ? new Date(text.trim()) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
