/** How many records were read when, as a line of bars. Pure. */
import type { IntegrationView } from '../../engine/snapshot.ts';
import type { RunRecord } from '../../portal/run.ts';
import { count } from '../../text/format.ts';
import { sparkline } from '../widgets/sparkline.ts';
import type { Theme } from '../widgets/theme.ts';
import type { Line } from './lines.tsx';
import { overall } from './status.ts';

const minute = 60_000;
const shown = 60;

/** Records that were read between two times, epoch milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly read: number;
}

/** Runs that have ended, as kept, and those under way, as they are shown live. */
export function stretches(
  runs: readonly RunRecord[],
  views: readonly IntegrationView[],
  now: number,
): readonly Stretch[] {
  const ended = runs.flatMap(({ startedAt, endedAt, types }) => {
    if (endedAt === null) return [];
    const read = Object.values(types).reduce((sum, type) => sum + (type?.read ?? 0), 0);
    return [{ from: Date.parse(startedAt), to: Date.parse(endedAt), read }];
  });
  const live = views.flatMap(({ run }) =>
    run === null ? [] : [{ from: Date.parse(run.startedAt), to: now, read: overall(run).read }],
  );
  return [...ended, ...live];
}

/**
 * Records read in each of the last minutes, oldest first; minutes are those of the clock, so that the figures move once a
 * minute. A run is spread evenly over its time, for its history tells no more than its sums.
 * @param now epoch milliseconds
 */
export function perMinute(stretches: readonly Stretch[], now: number, minutes: number): readonly number[] {
  const begin = (Math.ceil(now / minute) - minutes) * minute;
  const figures = Array.from({ length: minutes }, () => 0);
  for (const { from, to: end, read } of stretches) {
    const to = Math.max(from + 1, end);
    for (const [index] of figures.entries()) {
      const start = begin + index * minute;
      const shared = Math.min(to, start + minute) - Math.max(from, start);
      if (shared > 0) figures[index]! += (read * shared) / (to - from);
    }
  }
  return figures;
}

/** The last hour: what is drawn, and in all. */
export function paceLines(
  stretches: readonly Stretch[],
  now: number,
  { width, theme }: { readonly width: number; readonly theme: Theme },
): readonly Line[] {
  const { style, unicode } = theme;
  const figures = perMinute(stretches, now, shown);
  const total = figures.reduce((sum, each) => sum + each, 0);
  return [
    [
      { text: 'Records read per minute, last hour', style: style.muted },
      { text: `   ${count(total)} in all`, style: style.muted },
    ],
    [{ text: sparkline(figures, Math.min(shown, width), { unicode, from: 0 }), style: style.active }],
  ];
}
