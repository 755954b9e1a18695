import { Box } from 'ink';
import type { Manifest } from '../../../connector/manifest.ts';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import type { Area } from '../../app/area.ts';
import { useEngine, useMemory, useNow, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { useTheme } from '../../widgets/theme.ts';
import { blank, type Line, Lines, line } from '../lines.tsx';
import { paceLines, stretches } from '../per-minute.ts';
import { runStrip } from '../status.ts';
import { useLoaded } from '../use-loaded.ts';
import { sentence } from '../words.ts';
import { overview } from './overview.ts';

/** A value that was chosen from a list, in the words of the list. */
function withChoices(view: IntegrationView, manifest: Manifest | null): IntegrationView {
  const fields = new Map(manifest?.credentials.map((field) => [field.key, field]));
  const inWords = Object.entries(view.credentials).map(([key, value]) => {
    const choice = fields.get(key)?.choices?.find((each) => each.value === value);
    return [key, choice?.label ?? value] as const;
  });
  return { ...view, credentials: Object.fromEntries(inWords) };
}

export function OverviewTab({ view, width, height }: Area & { readonly view: IntegrationView }) {
  const theme = useTheme();
  const now = useNow();
  const [from, setFrom] = useMemory('from', 0);
  const engine = useEngine();
  const manifest = useLoaded(() => engine.manifest(view.id), view.id);
  const ended = `${view.id} ${view.lastSync} ${view.recentRuns.length} ${view.run?.runId}`;
  const runs = useLoaded(() => engine.runs({ integration: view.id, limit: 60 }), ended);
  const account = Object.fromEntries(manifest?.credentials.map(({ key, label }) => [key, label]) ?? []);
  const inner = width - 2;
  const pace: readonly Line[] =
    runs === null || runs.length === 0
      ? []
      : [
          ...paceLines(stretches(runs, [view], now), now, { width: inner, theme }),
          [{ text: 'Last runs ', style: theme.style.muted }, ...runStrip(view.recentRuns, theme)],
        ];
  const lines = [
    line(sentence(view.summary), theme.style.muted),
    blank,
    ...overview(withChoices(view, manifest), { width: inner, now, theme }, { account, pace }),
  ];
  const hidden = Math.max(0, lines.length - height);
  useViewCommands(moveCommands((move) => setFrom(moved(Math.min(from, hidden), move, hidden + 1, height))));
  return (
    <Box width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={lines} width={inner} height={height} from={Math.min(from, hidden)} />
    </Box>
  );
}
