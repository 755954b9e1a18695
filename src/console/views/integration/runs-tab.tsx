import { definitionOf, isRecordType } from '../../../portal/records/index.ts';
import type { RunRecord, TypeCounters } from '../../../portal/run.ts';
import { bytes, count, counted, duration } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { fit } from '../../../text/width.ts';
import type { Area } from '../../app/area.ts';
import { type NameOf, useEngine, useNames, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import { ListPane } from '../../lists/list-pane.tsx';
import { useList } from '../../lists/use-list.ts';
import type { Column } from '../../widgets/columns.ts';
import { lookColumn } from '../../widgets/status-look.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { type Line, line, pair } from '../lines.tsx';
import { runStatusOf } from '../status.ts';
import { useLoaded } from '../use-loaded.ts';
import { counters } from './overview.ts';

/** The last runs, of one integration or of all; Enter opens the log of one. */
export function RunsTab({ id, width, height }: Area & { readonly id?: string }) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const nameOf = useNames();
  // The list is read again when a run begins or ends, not at every step of one.
  const edge = useSnapshot((snapshot) =>
    (snapshot?.integrations ?? [])
      .filter((view) => id === undefined || view.id === id)
      .map((view) => `${view.run?.runId ?? ''} ${view.recentRuns.length} ${view.lastSync ?? ''}`)
      .join(),
  );
  const loaded = useLoaded(
    () => engine.runs({ ...(id === undefined ? {} : { integration: id }), limit: 200 }),
    `${id} ${edge}`,
  );
  const list = useList({
    what: 'runs',
    rows: loaded ?? none,
    rowKey: (run) => run.id,
    columns: runColumns(theme, id === undefined ? nameOf : null),
    page: Math.max(1, height - 8),
    extra: ({ failure }) => ({ problem: failure?.cause ?? '' }),
  });
  const { selected, filter } = list;
  useViewCommands({
    ...list.commands,
    ...(filter.editing
      ? {}
      : {
          'key:enter': () => {
            if (selected === undefined) return;
            store.open({ view: 'logs', integration: selected.integration, run: selected.id });
          },
        }),
  });
  const detail = selected === undefined ? [] : detailLines(selected, width - 2, theme);
  const empty = loaded === null ? null : 'No run yet. Press s to sync now.';
  return <ListPane list={list} detail={detail} keeps={5} empty={empty} width={width} height={height} />;
}

const none: readonly RunRecord[] = [];

function runColumns(theme: Theme, nameOf: NameOf | null): readonly Column<RunRecord>[] {
  const figure = (key: keyof TypeCounters, title: string, priority: number): Column<RunRecord> => ({
    key,
    title,
    min: 8,
    priority,
    align: 'right',
    value: (run) => count(sum(run, key)),
    raw: (run) => sum(run, key),
    style: (run) => (sum(run, key) === 0 ? theme.style.muted : undefined),
  });
  return [
    {
      key: 'started',
      title: 'Started',
      min: 16,
      priority: 9,
      value: (run) => stamp(run.startedAt),
      raw: (run) => run.startedAt,
    },
    ...(nameOf !== null
      ? [
          {
            key: 'integration',
            title: 'Integration',
            min: 16,
            priority: 8,
            value: (run: RunRecord) => nameOf(run.integration),
          },
        ]
      : []),
    lookColumn({ key: 'status', title: 'Outcome', min: 13, priority: 8 }, (run) => runStatusOf(run.status, theme)),
    { key: 'trigger', title: 'Why', min: 9, priority: 2, value: (run) => run.trigger, style: () => theme.style.muted },
    {
      key: 'took',
      title: 'Took',
      min: 11,
      priority: 3,
      align: 'right',
      value: (run) => (run.endedAt === null ? '' : duration(Date.parse(run.endedAt) - Date.parse(run.startedAt))),
      raw: (run) => (run.endedAt === null ? null : Date.parse(run.endedAt) - Date.parse(run.startedAt)),
    },
    figure('read', 'Read', 7),
    figure('created', 'New', 6),
    figure('updated', 'Changed', 5),
    figure('held', 'Held', 4),
    figure('gone', 'Gone', 1),
  ];
}

const sum = (run: RunRecord, key: keyof TypeCounters) =>
  Object.values(run.types).reduce((total, type) => total + (type?.[key] ?? 0), 0);

function detailLines(run: RunRecord, width: number, theme: Theme): readonly Line[] {
  const { style } = theme;
  const at = { width, labels: 12, muted: style.muted };
  const types = Object.entries(run.types).filter(([type]) => isRecordType(type));
  return [
    ...(run.failure === null
      ? []
      : [
          ...pair('Problem', sanitise(run.failure.cause), { ...at, style: style.danger }),
          ...pair('Fix', sanitise(run.failure.fix), { ...at, style: style.strong }),
        ]),
    ...types.flatMap(([type, counts]): Line[] =>
      counts === undefined || !isRecordType(type)
        ? []
        : [[{ text: fit(definitionOf(type).label, 12), style: style.muted }, { text: counters(counts) }]],
    ),
    line(
      [
        ...(run.endedAt === null ? [] : [counted(run.requests, 'request'), bytes(run.bytes)]),
        ...(run.waitedMs > 0 ? [`waited ${duration(run.waitedMs)} for the vendor's limit`] : []),
        'Enter shows its log',
      ].join(`  ${theme.glyph.pending}  `),
      style.muted,
    ),
  ];
}
