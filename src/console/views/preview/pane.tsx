import { Box } from 'ink';
import { type ReactNode, useState } from 'react';
import type { RunProgress } from '../../../engine/snapshot.ts';
import { labelOf, type RecordType } from '../../../portal/records/names.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { fit } from '../../../text/width.ts';
import type { Area } from '../../app/area.ts';
import { useNow, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { useTheme } from '../../widgets/theme.ts';
import { type Drawing, progress, runLines } from '../integration/overview.ts';
import { blank, type Line, Lines, line, paragraph } from '../lines.tsx';
import { previewLines } from './lines.ts';
import type { PreviewState } from './use-preview.ts';

interface PreviewPaneProps extends Area {
  readonly state: PreviewState;
  /** What is previewed, as a heading. */
  readonly title: string;
  /** What can be done once it was read. */
  readonly then: string;
}

/** How far the reading is; then what would come of it, to scroll through. */
export function PreviewPane({ state, title, then, width, height }: PreviewPaneProps): ReactNode {
  const theme = useTheme();
  const now = useNow();
  const [wanted, setFrom] = useState(0);
  const lines = bodyLines(state, { width, now, theme });
  const can = paragraph(
    { reading: 'Esc stops it.', done: then, failed: 'Esc goes back.' }[state.phase],
    width,
    theme.style.accent,
  );
  const room = Math.max(1, height - can.length - 3);
  const hidden = Math.max(0, lines.length - room);
  const from = Math.min(wanted, hidden);
  const { up, down } = theme.glyph;
  const more = `${from > 0 ? up : ' '}${from < hidden ? down : ' '} ${from + 1}-${Math.min(lines.length, from + room)} of ${lines.length}`;
  const move = moveCommands((step) => setFrom(moved(from, step, hidden + 1, room)));
  useViewCommands({ ...move, 'wizard.down': () => move['list.down']?.(), 'wizard.up': () => move['list.up']?.() });
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      <Lines lines={[line(title, theme.style.strong), blank]} width={width} height={2} />
      <Lines lines={lines} width={width} height={room} from={from} />
      <Lines lines={[hidden === 0 ? blank : line(more, theme.style.muted)]} width={width} height={1} />
      <Lines lines={can} width={width} height={can.length} />
    </Box>
  );
}

function bodyLines(state: PreviewState, drawing: Drawing): readonly Line[] {
  const { width, theme } = drawing;
  if (state.phase === 'done') return previewLines(state.preview, width, theme);
  if (state.phase === 'failed') {
    return [
      ...paragraph(sanitise(state.failure.cause), width, theme.style.danger),
      ...paragraph(sanitise(state.failure.fix), width, theme.style.strong),
    ];
  }
  const head = line('Reading everything into a copy; nothing is written, neither here nor there.', theme.style.muted);
  return [head, blank, ...(state.progress === null ? [] : runningLines(state.progress, drawing))];
}

function runningLines(run: RunProgress, drawing: Drawing): readonly Line[] {
  const types = Object.entries(run.types).map(
    ([type, counted]): Line => [{ text: fit(labelOf(type as RecordType), 18) }, ...progress(counted, drawing)],
  );
  return [...types, ...runLines(run, drawing)];
}
