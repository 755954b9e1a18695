import { Box, Text } from 'ink';
import { useState } from 'react';
import type { IssueGroupName } from '../../../commands/place.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { IssueFilter, IssuePage, SyncIssue } from '../../../portal/issue.ts';
import { count } from '../../../text/format.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { FilterLine, useFilter } from '../../lists/filter-line.tsx';
import { cellsOf } from '../../lists/list.ts';
import { useExport } from '../../lists/use-export.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { Lines } from '../lines.tsx';
import { synced } from '../synced.ts';
import { useLoaded } from '../use-loaded.ts';
import { issueColumns, issueLines } from './columns.ts';
import { go, storyOf, wayOf } from './decide.ts';
import { issueTotal, wordsOf } from './filter.ts';
import { useIssueActions } from './use-actions.ts';

/** Rows that are read at once: what is around the cursor, in steps, so that few moves read anything. */
const step = 100;
const held = 3 * step;
const sorts = ['lastSeen', 'firstSeen', 'label'] as const;
const newest: NonNullable<IssuePage['sort']> = { by: 'lastSeen', descending: true };
const noMarks: readonly number[] = [];

/** The issues of one reason and record type, one by one: a window into a list of any length. */
export function IssueGroupPane({
  integration,
  group,
  width,
  height,
}: Area & { readonly integration?: string; readonly group: IssueGroupName }) {
  const theme = useTheme();
  const now = useNow();
  const engine = useEngine();
  const store = useStore();
  const filter = useFilter();
  const exporting = useExport();
  const [wanted, setCursor] = useMemory('cursor', 0);
  const [sort, setSort] = useMemory('sort', newest);
  const [marks, setMarks] = useMemory<readonly number[]>('marked', noMarks);
  const [dismissed, showDismissed] = useMemory('dismissed', false);
  const [reads, setReads] = useState(0);
  const known = useSnapshot((snapshot) => issueTotal(snapshot, integration));
  const freshness = useSnapshot(synced);

  const words = wordsOf(filter.text);
  const scope: IssueFilter = {
    ...(integration === undefined ? {} : { integration }),
    ...group,
    ...(words.length === 0 ? {} : { words }),
    includeDismissed: dismissed,
  };
  const first = Math.max(0, Math.floor(wanted / step) * step - step);
  const loaded = useLoaded(
    async () => {
      const groups = await engine.issueGroups(scope);
      const total = groups.reduce((sum, each) => sum + each.count, 0);
      // What was settled meanwhile may have been all there was so far down.
      const from = Math.min(first, Math.max(0, Math.floor((total - 1) / step) * step - step));
      return { from, total, rows: await engine.issues({ ...scope, sort, limit: held, offset: from }) };
    },
    `${JSON.stringify([scope, sort, first])} ${known} ${freshness} ${reads}`,
  );
  const { from = 0, total = 0, rows = [] } = loaded ?? {};
  const cursor = Math.max(0, Math.min(wanted, total - 1));
  const selected = rows[cursor - from];
  const way = selected === undefined ? null : wayOf(selected);
  const story = selected === undefined ? null : storyOf(selected);
  const columns = issueColumns(theme, now);
  const ids = marks.length > 0 ? marks : selected === undefined ? [] : [selected.id];
  const actions = useIssueActions({ filters: [{ ids, includeDismissed: dismissed }], count: ids.length }, () => {
    setMarks(noMarks);
    setReads((before) => before + 1);
  });

  const inner = width - 2;
  const detail = selected === undefined ? [] : issueLines(selected, inner, theme);
  const filterHeight = filter.shown ? 1 : 0;
  const detailHeight = Math.min(detail.length, Math.max(0, height - 8 - filterHeight));
  const tableHeight = height - 1 - detailHeight - (detailHeight > 0 ? 1 : 0) - filterHeight;
  const resort = (next: NonNullable<IssuePage['sort']>) => {
    setSort(next);
    setCursor(0);
  };

  useViewCommands(
    {
      ...moveCommands((move) => setCursor(moved(cursor, move, total, tableHeight - 1))),
      ...filter.commands,
      ...actions,
      ...(marks.length > 0 && !filter.shown ? { 'key:escape': () => setMarks(noMarks) } : {}),
      'records.refresh': () => setReads(reads + 1),
      'issues.open': () => {
        if (way !== null) go(store, way);
        else if (story !== null) store.open(story);
      },
      'issues.dismissed': () => showDismissed(!dismissed),
      ...(story === null ? {} : { 'record.explain': () => store.open(story) }),
      'list.sort': () => {
        const by = sorts[(sorts.indexOf(sort.by) + 1) % sorts.length] ?? 'lastSeen';
        resort({ by, descending: by !== 'label' });
      },
      'list.reverse': () => resort({ ...sort, descending: !sort.descending }),
      'list.mark': () => {
        if (selected === undefined) return;
        setMarks(marks.includes(selected.id) ? marks.filter((id) => id !== selected.id) : [...marks, selected.id]);
        setCursor(moved(cursor, 'list.down', total, 1));
      },
      'list.mark-all': () => {
        if (marks.length > 0) return setMarks(noMarks);
        setMarks(rows.map(({ id }) => id));
        if (rows.length < total) {
          store.say(
            `The ${count(rows.length)} around the cursor are marked. In the list of groups, one key does it for all.`,
          );
        }
      },
      'list.copy': () => {
        const chosen = rows.filter(({ id }) => ids.includes(id));
        exporting.toClipboard(chosen.map((issue) => cellsOf(columns, issue)));
      },
      'list.export': () =>
        exporting.toFile({
          what: 'sync-issues',
          fields: columns.map(({ key }) => key),
          rows: () => allIssues(engine, { ...scope, ...(marks.length > 0 ? { ids: marks } : {}), sort }),
        }),
    },
    { 'issues.open': way?.word ?? 'story' },
  );

  const empty =
    loaded === null
      ? ' '
      : filter.text !== ''
        ? 'Nothing matches the filter. Esc clears it.'
        : 'No such issue is left. Esc leads back to the others.';
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Table
        columns={columns.map((column) => titled(column, sort, theme.glyph))}
        rows={rows}
        rowKey={({ id }) => String(id)}
        first={from}
        total={total}
        selected={total === 0 ? null : cursor}
        marked={new Set(marks.map(String))}
        width={inner}
        height={tableHeight}
        empty={<Text {...theme.style.muted}>{empty}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} note="word  !word" />}
      {detailHeight > 0 && <Text> </Text>}
      <Lines lines={detail} width={inner} height={detailHeight} />
      <Text wrap="truncate" {...theme.style.muted}>
        {total === 0 ? ' ' : `${count(cursor + 1)} of ${count(total)}`}
        {marks.length > 0 ? `, ${count(marks.length)} marked` : ''}
      </Text>
    </Box>
  );
}

const titled = <C extends { readonly key: string; readonly title: string }>(
  column: C,
  { by, descending }: NonNullable<IssuePage['sort']>,
  glyph: { readonly up: string; readonly down: string },
): C => (column.key === by ? { ...column, title: `${column.title} ${descending ? glyph.down : glyph.up}` } : column);

async function* allIssues(
  engine: Engine,
  filter: IssueFilter & IssuePage,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let page: readonly SyncIssue[] = [];
  for (let offset = 0; offset === 0 || page.length === held; offset += held) {
    page = await engine.issues({ ...filter, limit: held, offset });
    for (const { label, detail, firstSeen, lastSeen } of page) yield { label, detail, firstSeen, lastSeen };
  }
}
