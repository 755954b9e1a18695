import { Box, Text } from 'ink';
import { useMemo } from 'react';
import type { LogLevel } from '../../../engine/engine.ts';
import { counted } from '../../../text/format.ts';
import { useClock, useKept, useMemory, useNow, useStore, useViewCommands } from '../../app/context.ts';
import { moveCommands } from '../../lists/cursor.ts';
import { FilterLine, useFilter } from '../../lists/filter-line.tsx';
import { useExport } from '../../lists/use-export.ts';
import { useScreen } from '../../terminal/screen-context.ts';
import { useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { Lines } from '../lines.tsx';
import type { ViewProps } from '../view-props.ts';
import { parseLogFilter, timeWindows } from './filter.ts';
import { detailLines, lineText, logLine } from './lines.ts';
import { draw, type LogMark, markFrom, withMarks } from './marks.ts';
import { cursorOf, following, goTo, type LogPlace, levels, move, pause, unseen } from './model.ts';
import { useLog } from './use-log.ts';

/** Cells of one step to the side. */
const step = 10;
const logFields = ['time', 'level', 'integration', 'run', 'type', 'record', 'message'];
const noMarks: readonly LogMark[] = [];

/** The log, newest last. It follows until one moves up, and counts what comes meanwhile. */
export function LogsView({ place, width, height }: ViewProps<'logs'>) {
  const theme = useTheme();
  const store = useStore();
  const screen = useScreen();
  const clock = useClock();
  const exporting = useExport();
  const filter = useFilter();
  const [level, setLevel] = useMemory<LogLevel>('level', 'info');
  const [window, setWindow] = useMemory('window', 0);
  const [sideways, setSideways] = useMemory('sideways', 0);
  const [at, setAt] = useMemory<LogPlace>('at', following);
  const [kept, keepMarks] = useKept<readonly LogMark[]>('logs.marks');
  const marks = kept ?? noMarks;
  const { label: windowLabel, ms: windowMs } = timeWindows[window] ?? timeWindows[0]!;
  const now = Math.floor(useNow() / 60_000) * 60_000;

  const asked = useMemo(() => parseLogFilter(filter.text, now, windowMs), [filter.text, now, windowMs]);
  // What is being typed is looked for in what is here; what is asked for may be older than that.
  const wanted = filter.editing ? parseLogFilter('', now, windowMs) : asked;
  const { integration, run } = place;
  const entries = useLog({ level, ...(integration && { integration }), ...(run && { run }), ...wanted.query });
  // Ten thousand lines are looked through only when something changed, and not at every key.
  const shown = useMemo(() => withMarks(entries.filter(asked.fits), marks), [entries, asked, marks]);

  const cursor = cursorOf(at, shown);
  const selected = shown[cursor];
  const follows = at.at === null;
  const inner = width - 2;
  const detail = selected === undefined || follows ? [] : detailLines(selected, inner, theme);
  const filterHeight = filter.shown ? 1 : 0;
  const detailHeight = Math.min(detail.length, Math.max(0, Math.floor(height / 3)));
  const rows = height - 1 - filterHeight - detailHeight;

  const by = (distance: number) => () => setAt(move(at, shown, distance));
  const toMark = (direction: 1 | -1) => () => {
    const found = markFrom(shown, follows ? shown.length : cursor, direction);
    if (found !== null) setAt(goTo(at, shown, found));
    else store.say(marks.length === 0 ? 'Nothing is marked yet: m draws a mark.' : 'There is no mark further on.');
  };
  const toggleMark = () => {
    if (!follows && selected?.level === 'mark') {
      keepMarks(marks.filter((mark) => mark !== selected));
      return;
    }
    const below = follows || selected === undefined || selected.level === 'mark' ? null : selected;
    const drawn = draw(marks, below, entries.at(-1)?.time ?? '', clock.now());
    keepMarks(drawn);
    // It is seen where it was drawn, and taken away by the same key.
    if (!follows) setAt({ ...at, at: drawn.at(-1) ?? null });
  };
  useViewCommands({
    ...moveCommands(() => {}),
    'list.down': by(1),
    'list.up': by(-1),
    'list.page-down': by(rows),
    'list.page-up': by(-rows),
    'list.first': by(-shown.length),
    'list.last': () => setAt(following),
    ...filter.commands,
    'logs.right': () => setSideways(sideways + step),
    'logs.left': () => setSideways(Math.max(0, sideways - step)),
    'list.copy': () => exporting.toClipboard(selected === undefined ? [] : [{ ...selected }]),
    'list.export': () =>
      exporting.toFile({ what: 'log', fields: logFields, rows: () => shown.values().map((line) => ({ ...line })) }),
    'logs.follow': () => setAt(follows ? pause(shown) : following),
    'logs.level': () => setLevel(levels[(levels.indexOf(level) + 1) % levels.length] ?? 'info'),
    'logs.window': (key) => setWindow(key === '' ? (window + 1) % timeWindows.length : Number(key)),
    'logs.mark': toggleMark,
    'logs.mark-before': toMark(-1),
    'logs.mark-after': toMark(1),
    'logs.pager': () => void screen.page(shown.values().map(lineText)).catch((error: unknown) => store.failed(error)),
  });

  const news = follows ? 0 : unseen(at, shown);
  const state = [
    `${level} and above`,
    windowMs === null ? '' : windowLabel,
    follows ? 'following' : `paused${news > 0 ? `, +${counted(news, 'new line')}` : ''}`,
    marks.length === 0 ? '' : counted(marks.length, 'mark'),
    sideways > 0 ? `from column ${sideways + 1}` : '',
  ];
  const from = useScroll(cursor, rows, shown.length);
  const lines = shown.slice(from, from + rows).map((entry) => logLine(entry, sideways, inner, theme));
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Text wrap="truncate" {...theme.style.muted}>
        {state.filter(Boolean).join(`  ${theme.glyph.pending}  `)}
      </Text>
      {filter.shown && (
        <FilterLine filter={filter} width={inner} note="word  record:48213  run:ID  since:2h  level:warn" />
      )}
      <Lines
        lines={lines.length === 0 ? [[{ text: 'Nothing logged here yet.', style: theme.style.muted }]] : lines}
        width={inner}
        height={rows}
        selected={follows ? null : cursor - from}
      />
      <Lines lines={detail} width={inner} height={detailHeight} />
    </Box>
  );
}
