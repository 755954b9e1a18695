import { Box, Text } from 'ink';
import { useState } from 'react';
import type { Engine } from '../../../engine/engine.ts';
import type { Snapshot } from '../../../engine/snapshot.ts';
import type { RecordPage, RecordQuery, StoredRecord } from '../../../portal/query.ts';
import { familyOf } from '../../../portal/records/families.ts';
import { parseFilter } from '../../../portal/records/filter.ts';
import { definitionOf, type RecordType } from '../../../portal/records/index.ts';
import { count } from '../../../text/format.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { type ListMove, moveCommands, moved } from '../../lists/cursor.ts';
import { FilterLine, useFilter } from '../../lists/filter-line.tsx';
import { useExport } from '../../lists/use-export.ts';
import { useWindowedList } from '../../lists/use-windowed-list.ts';
import { complete, offset, pageSize } from '../../lists/window.ts';
import { Table } from '../../widgets/table.tsx';
import { useTheme } from '../../widgets/theme.ts';
import { Lines } from '../lines.tsx';
import { screenOf } from '../record-screens.ts';
import { synced } from '../synced.ts';
import { TabBar, tabCommands } from '../tab-bar.tsx';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { fieldLines, firstSort, recordColumns, type Sort, sortFields } from './columns.ts';
import { useEdit } from './use-edit.ts';
import { useForm } from './use-form.ts';

/** From here on a record stands beside the list instead of over it. */
const besideFrom = 110;

/** Records of one type: a window into a list of any length. */
export function RecordsView({ place, width, height }: ViewProps<'records'>) {
  const theme = useTheme();
  const now = useNow();
  const store = useStore();
  const engine = useEngine();
  const definition = definitionOf(place.type);
  const filter = useFilter(place.filter);
  const exporting = useExport();
  const edit = useEdit(place.type, place.integration);
  const form = useForm(place.type, place.integration);
  const [sort, setSort] = useMemory<Sort>('sort', firstSort(definition));
  const [open, setOpen] = useMemory('open', false);
  const [marks, setMarks] = useMemory<readonly string[]>('marked', none);
  const [scroll, setScroll] = useState(0);
  const [reads, setReads] = useState(0);

  const filled = useSnapshot((snapshot) => familyTypes(snapshot, place.type).join()).split(',') as RecordType[];
  const ofIntegration = place.integration === undefined ? {} : { integration: place.integration };
  const total = useSnapshot((snapshot) => totalOf(snapshot, place.type, place.integration));
  const ended = useSnapshot(synced);

  // Exact where it costs nothing; the snapshot counts what two integrations have twice.
  const plain = filter.text === '';
  const exact = useLoaded(
    async () => (plain ? await engine.countRecords({ type: place.type, ...ofIntegration }) : null),
    `${place.type} ${place.integration} ${plain} ${ended} ${reads}`,
  );

  const inner = width - 2;
  const filterHeight = filter.shown ? 1 : 0;
  const bodyHeight = height - 3 - filterHeight;
  const beside = open && width >= besideFrom;
  const listWidth = beside ? Math.floor(inner * 0.55) : inner;
  const page = bodyHeight - 1;

  const parsed = parseFilter(filter.text, definition, now);
  const query = {
    type: place.type,
    ...ofIntegration,
    ...(parsed.ok && parsed.where.length > 0 ? { where: parsed.where } : {}),
    sort,
  };
  // A first import fills the first page as one looks; a long list is left in peace until a run has ended.
  const freshness = `${ended} ${reads} ${Math.min(total, pageSize)}`;
  const list = useWindowedList({
    kind: place.type,
    query: JSON.stringify(query),
    read: (after, limit) => engine.records({ ...query, after, limit }),
    freshness,
    page,
    total,
    count: () => engine.countRecords(query),
    reverse: () => setSort({ ...sort, descending: !sort.descending }),
  });
  const { window, loading, length, cursor, row: record, held } = list;
  const detail =
    open && record !== null ? fieldLines(definition, record, beside ? inner - listWidth - 3 : inner, theme) : [];
  const hidden = Math.max(0, detail.length - bodyHeight);

  const go = (move: ListMove) => {
    if (open && !beside) return setScroll(moved(Math.min(scroll, hidden), move, hidden + 1, bodyHeight));
    setScroll(0);
    list.go(move);
  };
  const resort = (next: Sort) => {
    setSort(next);
    list.toFirst();
  };
  useViewCommands({
    ...moveCommands(go),
    ...filter.commands,
    ...tabCommands(filled.length, filled.indexOf(place.type), (index) => {
      const { filter: _, ...kept } = place;
      store.replace({ ...kept, type: filled[index] ?? place.type });
    }),
    'records.open': () => {
      const screen = record === null ? null : screenOf(place.type, record.id);
      if (screen === null) setOpen(record !== null && !open);
      else store.open(screen);
    },
    'record.explain': () => {
      if (record !== null) store.open({ view: 'explain', type: place.type, record: record.id, ...ofIntegration });
    },
    'records.edit': () => {
      if (record !== null) edit(record);
    },
    'records.form': () => form('update', record),
    'records.new': () => form('create', null),
    'records.note': () => form('note', record),
    'records.fields': () => setOpen(record !== null && !open),
    'list.sort': () => {
      const fields = sortFields(definition, total);
      resort({ field: fields[(fields.indexOf(sort.field) + 1) % fields.length] ?? sort.field, descending: false });
    },
    'list.reverse': () => resort({ ...sort, descending: !sort.descending }),
    'list.mark': () => {
      if (record === null) return;
      setMarks(marks.includes(record.id) ? marks.filter((id) => id !== record.id) : [...marks, record.id]);
      list.go('list.down');
    },
    'list.mark-all': () => setMarks(marks.length > 0 ? none : held.map(({ id }) => id)),
    'list.copy': () => {
      const chosen = held.filter(({ id }) => marks.includes(id));
      exporting.toClipboard(chosen.length > 0 ? chosen : record === null ? [] : [record]);
    },
    'list.export': () =>
      exporting.toFile({
        what: place.type,
        fields: Object.keys(definition.schema.shape),
        rows: () => allRecords(engine, query, marks),
      }),
    'records.refresh': () => setReads(reads + 1),
    ...(filter.editing
      ? {
          'key:enter': () => {
            filter.commands['key:enter']?.('');
            list.toFirst();
          },
        }
      : {}),
    ...(marks.length > 0 && !open && !filter.shown ? { 'key:escape': () => setMarks(none) } : {}),
    // What was opened last closes first: the record, then the filter, then the view.
    ...(open && !filter.editing ? { 'key:escape': () => setOpen(false), back: () => setOpen(false) } : {}),
  });

  const known =
    parsed.ok && parsed.where.length > 0
      ? complete(window)
        ? count(length)
        : `${count(length)}+`
      : count(exact ?? Math.max(total, length));
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
          tabs={filled.map((type) => ({ label: definitionOf(type).label }))}
          current={filled.indexOf(place.type)}
        />
      </Box>
      {filter.shown && <FilterLine filter={filter} width={inner} problem={parsed.ok ? null : parsed.problem} />}
      <Box height={bodyHeight} width={inner} overflow="hidden">
        {(!open || beside) && (
          <Table
            columns={recordColumns(definition, sort, theme, now)}
            rows={held}
            rowKey={(row) => row.id}
            first={offset(window)}
            total={length}
            selected={length === 0 ? null : cursor}
            marked={new Set(marks)}
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
        {marks.length > 0 ? `, ${count(marks.length)} marked` : ''}
        {open && hidden > 0 && !beside ? `  ${theme.glyph.down} more fields` : ''}
      </Text>
    </Box>
  );
}

const none: readonly string[] = [];

/** The types of the same family that have records, and the one that is shown. */
function familyTypes(snapshot: Snapshot | null, current: RecordType): readonly RecordType[] {
  return familyOf(current).types.filter((type) => type === current || totalOf(snapshot, type, undefined) > 0);
}

/** Every record of a query, a page at a time; where some are marked, those. */
async function* allRecords(engine: Engine, query: RecordQuery, marks: readonly string[]): AsyncGenerator<StoredRecord> {
  if (marks.length > 0) {
    for (const id of marks) {
      const record = await engine.record(query.type, id);
      if (record !== null) yield record;
    }
    return;
  }
  let after: string | null = null;
  do {
    const page: RecordPage = await engine.records({ ...query, limit: 500, after });
    yield* page.records;
    after = page.next;
  } while (after !== null);
}

function totalOf(snapshot: Snapshot | null, type: RecordType, integration: string | undefined): number {
  if (integration === undefined) return snapshot?.totals[type] ?? 0;
  return snapshot?.integrations.find(({ id }) => id === integration)?.records[type] ?? 0;
}
