/** Filtering and sorting rows that are in memory, by the columns they are shown in. Pure. */
import { matches, parseTerms, type Row } from '../../text/filter.ts';
import type { Column } from '../widgets/columns.ts';

export interface ListSort {
  readonly column: string;
  readonly descending: boolean;
}

const rawOf = <R>(column: Column<R>, row: R) => (column.raw === undefined ? column.value(row).trim() : column.raw(row));

/** What a row says in each column, by the words above it: what filters, copies and exports see. */
export function cellsOf<R>(columns: readonly Column<R>[], row: R): Row {
  return Object.fromEntries(columns.map((column) => [camel(column.title || column.key), rawOf(column, row)]));
}

/** `Last sync` as `lastSync`. */
function camel(title: string): string {
  const words = title.trim().toLowerCase().split(/\W+/);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

/** @param extra what else a filter finds a row by */
export function filterRows<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  text: string,
  now: number,
  extra?: (row: R) => Row,
): readonly R[] {
  const terms = parseTerms(text);
  if (terms.length === 0) return rows;
  return rows.filter((row) => matches(terms, { ...cellsOf(columns, row), ...extra?.(row) }, now));
}

/** Blanks come last either way: what one sorts by is what one looks for. */
export function sortRows<R>(rows: readonly R[], columns: readonly Column<R>[], sort: ListSort | null): readonly R[] {
  const column = columns.find(({ key }) => key === sort?.column);
  if (column === undefined || sort === null) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [rawOf(column, one), rawOf(column, other)];
    if (a === null || a === '') return b === null || b === '' ? 0 : 1;
    if (b === null || b === '') return -1;
    return sign * (typeof a === 'string' && typeof b === 'string' ? natural.compare(a, b) : Number(a) - Number(b));
  });
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
