/**
 * The list of records: one line per record, fixed widths, only visible rows mounted. Cells are drawn by ink-table;
 * this adapter gives it the widths, leaves out its rules, and marks the selected row with `>` and inverse video.
 */
import { Box, Text } from 'ink';
import { createContext, type ReactNode, useContext } from 'react';
import { fit } from '../../text/width.ts';
import { type Column, type FittedColumn, fitColumns } from './columns.ts';
import { InkTable, type InkTableProps, type InkTableRow } from './ink-table.ts';
import { type TextStyle, useTheme } from './theme.ts';
import { useScroll } from './use-scroll.ts';

export type { Column } from './columns.ts';

export interface TableProps<Row> {
  readonly columns: readonly Column<Row>[];
  /** All rows, or those of a page that begins at `first`. */
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
  /** Shown when there is no row: what to do next. */
  readonly empty?: ReactNode;
}

const markColumn = { key: '\u0000mark', column: '\u0000mark', width: 2 };

export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowKey, selected, width, height, first = 0, empty } = props;
  const theme = useTheme();
  const total = props.total ?? first + rows.length;
  const visible = Math.max(0, height - 1);
  const offset = useScroll(selected ?? 0, visible, total);
  const fitted = fitColumns(columns, width - markColumn.width);
  const cut = { ellipsis: theme.glyph.ellipsis };
  const cells = (text: (column: Column<Row>) => string): InkTableRow =>
    Object.fromEntries(
      fitted.map(({ column, width }, index) => {
        const { align = 'left', cut: at = 'end' } = column;
        const gap = index < fitted.length - 1 ? ' ' : '';
        return [column.key, fit(text(column), width, { align, at, ...cut }) + gap];
      }),
    );

  const start = Math.max(0, offset - first);
  const lines = rows.slice(start, start + visible).map((row, index): Line => {
    const isSelected = first + start + index === selected;
    return {
      key: rowKey(row),
      selected: isSelected,
      styles: fitted.map(({ column }) => column.style?.(row)),
      cells: {
        ...cells((column) => column.value(row)),
        [markColumn.key]: isSelected ? `${theme.glyph.pointer} ` : '  ',
      },
    };
  });
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <WindowedTable
        data={lines.map((line) => line.cells)}
        columns={[markColumn.key, ...fitted.map(({ column }) => column.key)]}
        cell={Cell}
        header={Heading}
        skeleton={Nothing}
        lines={lines}
        headings={{ ...cells((column) => column.title), [markColumn.key]: '  ' }}
      />
      {total === 0 && empty}
    </Box>
  );
}

interface Line {
  readonly key: string;
  readonly selected: boolean;
  readonly styles: readonly (TextStyle | undefined)[];
  readonly cells: InkTableRow;
}

interface WindowedTableProps extends InkTableProps {
  readonly lines: readonly Line[];
  readonly headings: InkTableRow;
}

const LineContext = createContext<Line | null>(null);

class WindowedTable extends InkTable<WindowedTableProps> {
  // ink-table cannot be told to use no padding, and measures by characters. Values come cut and padded by cells.
  override getConfig() {
    return { ...super.getConfig(), padding: 0 };
  }

  override getHeadings() {
    return this.props.headings;
  }

  override render() {
    return (
      <Box flexDirection="column">
        {this.heading({ key: 'heading', columns: this.#columnsOf(this.props.headings), data: this.props.headings })}
        {this.props.lines.map((line) => (
          <LineContext key={line.key} value={line}>
            {this.data({ key: line.key, columns: this.#columnsOf(line.cells), data: line.cells })}
          </LineContext>
        ))}
      </Box>
    );
  }

  // A value of n cells may have any number of characters; ink-table pads by characters, so it is told those.
  #columnsOf(cells: InkTableRow) {
    return this.props.columns.map((key) => ({ key, column: key, width: cells[key]!.length }));
  }
}

function Cell({ column, children }: { readonly column: number; readonly children?: ReactNode }) {
  const line = useContext(LineContext);
  const theme = useTheme();
  const style = line?.selected ? theme.style.selected : line?.styles[column - 1];
  return (
    <Text wrap="truncate" {...style}>
      {children}
    </Text>
  );
}

function Heading({ children }: { readonly children?: ReactNode }) {
  return (
    <Text wrap="truncate" bold>
      {children}
    </Text>
  );
}

function Nothing() {
  return null;
}

export type { FittedColumn };
