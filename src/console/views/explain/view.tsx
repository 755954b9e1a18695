import { Box } from 'ink';
import { useEngine, useMemory, useNames, useStore, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { useTheme } from '../../widgets/theme.ts';
import { go, wayOf } from '../issues/decide.ts';
import { Lines, line } from '../lines.tsx';
import { useLoaded } from '../use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { storyLines } from './lines.ts';

/** Why a record is as it is, or is not here. */
export function ExplainView({ place, width, height }: ViewProps<'explain'>) {
  const theme = useTheme();
  const nameOf = useNames();
  const engine = useEngine();
  const store = useStore();
  const [from, setFrom] = useMemory('from', 0);
  const { type, record, integration } = place;
  const story = useLoaded(
    () => engine.explain({ type, record, ...(integration === undefined ? {} : { integration }) }),
    JSON.stringify([type, record, integration]),
  );
  const issue = useLoaded(
    async () => {
      const about = { type, limit: 1, ...(integration === undefined ? {} : { integration }) };
      const [byId] = await engine.issues({ ...about, externalId: record });
      return byId ?? (await engine.issues({ ...about, label: record }))[0] ?? null;
    },
    JSON.stringify([type, record, integration]),
  );
  const inner = width - 2;
  const lines = story === null ? [line('Looking.', theme.style.muted)] : storyLines(story, inner, theme, nameOf);
  const hidden = Math.max(0, lines.length - height);
  const way = issue === null ? null : wayOf(issue);
  useViewCommands(
    {
      ...moveCommands((move) => setFrom(moved(Math.min(from, hidden), move, hidden + 1, height))),
      ...(way === null ? {} : { 'issues.open': () => go(store, way) }),
    },
    way === null ? {} : { 'issues.open': way.word },
  );
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={lines} width={inner} height={height} from={Math.min(from, hidden)} />
    </Box>
  );
}
