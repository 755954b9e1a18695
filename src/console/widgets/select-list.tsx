import { Box, Text } from 'ink';
import { useState } from 'react';
import { fit } from '../../text/width.ts';
import { useTextCapture } from '../keys/text-capture.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { moveCursor } from './scroll.ts';
import { useTheme } from './theme.ts';
import { useScroll } from './use-scroll.ts';

export interface SelectItem<Value> {
  readonly value: Value;
  readonly label: string;
  /** Shown muted behind the label. */
  readonly detail?: string;
}

interface ListProps<Value> {
  readonly items: readonly SelectItem<Value>[];
  readonly focused: boolean;
  readonly width: number;
  readonly height: number;
}

export interface SelectListProps<Value> extends ListProps<Value> {
  /** The chosen item is marked; the cursor begins there, or at `start`. */
  readonly value?: Value;
  readonly start?: number;
  readonly onSelect: (value: Value) => void;
  /** The cursor moved. */
  readonly onHighlight?: (value: Value) => void;
}

/** One of several: arrows or j/k, Enter or Space chooses. */
export function SelectList<Value extends string | number | boolean>(props: SelectListProps<Value>) {
  const { items, value, start, focused, onSelect, onHighlight } = props;
  const chosen = items.findIndex((item) => item.value === value);
  const cursor = useListCursor(props, start ?? Math.max(0, chosen), {
    onMove: (index) => onHighlight?.(items[index]!.value),
    onKey(key, index) {
      if (key === 'enter' || key === 'space') onSelect(items[index]!.value);
    },
  });
  return <Lines {...props} cursor={focused ? cursor : -1} mark={(index) => (index === chosen ? '(x) ' : '( ) ')} />;
}

interface CursorHandlers {
  readonly onMove?: (index: number) => void;
  readonly onKey: (keyId: string, index: number) => void;
}

function useListCursor<Value>({ items, height, focused }: ListProps<Value>, initial: number, on: CursorHandlers) {
  const [wanted, setWanted] = useState(initial);
  const capture = useTextCapture();
  const cursor = Math.min(wanted, Math.max(0, items.length - 1));
  useKeys(
    ({ id, text }) => {
      // Beside a filter that is being typed, only arrows and the like move the list.
      if (items.length === 0 || (text !== '' && capture.active())) return;
      const next = moveCursor(id, cursor, height, items.length);
      if (next === null) on.onKey(id, cursor);
      else if (next !== cursor) {
        setWanted(next);
        on.onMove?.(next);
      }
    },
    { active: focused },
  );
  return cursor;
}

interface LinesProps<Value> extends ListProps<Value> {
  readonly cursor: number;
  readonly mark: (index: number) => string;
}

function Lines<Value>({ items, width, height, cursor, mark }: LinesProps<Value>) {
  const theme = useTheme();
  const offset = useScroll(Math.max(0, cursor), height, items.length);
  return (
    <Box flexDirection="column" width={width}>
      {items.slice(offset, offset + height).map((item, line) => {
        const index = offset + line;
        const isCurrent = index === cursor;
        const text = `${isCurrent ? theme.glyph.pointer : ' '} ${mark(index)}${item.label}`;
        const full = item.detail === undefined ? text : `${text}  ${item.detail}`;
        return (
          <Text key={String(item.value)} wrap="truncate" {...(isCurrent ? theme.style.selected : {})}>
            {fit(full, width, { ellipsis: theme.glyph.ellipsis })}
          </Text>
        );
      })}
    </Box>
  );
}
