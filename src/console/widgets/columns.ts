import type { TextStyle } from './theme.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** Cells it needs to be of use. */
  readonly min: number;
  /** Cells beyond which more room is of no use. Default: `min`, a fixed width. `Infinity` takes what is left. */
  readonly max?: number;
  /** The column with the smallest figure goes first when the window is narrow. Default 0. */
  readonly priority?: number;
  readonly align?: 'left' | 'right';
  /** Where a value that is too long is cut. Default at its end. */
  readonly cut?: 'end' | 'middle';
  /** One line of sanitised text. */
  value(row: Row): string;
  /** What it is sorted and filtered by, where that is not its text: a number, an ISO time. Null: nothing, sorted last. */
  raw?(row: Row): string | number | boolean | null;
  /** One of the theme's styles: they are compared by identity. */
  style?(row: Row): TextStyle | undefined;
}

export interface FittedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/**
 * Which columns fit into `width` cells with `gap` cells between them, and how wide each is. Columns are left out by
 * priority until the rest has its `min`; what remains goes evenly to those that can use it. At least one column
 * stays, however narrow the window.
 */
export function fitColumns<Row>(columns: readonly Column<Row>[], width: number, gap = 1): FittedColumn<Row>[] {
  const kept = [...columns];
  const needed = () => kept.reduce((sum, column) => sum + column.min + gap, -gap);
  while (kept.length > 1 && needed() > width) kept.splice(leastImportant(kept), 1);

  const widths = kept.map((column) => column.min);
  let spare = width - needed();
  if (spare < 0) return kept.map((column) => ({ column, width: Math.max(0, width) }));
  const max = (index: number) => kept[index]!.max ?? kept[index]!.min;
  for (;;) {
    const growing = kept.flatMap((_, index) => (widths[index]! < max(index) ? [index] : []));
    if (spare === 0 || growing.length === 0) break;
    const share = Math.max(1, Math.floor(spare / growing.length));
    for (const index of growing) {
      const more = Math.min(share, spare, max(index) - widths[index]!);
      widths[index]! += more;
      spare -= more;
    }
  }
  return kept.map((column, index) => ({ column, width: widths[index]! }));
}

/** Index of the column to give up first; among equals the rightmost. */
function leastImportant<Row>(columns: readonly Column<Row>[]): number {
  let least = 0;
  columns.forEach((column, index) => {
    if ((column.priority ?? 0) <= (columns[least]!.priority ?? 0)) least = index;
  });
  return least;
}
