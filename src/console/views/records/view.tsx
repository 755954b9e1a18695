import { Box, Text } from 'ink';
import { useState } from 'react';
import type { Snapshot } from '../../../engine/snapshot.ts';
import { parseFilter } from '../../../portal/records/filter.ts';
import { definitionOf, type RecordType, recordTypeNames } from '../../../portal/records/index.ts';
import { count } from '../../../text/format.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { type ListMove, moveCommands, moved } from '../cursor.ts';
import { FilterLine, useFilter } from '../filter-line.tsx';
import { Lines } from '../lines.tsx';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import type { ViewProps } from '../view-props.ts';
import { fieldLines, recordColumns, type Sort, sortFields } from './columns.ts';
import { useRecords } from './use-records.ts';
import { complete, end, offset, pageSize, rowAt } from './window.ts';

/** From here on a record stands beside the list instead of over it. */
const besideFrom = 110;
/** Going to the end reads every page before it; beyond this it is the other order that is shown. */
const farPages = 50;

/** Records of one type: a window into a list of any length. */
export function RecordsView({ place, width, height }: ViewProps<'records'>) {
  const theme = useTheme();
  const now = useNow();
  const store = useStore();
  const engine = useEngine();
  const definition = definitionOf(place.type);
  const filter = useFilter();
  const [wanted, setCursor] = useMemory('cursor', 0);
  const [sort, setSort] = useMemory<Sort>('sort', { field: definition.title[0] ?? 'id', descending: false });
  const [open, setOpen] = useMemory('open', false);
  const [scroll, setScroll] = useState(0);
  const [reads, setReads] = useState(0);

  const total = useSnapshot((snapshot) => totalOf(snapshot, place.type, place.integration));
  const synced = useSnapshot((snapshot) => snapshot?.integrations.map((view) => view.lastSync).join() ?? '');

  const inner = width - 2;
  const filterHeight = filter.shown ? 1 : 0;
  const bodyHeight = height - 3 - filterHeight;
  const beside = open && width >= besideFrom;
  const listWidth = beside ? Math.floor(inner * 0.55) : inner;
  const page = bodyHeight - 1;

  const parsed = parseFilter(filter.text, definition, now);
  const query = {
    type: place.type,
    ...(place.integration === undefined ? {} : { integration: place.integration }),
    ...(parsed.ok && parsed.where.length > 0 ? { where: parsed.where } : {}),
    sort,
  };
  // A first import fills the first page as one looks; a long list is left in peace until a run has ended.
  const freshness = `${synced} ${reads} ${Math.min(total, pageSize)}`;
  const { window, loading } = useRecords(query, freshness, Math.max(0, wanted - page), wanted + page);
  const length = end(window);
  const cursor = Math.max(0, Math.min(wanted, length - 1));
  const record = rowAt(window, cursor);
  const detail =
    open && record !== null ? fieldLines(definition, record, beside ? inner - listWidth - 3 : inner, theme) : [];
  const hidden = Math.max(0, detail.length - bodyHeight);

  // Keys may come quicker than pages: they count from where the operator wants to be.
  const from = loading ? wanted : cursor;

  const go = (move: ListMove) => {
    if (open && !beside) return setScroll(moved(Math.min(scroll, hidden), move, hidden + 1, bodyHeight));
    setScroll(0);
    if (move === 'list.last' && !complete(window)) {
      toEnd().catch(store.failed);
      return;
    }
    // The end is wherever reading stops; the cursor is brought back to the last row there is.
    const most = complete(window) && !loading ? length : Math.max(total, length + page);
    setCursor(moved(from, move, most, page));
  };
  const toEnd = async () => {
    const most = await engine.countRecords(query);
    if (most - length <= farPages * pageSize) return setCursor(Math.max(0, most - 1));
    setSort({ ...sort, descending: !sort.descending });
    setCursor(0);
    store.say('That is far: the order is reversed instead, and the last row is first.');
  };
  const resort = (next: Sort) => {
    setSort(next);
    setCursor(0);
  };
  useViewCommands({
    ...moveCommands(go),
    ...filter.commands,
    ...tabCommands(recordTypeNames.length, recordTypeNames.indexOf(place.type), (index) =>
      store.replace({ ...place, type: recordTypeNames[index] ?? place.type }),
    ),
    'records.detail': () => setOpen(record !== null && !open),
    'records.sort': () => {
      const fields = sortFields(definition);
      resort({ field: fields[(fields.indexOf(sort.field) + 1) % fields.length] ?? sort.field, descending: false });
    },
    'records.reverse': () => resort({ ...sort, descending: !sort.descending }),
    'records.refresh': () => setReads(reads + 1),
    ...(filter.editing
      ? {
          'key:enter': () => {
            filter.commands['key:enter']?.('');
            setCursor(0);
          },
        }
      : {}),
    // What was opened last closes first: the record, then the filter, then the view.
    ...(open && !filter.editing ? { 'key:escape': () => setOpen(false), back: () => setOpen(false) } : {}),
  });

  const known =
    parsed.ok && parsed.where.length > 0
      ? complete(window)
        ? count(length)
        : `${count(length)}+`
      : count(Math.max(total, length));
  const held = window.pages.flatMap((each) => each.records);
  const label = definition.label.toLowerCase();
  const nothing =
    filter.text === ''
      ? `No ${label} yet. They come with the next sync.`
      : 'Nothing matches the filter. Esc clears it.';
  const empty = loading ? ' ' : nothing;
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Box height={2}>
        <TabBar
          tabs={recordTypeNames.map((type) => ({ label: definitionOf(type).label }))}
          current={recordTypeNames.indexOf(place.type)}
        />
      </Box>
      {filter.shown && (
        <FilterLine
          filter={filter}
          width={inner}
          note={parsed.ok ? 'word  !word  field:value  field:>value' : parsed.problem}
        />
      )}
      <Box height={bodyHeight} width={inner} overflow="hidden">
        {(!open || beside) && (
          <Table
            columns={recordColumns(definition, sort, theme, now)}
            rows={held}
            rowKey={(row) => row.id}
            first={offset(window)}
            total={length}
            selected={length === 0 ? null : cursor}
            width={listWidth}
            height={bodyHeight}
            empty={<Text {...theme.style.muted}>{empty}</Text>}
          />
        )}
        {open && (
          <Box paddingLeft={beside ? 3 : 0}>
            <Lines
              lines={detail}
              width={beside ? inner - listWidth - 3 : inner}
              height={bodyHeight}
              from={Math.min(scroll, hidden)}
            />
          </Box>
        )}
      </Box>
      <Text wrap="truncate" {...theme.style.muted}>
        {length === 0 ? ' ' : `${count(cursor + 1)} of ${known} ${label}`}
        {open && hidden > 0 && !beside ? `  ${theme.glyph.down} more fields` : ''}
      </Text>
    </Box>
  );
}

/** As far as the snapshot knows: the sum over integrations counts a record that two of them have twice. */
function totalOf(snapshot: Snapshot | null, type: RecordType, integration: string | undefined): number {
  return (snapshot?.integrations ?? [])
    .filter(({ id }) => integration === undefined || id === integration)
    .reduce((sum, view) => sum + (view.records[type] ?? 0), 0);
}
