/** The columns of the list of integrations. What changes most stands at the right, where a change costs the fewest bytes. */
import type { IntegrationView, RunProgress } from '../../../engine/snapshot.ts';
import { labelOf } from '../../../portal/records/names.ts';
import { count, relativeTime } from '../../../text/format.ts';
import { remaining, until } from '../../app/wording.ts';
import type { Column } from '../../widgets/columns.ts';
import { lookColumn } from '../../widgets/status-look.ts';
import type { Theme } from '../../widgets/theme.ts';
import { overall, recordSum, runStatusOf, statusOf } from '../status.ts';

/** @param changed ids of integrations with `records` or `issues` behind, as in `stripe issues`: marked for a moment */
export function integrationColumns(
  theme: Theme,
  now: number,
  changed: ReadonlySet<string>,
): readonly Column<IntegrationView>[] {
  const { glyph, style } = theme;
  const muted = (view: IntegrationView) => (view.configured ? undefined : style.muted);
  return [
    { key: 'name', title: 'Integration', min: 18, max: 22, priority: 9, value: (view) => view.name, style: muted },
    lookColumn({ key: 'status', title: 'Status', min: 16, priority: 8 }, (view) => statusOf(view, theme)),
    {
      key: 'records',
      title: 'Records',
      min: 9,
      priority: 5,
      align: 'right',
      value: (view) => (view.configured ? count(recordSum(view)) : ''),
      raw: (view) => (view.configured ? recordSum(view) : null),
      style: (view) => (changed.has(`${view.id} records`) ? style.strong : undefined),
    },
    {
      key: 'issues',
      title: 'Issues',
      min: 6,
      priority: 6,
      align: 'right',
      value: (view) => (view.configured ? (view.issues === 0 ? glyph.untested : count(view.issues)) : ''),
      raw: (view) => (view.configured ? view.issues : null),
      style: (view) =>
        changed.has(`${view.id} issues`) ? style.strong : view.issues === 0 ? style.muted : style.warning,
    },
    {
      key: 'last',
      title: '  Last sync',
      min: 13,
      max: 16,
      priority: 7,
      value: (view) => `  ${lastSync(view, now)}`,
      raw: (view) => view.lastSync,
      style: (view) => (view.run === null ? muted(view) : style.active),
    },
    {
      key: 'next',
      title: 'Next',
      min: 9,
      priority: 4,
      value: (view) => nextSync(view, now, theme),
      raw: (view) => view.nextSync,
      style: (view) => (view.failures > 0 ? style.warning : style.muted),
    },
    {
      key: 'activity',
      title: 'Last runs',
      min: 20,
      max: 44,
      priority: 1,
      value: (view) => activity(view, now, theme),
      style: (view) => (view.run === null ? style.muted : style.active),
    },
  ];
}

function lastSync(view: IntegrationView, now: number): string {
  if (!view.configured) return '';
  if (view.run?.phase === 'running') return share(view.run);
  return view.lastSync === null ? 'never' : relativeTime(view.lastSync, now);
}

/** `42 %`, or how many so far where the vendor tells no total. */
function share(run: RunProgress): string {
  const { read, total } = overall(run);
  return total === null ? `${count(read)} read` : `${Math.min(100, Math.floor((100 * read) / total))} % done`;
}

function nextSync(view: IntegrationView, now: number, { glyph }: Theme): string {
  if (!view.configured) return '';
  if (view.run !== null) return 'now';
  if (!view.enabled) return 'off';
  return view.nextSync === null ? glyph.untested : until(view.nextSync, now);
}

/** While a run is under way: what it does. Otherwise one glyph for each of the last runs, newest last. */
function activity(view: IntegrationView, now: number, theme: Theme): string {
  const { run } = view;
  if (!view.available) return '';
  if (run === null)
    return view.recentRuns
      .slice(-16)
      .map((status) => runStatusOf(status, theme).glyph)
      .join('');
  if (run.phase === 'waiting') return 'in the queue';
  if (run.waiting !== null) return `waiting, goes on ${until(run.waiting.until, now)}`;
  const parts = [run.type === null ? 'starting' : labelOf(run.type).toLowerCase()];
  if (run.rate !== null) parts.push(`${count(run.rate)}/s`);
  if (run.remainingMs !== null) parts.push(remaining(run.remainingMs));
  return parts.join(', ');
}
