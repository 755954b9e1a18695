import { Box, Text } from 'ink';
import { useState } from 'react';
import { width as cells } from '../../text/width.ts';
import { useMemory, useViewCommands } from '../app/context.ts';
import { typingFilter } from '../app/hint-bar.tsx';
import type { ViewCommands } from '../app/store.ts';
import { TextField } from '../widgets/text-field.tsx';
import { useTheme } from '../widgets/theme.ts';

export interface Filter {
  readonly text: string;
  readonly editing: boolean;
  /** It takes a line: it is being typed, or something is filtered. */
  readonly shown: boolean;
  setText(text: string): void;
  /** Spread into the view's commands: `/` opens, Enter keeps, Esc clears. */
  readonly commands: ViewCommands;
}

/** The text of a view's filter; kept with the place. */
export function useFilter(initial = ''): Filter {
  const [text, setText] = useMemory('filter', initial);
  const [editing, setEditing] = useState(false);
  const clear = () => {
    setText('');
    setEditing(false);
  };
  return {
    text,
    editing,
    shown: editing || text !== '',
    setText,
    commands: {
      'list.filter': () => setEditing(true),
      ...(editing ? { 'key:enter': () => setEditing(false), 'key:escape': clear } : {}),
      ...(!editing && text !== '' ? { 'key:escape': clear } : {}),
    },
  };
}

interface FilterLineProps {
  readonly filter: Filter;
  readonly width: number;
  /** What is wrong with it; null: nothing. */
  readonly problem?: string | null;
  /** What it can do. */
  readonly note?: string;
}

const grammar = 'word !word field:part field>7d';

export function FilterLine({ filter, width, problem = null, note = grammar }: FilterLineProps) {
  const theme = useTheme();
  const most = Math.max(10, Math.min(40, width - 8));
  // A problem gets what the text leaves.
  const room = problem === null ? most : Math.min(most, Math.max(10, cells(filter.text) + 2));
  return (
    <Box width={width} height={1} overflow="hidden">
      {filter.editing && <Typing />}
      <Box width={7} flexShrink={0}>
        <Text {...theme.style.accent}>Filter</Text>
      </Box>
      <Box width={room} height={1} overflow="hidden">
        <TextField value={filter.text} onChange={filter.setText} focused={filter.editing} width={room} />
      </Box>
      <Text wrap="truncate" {...(problem === null ? theme.style.muted : theme.style.warning)}>
        {' '}
        {problem ?? note}
      </Text>
    </Box>
  );
}

/** There for as long as letters belong to the filter: the hint bar then tells what ends that. */
function Typing(): null {
  useViewCommands({ [typingFilter]: () => {} });
  return null;
}
