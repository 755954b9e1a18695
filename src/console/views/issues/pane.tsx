import { Box, Text } from 'ink';
import { useState } from 'react';
import type { IssueFilter, IssueGroup } from '../../../portal/portal.ts';
import { matches, parseTerms } from '../../../text/filter.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { FilterLine } from '../filter-line.tsx';
import { Lines } from '../lines.tsx';
import { cellsOf } from '../list.ts';
import { synced } from '../synced.ts';
import { useList } from '../use-list.ts';
import { useLoaded } from '../use-loaded.ts';
import { groupColumns, groupKey, groupLines } from './columns.ts';
import { go, storyOf, wayOf } from './decide.ts';
import { issueTotal, wordsOf } from './filter.ts';
import { useIssueActions } from './use-actions.ts';

const none: readonly IssueGroup[] = [];

/**
 * Records that did not sync, by reason: five hundred held for one reason are one line, and do not hide the others. Always in groups,
 * however few there are, so that the list stays the same while issues come and go; a group of one stands for its only issue, and what
 * can be done with that can be done with the group.
 */
export function IssuesPane({ integration, width, height }: Area & { readonly integration?: string }) {
  const theme = useTheme();
  const now = useNow();
  const engine = useEngine();
  const store = useStore();
  const [dismissed, showDismissed] = useMemory('dismissed', false);
  const [text] = useMemory('filter', '');
  const [reads, setReads] = useState(0);
  const known = useSnapshot((snapshot) => issueTotal(snapshot, integration));
  const freshness = useSnapshot(synced);
  const words = wordsOf(text);
  const scope: IssueFilter = {
    ...(integration === undefined ? {} : { integration }),
    ...(words.length === 0 ? {} : { words }),
    includeDismissed: dismissed,
  };
  const loaded = useLoaded(() => engine.issueGroups(scope), `${JSON.stringify(scope)} ${known} ${freshness} ${reads}`);
  const columns = groupColumns(theme, now, integration === undefined);
  const list = useList({
    what: 'sync-issues',
    rows: loaded ?? none,
    rowKey: groupKey,
    columns,
    page: Math.max(1, height - 8),
    // Words are looked for in every issue of the group, by the engine; `type:tickets` and its like in what is shown.
    fits: (group, filter) =>
      matches(
        parseTerms(filter).filter(({ field }) => field !== null),
        cellsOf(columns, group),
        now,
      ),
  });
  const { rows, cursor, selected, filter, chosen } = list;
  const only = selected?.count === 1 ? selected.examples[0] : undefined;
  const way = only === undefined ? null : wayOf(only);
  const story = only === undefined ? null : storyOf(only);
  const actions = useIssueActions(
    {
      filters: chosen.map(({ integration, type, reason }) => ({ ...scope, integration, type, reason })),
      count: chosen.reduce((sum, group) => sum + group.count, 0),
    },
    () => {
      list.unmark();
      setReads((before) => before + 1);
    },
  );

  useViewCommands(
    {
      ...list.commands,
      ...actions,
      'records.refresh': () => setReads(reads + 1),
      'issues.open': () => {
        if (selected === undefined) return;
        if (way !== null) return go(store, way);
        if (story !== null) return store.open(story);
        const { integration: id, type, reason } = selected;
        store.open({ view: 'issues', integration: id, group: { type, reason } });
        // Those that are seen here are those that are wanted there.
        store.remember({ dismissed, filter: words.map(wordText).join(' ') });
      },
      'issues.dismissed': () => showDismissed(!dismissed),
      ...(story === null ? {} : { 'record.explain': () => store.open(story) }),
    },
    { 'issues.open': way?.word ?? (story === null ? 'open' : 'story') },
  );

  const inner = width - 2;
  const detail = selected === undefined ? [] : groupLines(selected, inner, theme);
  const filterHeight = filter.shown ? 1 : 0;
  const detailHeight = Math.min(detail.length, Math.max(0, height - 7 - filterHeight));
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
        rows={rows}
        rowKey={groupKey}
        selected={rows.length === 0 ? null : cursor}
        marked={list.marked}
        width={inner}
        height={height - detailHeight - (detailHeight > 0 ? 1 : 0) - filterHeight}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} />}
      {detailHeight > 0 && <Text> </Text>}
      <Lines lines={detail} width={inner} height={detailHeight} />
    </Box>
  );
}

const wordText = ({ not, value }: { not: boolean; value: string }) =>
  `${not ? '!' : ''}${/\s/.test(value) ? `"${value}"` : value}`;
