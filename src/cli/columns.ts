import { fit, width } from '../text/width.ts';

/** Rows as lines with aligned columns, two spaces between them; the last column is as long as it is. */
export function columns(rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const side = align[index] ?? 'left';
        return index === row.length - 1 && side === 'left' ? cell : fit(cell, widths[index]!, { align: side });
      })
      .join('  ')
      .trimEnd(),
  );
}
