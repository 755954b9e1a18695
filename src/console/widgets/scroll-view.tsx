import { Box, Text } from 'ink';
import { useState } from 'react';
import { useTextCapture } from '../keys/text-capture.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { type TextStyle, useTheme } from './theme.ts';

export interface StyledLine {
  readonly text: string;
  readonly style?: TextStyle;
}

export interface ScrollViewProps {
  /** Each at most `width` cells: wrapped before. */
  readonly lines: readonly (string | StyledLine)[];
  readonly width: number;
  readonly height: number;
  /** Hears the arrow keys. */
  readonly focused: boolean;
}

/** Text that is longer than its window; the last line tells where one is. */
export function ScrollView({ lines, width, height, focused }: ScrollViewProps) {
  const theme = useTheme();
  const capture = useTextCapture();
  const [wanted, setWanted] = useState(0);
  const scrolls = lines.length > height;
  const visible = scrolls ? Math.max(1, height - 1) : height;
  const last = Math.max(0, lines.length - visible);
  const offset = Math.min(wanted, last);
  useKeys(
    ({ id, text }) => {
      const step = steps[id];
      if (step === undefined || (text !== '' && capture.active())) return;
      setWanted(Math.min(Math.max(0, step(offset, visible)), last));
    },
    { active: focused && scrolls },
  );
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {lines.slice(offset, offset + visible).map((line, index) => {
        const { text, style = {} } = typeof line === 'string' ? { text: line } : line;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, a row of the window has.
          <Text key={index} wrap="truncate" {...style}>
            {text === '' ? ' ' : text}
          </Text>
        );
      })}
      {scrolls && (
        <Text {...theme.style.muted}>
          {offset > 0 ? theme.glyph.up : ' '}
          {offset < last ? theme.glyph.down : ' '} {offset + 1}-{Math.min(offset + visible, lines.length)} of{' '}
          {lines.length}
        </Text>
      )}
    </Box>
  );
}

const steps: Readonly<Record<string, (offset: number, height: number) => number>> = {
  down: (offset) => offset + 1,
  j: (offset) => offset + 1,
  up: (offset) => offset - 1,
  k: (offset) => offset - 1,
  pagedown: (offset, height) => offset + height - 1,
  space: (offset, height) => offset + height - 1,
  pageup: (offset, height) => offset - height + 1,
  home: () => 0,
  g: () => 0,
  end: () => Infinity,
  G: () => Infinity,
};
