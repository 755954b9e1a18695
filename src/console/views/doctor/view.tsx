import { Box } from 'ink';
import { useState } from 'react';
import { useEngine, useMemory, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { useTheme } from '../../widgets/theme.ts';
import { Lines, line } from '../lines.tsx';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { findingLines } from './lines.ts';

/** The whole installation, looked at: what is wrong first, each with its cause, what mends it, and the command. */
export function DoctorView({ width, height }: ViewProps<'doctor'>) {
  const theme = useTheme();
  const engine = useEngine();
  const [from, setFrom] = useMemory('from', 0);
  const [looks, setLooks] = useState(0);
  const found = useLoaded(() => engine.doctor(), String(looks));
  const inner = width - 2;
  const lines = found === null ? [line('Looking.', theme.style.muted)] : findingLines(found, inner, theme);
  const hidden = Math.max(0, lines.length - height);
  useViewCommands({
    ...moveCommands((move) => setFrom(moved(Math.min(from, hidden), move, hidden + 1, height))),
    'records.refresh': () => setLooks(looks + 1),
  });
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={lines} width={inner} height={height} from={Math.min(from, hidden)} />
    </Box>
  );
}
