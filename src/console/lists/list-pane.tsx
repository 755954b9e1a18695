import { Box, Text } from 'ink';
import type { Area } from '../app/area.ts';
import { type Line, Lines } from '../views/lines.tsx';
import { Table } from '../widgets/table.tsx';
import { useTheme } from '../widgets/theme.ts';
import { FilterLine } from './filter-line.tsx';
import type { List } from './use-list.ts';

export interface ListPaneProps<R> extends Area {
  readonly list: List<R>;
  /** In place of rows where there are none at all; null while they are still read. */
  readonly empty: string | null;
  /** Above the list. */
  readonly head?: readonly Line[];
  /** The selected row in full, below the list. */
  readonly detail?: readonly Line[];
  /** Lines that the list keeps from its detail, its heading included. Default: half of them. */
  readonly keeps?: number;
}

/** A list, the filter under it, and what is selected. */
export function ListPane<R>({ list, empty, head = [], detail = [], keeps, width, height }: ListPaneProps<R>) {
  const { style } = useTheme();
  const { rows, cursor, filter } = list;
  const inner = width - 2;
  const room = height - head.length - (filter.shown ? 1 : 0);
  const most = keeps === undefined ? Math.floor(room / 2) : room - keeps - 1;
  const detailHeight = Math.max(0, Math.min(detail.length, most));
  const none = filter.text === '' ? empty : 'Nothing matches the filter. Esc clears it.';
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={head} width={inner} height={head.length} />
      <Table
        columns={list.columns}
        rows={rows}
        rowKey={list.rowKey}
        selected={rows.length === 0 ? null : cursor}
        marked={list.marked}
        width={inner}
        height={room - detailHeight - (detailHeight > 0 ? 1 : 0)}
        empty={<Text {...style.muted}>{empty === null ? ' ' : none}</Text>}
      />
      {filter.shown && <FilterLine filter={filter} width={inner} />}
      {detailHeight > 0 && <Text> </Text>}
      <Lines lines={detail} width={inner} height={detailHeight} />
    </Box>
  );
}
