import { Box } from 'ink';
import { useEffect } from 'react';
import type { IntegrationView } from '../../../engine/snapshot.ts';
import { counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { Area } from '../../app/area.ts';
import { useClock, useKept, useMemory, useNow, useViewCommands } from '../../app/context.ts';
import { moveCommands, moved } from '../../lists/cursor.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { Checks, hiddenChecks } from '../checks.tsx';
import { type Line, Lines, line, paragraph } from '../lines.tsx';
import { statusOf } from '../status.ts';
import { type ConnectionTest, useConnectionTest } from '../use-connection-test.ts';

interface LastTest {
  readonly checks: ConnectionTest['checks'];
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The checks of the connection test: those of the last one in this console, and a new one on demand. */
export function ChecksTab({ view, width, height }: Area & { readonly view: IntegrationView }) {
  const theme = useTheme();
  const clock = useClock();
  const now = useNow();
  const { test, run } = useConnectionTest();
  const [last, keepLast] = useKept<LastTest>(`checks ${view.id}`);
  const [scroll, setScroll] = useMemory('scroll', 0);
  const [asked, setAsked] = useMemory(startKey, false);
  useEffect(() => {
    if (!asked) return;
    setAsked(false);
    run({ id: view.id });
  });
  useEffect(() => {
    if (test.phase === 'done') keepLast({ checks: test.checks, at: clock.now() });
  }, [test, clock, keepLast]);

  const inner = width - 2;
  const checks = test.phase === 'none' ? (last?.checks ?? []) : test.checks;
  const running = test.phase === 'running';
  const head = [
    ...(checks.length === 0 && !running
      ? unknown(view, inner, now, theme)
      : verdict(checks, running, last, now, theme)),
    line(' '),
  ];
  const room = Math.max(1, height - head.length);
  const hidden = hiddenChecks(checks, { width: inner, height: room }, theme);
  useViewCommands({
    ...moveCommands((move) => setScroll(moved(scroll + hidden, move, 2 * hidden + 1, room) - hidden)),
    'integration.test': () => run({ id: view.id }),
  });
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Lines lines={head} width={inner} height={head.length} />
      <Checks checks={checks} width={inner} height={room} scroll={scroll} />
    </Box>
  );
}

/** In the memory of the place: begin with a test. */
export const startKey = 'start';

/** Nothing was tested in this console yet: what the last sync said. */
function unknown(view: IntegrationView, width: number, now: number, theme: Theme): readonly Line[] {
  const { word, glyph, style } = statusOf(view, theme);
  const when = view.lastSync === null ? 'never synced' : `last synced ${relativeTime(view.lastSync, now)}`;
  return [
    [{ text: `${glyph} ${word}`, style }, { text: `, ${when}.` }],
    ...(view.error === null ? [] : paragraph(sanitise(`${view.error.cause} ${view.error.fix}`), width)),
    line('t tests the connection step by step; nothing is changed by that.', theme.style.muted),
  ];
}

function verdict(
  checks: ConnectionTest['checks'],
  running: boolean,
  last: LastTest | null,
  now: number,
  { style }: Theme,
): readonly Line[] {
  if (running) return [line('Testing.', style.active)];
  const failed = checks.filter(({ status }) => status === 'failed').length;
  const when = last === null ? '' : ` Tested ${relativeTime(last.at, now)}; t tests again.`;
  return [
    [
      failed === 0
        ? { text: 'No check failed.', style: style.success }
        : { text: `${counted(failed, 'check')} failed.`, style: style.danger },
      { text: when, style: style.muted },
    ],
  ];
}
