import { Box } from 'ink';
import type { Story, Topic } from '../../../engine/explain/story.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { useEngine, useMemory, useViewCommands } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { moveCommands, moved } from '../cursor.ts';
import { blank, type Line, Lines, line, pair, paragraph } from '../lines.tsx';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';

/** Why a record is as it is, or is not here. */
export function ExplainView({ place, width, height }: ViewProps<'explain'>) {
  const theme = useTheme();
  const engine = useEngine();
  const [from, setFrom] = useMemory('from', 0);
  const { type, record, integration } = place;
  const story = useLoaded(
    () => engine.explain({ type, record, ...(integration === undefined ? {} : { integration }) }),
    JSON.stringify([type, record, integration]),
  );
  const inner = width - 2;
  const lines = story === null ? [line('Looking.', theme.style.muted)] : storyLines(story, inner, theme);
  const hidden = Math.max(0, lines.length - height);
  useViewCommands(moveCommands((move) => setFrom(moved(Math.min(from, hidden), move, hidden + 1, height))));
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={lines} width={inner} height={height} from={Math.min(from, hidden)} />
    </Box>
  );
}

const headings: Readonly<Record<Topic, string>> = {
  record: 'Record',
  mapping: 'Mapped',
  link: 'Known as',
  issue: 'Held back',
  change: 'Edited',
  written: 'Written',
  run: 'First seen',
  reading: 'Read',
  log: 'Log',
};

/** The answer, what to do, then everything it rests on. */
export function storyLines({ answer, fix, lines }: Story, width: number, { style }: Theme): readonly Line[] {
  const at = { width, labels: 12, muted: style.muted };
  return [
    ...paragraph(sanitise(answer), width, style.strong),
    ...(fix === null ? [] : paragraph(sanitise(fix), width)),
    blank,
    ...lines.flatMap(({ topic, at: time, integration, text }, index) => {
      const about = [time === null ? null : stamp(time), integration].filter((part) => part !== null).join(' ');
      const heading = lines[index - 1]?.topic === topic ? '' : headings[topic];
      return pair(heading, sanitise(about === '' ? text : `${about}  ${text}`), at);
    }),
  ];
}
