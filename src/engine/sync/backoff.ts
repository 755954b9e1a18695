/** When a failing integration is tried again. */
const longestMs = 60 * 60_000;

/** Doubles with every failure in a row, from the interval up to an hour (or the interval, when that is longer). */
export function backoffMs(failures: number, intervalMinutes: number): number {
  const base = intervalMinutes * 60_000;
  if (failures <= 0) return base;
  return Math.min(base * 2 ** (failures - 1), Math.max(longestMs, base));
}
