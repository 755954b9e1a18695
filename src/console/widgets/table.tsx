/**
 * The list of records: one line per record, fixed widths, only visible rows mounted. Lines are drawn by ink-table;
 * this adapter gives it the widths, leaves out its rules, and marks the selected row with `>` and inverse video.
 */
import { Box, Text } from 'ink';
import { createContext, memo, type ReactNode, useContext } from 'react';
import { fit } from '../../text/width.ts';
import { type Column, type FittedColumn, fitColumns } from './columns.ts';
import { InkTable, type InkTableInstance, type InkTableProps } from './ink-table.ts';
import { type TextStyle, type Theme, useTheme } from './theme.ts';
import { useScroll } from './use-scroll.ts';

export type { Column } from './columns.ts';

export interface TableProps<Row> {
  readonly columns: readonly Column<Row>[];
  /** All rows, or those of a page that begins at `first`; the page has to hold what is visible around `selected`. */
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Index among all rows; null: no row is selected. */
  readonly selected: number | null;
  /** Cells. */
  readonly width: number;
  /** Lines, the heading among them. */
  readonly height: number;
  /** Index of `rows[0]` among all rows. Default 0. */
  readonly first?: number;
  /** How many rows there are in all. Default `first + rows.length`. */
  readonly total?: number;
  /** Keys of marked rows: a `*` stands in front of them. */
  readonly marked?: ReadonlySet<string>;
  /** Shown when there is no row: what to do next. */
  readonly empty?: ReactNode;
}

/** Cells in front of each line for the mark of the selected row. */
const markWidth = 2;

export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowKey, selected, width, height, first = 0, marked, empty } = props;
  const theme = useTheme();
  const total = props.total ?? first + rows.length;
  const visible = Math.max(0, height - 1);
  const offset = useScroll(selected ?? 0, visible, total);
  const fitted = fitColumns(columns, width - markWidth);

  const start = Math.max(0, offset - first);
  const lines = rows.slice(start, start + visible).map((row, index): Line => {
    const isSelected = first + start + index === selected;
    const key = rowKey(row);
    const mark = `${isSelected ? theme.glyph.pointer : ' '}${marked?.has(key) ? '*' : ' '}`;
    const style = isSelected ? () => theme.style.selected : (column: Column<Row>) => column.style?.(row);
    return {
      key,
      runs: joinRuns(mark, fitted, (column) => column.value(row), style, theme),
    };
  });
  const heading = joinRuns(
    ' '.repeat(markWidth),
    fitted,
    (column) => column.title,
    () => theme.style.strong,
    theme,
  );
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <WindowedTable
        data={[]}
        heading={{ key: 'heading', runs: heading }}
        lines={lines}
        cell={Run}
        header={Run}
        skeleton={Nothing}
      />
      {total === 0 && empty}
    </Box>
  );
}

/** Text of one style. */
interface StyledRun {
  readonly text: string;
  readonly style: TextStyle | undefined;
}

interface Line {
  readonly key: string;
  readonly runs: readonly StyledRun[];
}

/**
 * The cells of one line, cut and padded to their columns. Neighbours of the same style are one run: every text node
 * costs layout time on every frame, and most cells have no style of their own.
 */
function joinRuns<Row>(
  mark: string,
  fitted: readonly FittedColumn<Row>[],
  text: (column: Column<Row>) => string,
  style: (column: Column<Row>) => TextStyle | undefined,
  theme: Theme,
): StyledRun[] {
  const runs: StyledRun[] = [];
  fitted.forEach(({ column, width }, index) => {
    const { align = 'left', cut: at = 'end' } = column;
    const front = index === 0 ? mark : ' ';
    const cell = front + fit(text(column), width, { align, at, ellipsis: theme.glyph.ellipsis });
    const own = style(column);
    const last = runs.at(-1);
    if (last !== undefined && last.style === own) runs[runs.length - 1] = { text: last.text + cell, style: own };
    else runs.push({ text: cell, style: own });
  });
  return runs;
}

interface WindowedTableProps extends InkTableProps {
  readonly heading: Line;
  readonly lines: readonly Line[];
}

class WindowedTable extends InkTable<WindowedTableProps> {
  // ink-table cannot be told to use no padding: it takes 0 for "not given".
  override getConfig() {
    return { ...super.getConfig(), padding: 0 };
  }

  override render() {
    const { heading, lines } = this.props;
    return (
      <Box flexDirection="column">
        <DrawnLine line={heading} draw={this.heading} />
        {lines.map((line) => (
          <DrawnLine key={line.key} line={line} draw={this.data} />
        ))}
      </Box>
    );
  }
}

const LineContext = createContext<Line | null>(null);

interface DrawnLineProps {
  readonly line: Line;
  readonly draw: InkTableInstance<WindowedTableProps>['data'];
}

/** One line by ink-table. It is told lengths in characters, for that is what it pads by; the text is padded already. */
const DrawnLine = memo(
  function DrawnLine({ line, draw }: DrawnLineProps) {
    const columns = line.runs.map(({ text }, index) => ({
      key: String(index),
      column: String(index),
      width: text.length,
    }));
    const data = Object.fromEntries(line.runs.map(({ text }, index) => [index, text]));
    return <LineContext value={line}>{draw({ key: line.key, columns, data })}</LineContext>;
  },
  (before, after) => sameRuns(before.line.runs, after.line.runs),
);

function sameRuns(before: readonly StyledRun[], after: readonly StyledRun[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ text, style }, index) => text === after[index]!.text && style === after[index]!.style)
  );
}

/** ink-table tells a cell its column and its text; the column is the index of the run. */
function Run({ column, children }: { readonly column: number; readonly children?: ReactNode }) {
  const line = useContext(LineContext);
  return (
    <Text wrap="truncate" {...line?.runs[column]?.style}>
      {children}
    </Text>
  );
}

function Nothing() {
  return null;
}
