/** A pane as lines of styled text: what is drawn never wraps, so a pane is exactly as high as it says. */
import { Box, Text } from 'ink';
import { memo } from 'react';
import { width as cells, fit, truncate, wrap } from '../../text/width.ts';
import { type TextStyle, useTheme } from '../widgets/theme.ts';

export interface Segment {
  readonly text: string;
  readonly style?: TextStyle;
}
export type Line = readonly Segment[];

export const line = (text: string, style?: TextStyle): Line => [style === undefined ? { text } : { text, style }];
export const blank: Line = [{ text: ' ' }];

/** Text over as many lines as it needs, each after the same indent. */
export function paragraph(text: string, width: number, style?: TextStyle, indent = ''): readonly Line[] {
  return wrap(text, Math.max(1, width - indent.length)).map((part) => line(indent + part, style));
}

/** `label   value`, the value wrapped under itself. */
export function pair(
  label: string,
  value: string,
  options: { readonly width: number; readonly labels: number; readonly muted: TextStyle; readonly style?: TextStyle },
): readonly Line[] {
  const room = Math.max(8, options.width - options.labels);
  return wrap(value, room).map((part, row) => [
    { text: fit(row === 0 ? label : '', options.labels), style: options.muted },
    options.style === undefined ? { text: part } : { text: part, style: options.style },
  ]);
}

/** Cut to the width, never through a character. */
export function cutLine(segments: Line, width: number): Line {
  let left = width;
  const cut: Segment[] = [];
  for (const segment of segments) {
    if (left <= 0) break;
    const text = truncate(segment.text, left);
    cut.push({ ...segment, text });
    left -= cells(text);
  }
  return cut;
}

interface LinesProps {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  /** First line shown. */
  readonly from?: number;
  /** Drawn inverse over the whole width. */
  readonly selected?: number | null;
}

/** Exactly `height` lines of exactly `width` cells. */
export function Lines({ lines, width, height, from = 0, selected = null }: LinesProps) {
  const shown = lines.slice(from, from + height);
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {shown.map((segments, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place, whatever it shows.
        <OneLine key={row} segments={segments} width={width} selected={from + row === selected} />
      ))}
    </Box>
  );
}

const OneLine = memo(function OneLine(props: { segments: Line; width: number; selected: boolean }) {
  const theme = useTheme();
  const { segments, width, selected } = props;
  const cut = cutLine(segments, width);
  if (selected) {
    // One style for the whole row: colours of parts are hard to read on the inverse ground.
    const text = fit(cut.map((segment) => segment.text).join(''), width);
    return (
      <Text wrap="truncate" {...theme.style.selected}>
        {text}
      </Text>
    );
  }
  return (
    <Text wrap="truncate">
      {cut.map(({ text, style }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have no other name.
        <Text key={at} {...style}>
          {text}
        </Text>
      ))}
    </Text>
  );
});
