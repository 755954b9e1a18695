/** Spans of time as people type them. */
const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** ISO of `24h`, `30m`, `2d` before `now`, or of a date; null when it is neither. */
export function sinceTime(text: string, now: number): string | null {
  const span = /^(\d+)\s*([smhd])$/.exec(text.trim());
  if (span !== null) return new Date(now - Number(span[1]) * (units[span[2] ?? ''] ?? 0)).toISOString();
  const date = /^\d{4}-\d\d/.test(text.trim()) ? new Date(text.trim()) : null;
  return date === null || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
