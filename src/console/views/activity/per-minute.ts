import type { RunRecord } from '../../../portal/portal.ts';

const minute = 60_000;

/**
 * Records read in each of the last minutes, oldest first. A run is spread evenly over its time, for its history tells
 * no more than its sums.
 * @param now epoch milliseconds
 */
export function perMinute(runs: readonly RunRecord[], now: number, minutes: number): readonly number[] {
  const begin = now - minutes * minute;
  const figures = Array.from({ length: minutes }, () => 0);
  for (const run of runs) {
    const from = Date.parse(run.startedAt);
    const to = Math.max(from + 1, run.endedAt === null ? now : Date.parse(run.endedAt));
    const read = Object.values(run.types).reduce((sum, type) => sum + (type?.read ?? 0), 0);
    for (const [index] of figures.entries()) {
      const start = begin + index * minute;
      const shared = Math.min(to, start + minute) - Math.max(from, start);
      if (shared > 0) figures[index]! += (read * shared) / (to - from);
    }
  }
  return figures;
}
