/** A row of figures as a line of bars, one cell each. */
const unicode = [...'▁▂▃▄▅▆▇█'];
const ascii = [...'_.-=+*#@'];

export interface SparklineOptions {
  readonly unicode: boolean;
  /** What the lowest and the highest bar stand for. Default: the smallest and the largest value. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * At most `width` cells: of more values, neighbours are put together, and a cell shows their mean. A figure above none
 * is never as low as none.
 */
export function sparkline(values: readonly number[], width: number, options: SparklineOptions): string {
  const cells = Math.min(width, values.length);
  if (cells <= 0) return '';
  const means = Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * values.length) / cells);
    const part = values.slice(from, Math.max(from + 1, Math.floor(((cell + 1) * values.length) / cells)));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const { from = Math.min(...means), to = Math.max(...means) } = options;
  const bars = options.unicode ? unicode : ascii;
  const top = bars.length - 1;
  return means
    .map((mean) => {
      const share = to > from ? (mean - from) / (to - from) : 0;
      const level = Math.round(share * top);
      return bars[Math.max(0, Math.min(top, mean > from && level === 0 ? 1 : level))];
    })
    .join('');
}
