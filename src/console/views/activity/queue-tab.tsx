import type { IntegrationView, Snapshot } from '../../../engine/snapshot.ts';
import { labelOf } from '../../../portal/records/names.ts';
import { count, counted } from '../../../text/format.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useNow, useSnapshot, useViewCommands } from '../../app/context.ts';
import { remaining, until } from '../../app/wording.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import type { Column } from '../../widgets/columns.ts';
import { progressText } from '../../widgets/progress-bar.ts';
import { lookColumn } from '../../widgets/status-look.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { blank } from '../lines.tsx';
import { paceLines, stretches } from '../per-minute.ts';
import { overall, statusOf } from '../status.ts';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';

const all = (snapshot: Snapshot | null) => snapshot?.integrations ?? none;
const orderOf = (snapshot: Snapshot | null) => snapshot?.queue.order ?? nobody;
const none: readonly IntegrationView[] = [];
const nobody: readonly string[] = [];

/** What runs, what waits, what comes next; x cancels, p runs first what waits, s runs at once, ahead of what is scheduled. */
export function QueueTab({ width, height }: Area) {
  const theme = useTheme();
  const now = useNow();
  const engine = useEngine();
  const integrations = useSnapshot(all);
  const waiting = useSnapshot(orderOf);
  const freshness = useSnapshot(synced);
  const runs = useLoaded(() => engine.runs({ limit: 200 }), freshness) ?? [];
  const list = useList({
    what: 'queue',
    rows: inOrder(
      integrations.filter(({ configured }) => configured),
      waiting,
    ),
    rowKey: ({ id }) => id,
    columns: columns(theme, now, waiting),
    page: Math.max(1, height - 6),
  });
  useViewCommands(list.commands);
  const live = integrations.reduce((sum, { run }) => sum + (run === null ? 0 : overall(run).read), 0);
  const [heading = [], bars = []] = paceLines(stretches(runs, integrations, now), now, { width: width - 2, theme });
  const { style, glyph } = theme;
  const underWay = live > 0 ? `   ${glyph.syncing} ${counted(live, 'record')} in what runs now` : '';
  return (
    <ListPane
      list={list}
      head={[[...heading, { text: underWay, style: style.active }], bars, blank]}
      empty="Nothing is connected yet. Press C to connect an integration."
      width={width}
      height={height}
    />
  );
}

/** What runs, then what waits, then by the time of the next sync; what is off comes last. */
function inOrder(views: readonly IntegrationView[], waiting: readonly string[]): readonly IntegrationView[] {
  const rank = ({ run, enabled }: IntegrationView) =>
    run === null ? (enabled ? 2 : 3) : run.phase === 'waiting' ? 1 : 0;
  const turn = ({ id }: IntegrationView) => waiting.indexOf(id);
  return views.toSorted(
    (a, b) => rank(a) - rank(b) || turn(a) - turn(b) || (a.nextSync ?? '9').localeCompare(b.nextSync ?? '9'),
  );
}

function columns(theme: Theme, now: number, waiting: readonly string[]): readonly Column<IntegrationView>[] {
  const { style } = theme;
  const live = (view: IntegrationView) => (view.run === null ? style.muted : style.active);
  return [
    { key: 'name', title: 'Integration', min: 18, max: 24, priority: 9, value: ({ name }) => name },
    lookColumn({ key: 'state', title: 'State', min: 16, priority: 8 }, (view) => statusOf(view, theme)),
    {
      key: 'next',
      title: 'Next',
      min: 10,
      priority: 7,
      value: (view) => nextOf(view, now, waiting),
      raw: ({ nextSync }) => nextSync,
      style: (view) => (view.failures > 0 ? style.warning : style.muted),
    },
    { key: 'type', title: 'Reading', min: 14, priority: 5, value: typeOf, style: live },
    {
      key: 'progress',
      title: 'Progress',
      min: 24,
      max: 64,
      priority: 6,
      value: (view) => progressOf(view, now, theme),
      style: live,
    },
  ];
}

function nextOf({ id, run, enabled, nextSync }: IntegrationView, now: number, waiting: readonly string[]): string {
  if (run !== null) return waiting.includes(id) ? `queued, ${waiting.indexOf(id) + 1}.` : 'now';
  if (!enabled) return 'off';
  return nextSync === null ? '' : until(nextSync, now);
}

const typeOf = ({ run }: IntegrationView) => (run === null || run.type === null ? '' : labelOf(run.type).toLowerCase());

function progressOf({ run }: IntegrationView, now: number, { glyph }: Theme): string {
  if (run === null || run.phase === 'waiting') return '';
  if (run.phase === 'cancelling') return 'stopping after this page';
  if (run.waiting !== null) return `waiting, goes on ${until(run.waiting.until, now)}`;
  const { read, total } = overall(run);
  const rate = run.rate === null ? '' : `  ${count(run.rate)}/s`;
  const left = run.remainingMs === null ? '' : `  ${remaining(run.remainingMs)}`;
  return `${progressText({ done: read, total }, 34, glyph).trimEnd()}${rate}${left}`;
}
