import { Box, Text } from 'ink';
import { useState } from 'react';
import { reasons } from '../../../portal/issue-reasons.ts';
import type { SyncIssue } from '../../../portal/portal.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import type { Column } from '../../widgets/columns.ts';
import { Table } from '../../widgets/table.tsx';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { FilterLine } from '../filter-line.tsx';
import { type Line, Lines, pair } from '../lines.tsx';
import { useList } from '../use-list.ts';
import { useLoaded } from '../use-loaded.ts';
import { decide } from './decide.ts';

/** More than anybody goes through by hand; the filter narrows what is beyond. */
const most = 1000;

/** Records that did not sync, each with its reason and what to do. */
export function IssuesPane({ integration, width, height }: Area & { readonly integration?: string }) {
  const theme = useTheme();
  const now = useNow();
  const engine = useEngine();
  const store = useStore();
  const [dismissed, showDismissed] = useMemory('dismissed', false);
  const [reads, setReads] = useState(0);
  const known = useSnapshot((snapshot) =>
    (snapshot?.integrations ?? []).reduce(
      (sum, view) => sum + (integration === undefined || view.id === integration ? view.issues : 0),
      0,
    ),
  );
  const loaded = useLoaded(
    () =>
      engine.issues({
        ...(integration === undefined ? {} : { integration }),
        includeDismissed: dismissed,
        limit: most,
      }),
    // Read again when their number changes, or on demand.
    `${integration} ${dismissed} ${known} ${reads}`,
  );
  const all = loaded ?? [];
  const list = useList({
    what: 'sync-issues',
    rows: all,
    rowKey: (issue) => String(issue.id),
    columns: columns(theme, now, integration === undefined),
    page: Math.max(1, height - 8),
    extra: ({ detail, externalId }) => ({ why: detail, id: externalId }),
  });
  const { rows: issues, cursor, selected, filter, chosen } = list;
  const inner = width - 2;
  const detail = selected === undefined ? [] : detailLines(selected, inner, theme);
  const filterHeight = filter.shown ? 1 : 0;
  const detailHeight = Math.min(detail.length, Math.max(0, height - 7 - filterHeight));
  const tableHeight = height - detailHeight - (detailHeight > 0 ? 1 : 0) - filterHeight;

  useViewCommands({
    ...list.commands,
    'records.refresh': () => setReads(reads + 1),
    'issues.open': () => selected !== undefined && decide(store, selected),
    'issues.dismissed': () => showDismissed(!dismissed),
    'record.explain': () => {
      if (selected?.type == null) return;
      const { type, externalId, label, integration: id } = selected;
      store.open({ view: 'explain', type, record: externalId ?? label, integration: id });
    },
    'issues.dismiss': () => {
      if (chosen.length === 0) return;
      list.unmark();
      store.attempt(async () => {
        for (const { id } of chosen) await engine.dismissIssue(id);
        setReads((before) => before + 1);
        const what =
          chosen.length === 1 ? 'Dismissed. It comes' : `${counted(chosen.length, 'issue')} dismissed. They come`;
        return `${what} back only with a change; h shows dismissed ones.`;
      });
    },
  });

  const empty =
    loaded === null
      ? ' '
      : filter.text !== ''
        ? 'Nothing matches the filter. Esc clears it.'
        : 'Every record synced: no issues.';
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Table
        columns={list.columns}
        rows={issues}
        rowKey={(issue) => String(issue.id)}
        selected={issues.length === 0 ? null : cursor}
        marked={list.marked}
        width={inner}
        height={tableHeight}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} />}
      {detailHeight > 0 && <Text> </Text>}
      <Lines lines={detail} width={inner} height={detailHeight} />
    </Box>
  );
}

function columns({ style }: Theme, now: number, withIntegration: boolean): readonly Column<SyncIssue>[] {
  const own: readonly Column<SyncIssue>[] = [
    {
      key: 'reason',
      title: 'Reason',
      min: 17,
      priority: 9,
      value: ({ reason }) => reasons[reason].label,
      style: () => style.warning,
    },
    {
      key: 'type',
      title: 'Type',
      min: 9,
      priority: 5,
      value: ({ type }) => (type === null ? '' : definitionOf(type).singular),
    },
    {
      key: 'label',
      title: 'Record',
      min: 20,
      max: Number.POSITIVE_INFINITY,
      priority: 8,
      value: ({ label }) => sanitise(label),
    },
    {
      key: 'seen',
      title: 'Seen',
      min: 12,
      priority: 6,
      value: ({ lastSeen }) => relativeTime(lastSeen, now),
      raw: ({ lastSeen }) => lastSeen,
      style: () => style.muted,
    },
  ];
  if (!withIntegration) return own;
  const integration: Column<SyncIssue> = {
    key: 'integration',
    title: 'Integration',
    min: 18,
    priority: 3,
    value: (issue) => issue.integration,
  };
  return [...own.slice(0, 2), integration, ...own.slice(2)];
}

function detailLines(issue: SyncIssue, width: number, { style }: Theme): readonly Line[] {
  const at = { width, labels: 10, muted: style.muted };
  return [
    ...pair('Record', sanitise(issue.label), { ...at, style: style.strong }),
    ...pair('Why', sanitise(issue.detail), at),
    ...pair('To do', reasons[issue.reason].todo, at),
    ...pair(
      'Seen',
      `first ${stamp(issue.firstSeen)}, last ${stamp(issue.lastSeen)}${issue.dismissed ? ', dismissed' : ''}`,
      { ...at, style: style.muted },
    ),
  ];
}
