import { useEffect } from 'react';
import type { Row } from '../../text/filter.ts';
import { useMemory, useNow } from '../app/context.ts';
import type { ViewCommands } from '../app/store.ts';
import type { Column } from '../widgets/columns.ts';
import { useTheme } from '../widgets/theme.ts';
import { moveCommands, moved } from './cursor.ts';
import { type Filter, useFilter } from './filter-line.tsx';
import { cellsOf, filterRows, type ListSort, sortRows } from './list.ts';
import { useExport } from './use-export.ts';

export interface ListOptions<R> {
  /** For the name of an exported file. */
  readonly what: string;
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly columns: readonly Column<R>[];
  /** Rows of a page. */
  readonly page: number;
  /** Order before the operator chooses one. Default: that of the rows. */
  readonly sort?: ListSort;
  /** What else a filter finds a row by. */
  readonly extra?: (row: R) => Row;
  /** Whether a row fits the filter, where its cells do not say so. Default: by its cells and `extra`. */
  readonly fits?: (row: R, text: string) => boolean;
}

export interface List<R> {
  /** As filtered and sorted. */
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  /** With an arrow above the column that is sorted by. */
  readonly columns: readonly Column<R>[];
  readonly cursor: number;
  readonly selected: R | undefined;
  readonly marked: ReadonlySet<string>;
  /** What an action is for: the marked rows, or the selected one. */
  readonly chosen: readonly R[];
  readonly filter: Filter;
  /** Moving, filtering, sorting, marking, copying and exporting. */
  readonly commands: ViewCommands;
  unmark(): void;
}

const none: readonly string[] = [];

/** A list in memory to work in. The row under the cursor is known by its key: it stays when the order changes. */
export function useList<R>({
  what,
  rows: all,
  rowKey,
  columns,
  page,
  sort: first,
  extra,
  fits,
}: ListOptions<R>): List<R> {
  const { glyph } = useTheme();
  const now = useNow();
  const filter = useFilter();
  const exporting = useExport();
  const [selectedKey, select] = useMemory<string | null>('selected', null);
  const [fallback, setFallback] = useMemory('cursor', 0);
  const [marks, setMarks] = useMemory<readonly string[]>('marked', none);
  const [sort, setSort] = useMemory<ListSort | null>('sort', first ?? null);

  const fitting =
    fits === undefined
      ? filterRows(all, columns, filter.text, now, extra)
      : all.filter((row) => fits(row, filter.text));
  const rows = sortRows(fitting, columns, sort);
  const found = rows.findIndex((row) => rowKey(row) === selectedKey);
  const cursor = found >= 0 ? found : Math.max(0, Math.min(fallback, rows.length - 1));
  const selected = rows[cursor];
  const key = selected === undefined ? null : rowKey(selected);
  // Commands ask the place what is selected: it must be the row that the cursor is on, whatever a filter left.
  useEffect(() => {
    if (key !== null && key !== selectedKey) select(key);
  }, [key, selectedKey, select]);
  const marked = new Set(marks);
  const markedRows = all.filter((row) => marked.has(rowKey(row)));
  const chosen = markedRows.length > 0 ? markedRows : selected === undefined ? [] : [selected];

  const goTo = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    select(rowKey(row));
    setFallback(index);
  };
  const toggle = () => {
    if (selected === undefined) return;
    const key = rowKey(selected);
    setMarks(marked.has(key) ? marks.filter((each) => each !== key) : [...marks, key]);
    goTo(cursor + 1);
  };
  const sortNext = () => {
    const at = columns.findIndex(({ key }) => key === sort?.column);
    const next = columns[(at + 1) % columns.length];
    if (next !== undefined) setSort({ column: next.key, descending: false });
  };

  return {
    rows,
    rowKey,
    columns: columns.map((column) =>
      column.key === sort?.column
        ? { ...column, title: `${column.title} ${sort.descending ? glyph.down : glyph.up}` }
        : column,
    ),
    cursor,
    selected,
    marked,
    chosen,
    filter,
    unmark: () => setMarks(none),
    commands: {
      ...moveCommands((move) => goTo(moved(cursor, move, rows.length, page))),
      ...filter.commands,
      ...(marks.length > 0 && !filter.shown ? { 'key:escape': () => setMarks(none) } : {}),
      'list.sort': sortNext,
      'list.reverse': () => {
        const column = sort?.column ?? columns[0]?.key;
        if (column !== undefined) setSort({ column, descending: !(sort?.descending ?? false) });
      },
      'list.mark': toggle,
      'list.mark-all': () => setMarks(marks.length > 0 ? none : rows.map(rowKey)),
      'list.copy': () => exporting.toClipboard(chosen.map((row) => cellsOf(columns, row))),
      'list.export': () =>
        exporting.toFile({
          what,
          fields: Object.keys(rows[0] === undefined ? {} : cellsOf(columns, rows[0])),
          rows: () => (markedRows.length > 0 ? markedRows : rows).map((row) => cellsOf(columns, row)),
        }),
    },
  };
}
