import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import type { LogEntry, LogFilter, LogLevel } from '../../../engine/engine.ts';
import { counted } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { graphemes } from '../../../text/width.ts';
import { useEngine, useMemory, useNow, useSnapshot, useStore, useViewCommands } from '../../app/context.ts';
import { clock, stamp } from '../../app/wording.ts';
import { type Theme, useTheme } from '../../widgets/theme.ts';
import { useScroll } from '../../widgets/use-scroll.ts';
import { moveCommands } from '../cursor.ts';
import { FilterLine, useFilter } from '../filter-line.tsx';
import { type Line, Lines, pair } from '../lines.tsx';
import { useExport } from '../use-export.ts';
import type { ViewProps } from '../view-props.ts';
import { parseLogFilter } from './filter.ts';
import { emptyLog, follow, levels, move, receive } from './model.ts';

/** What is held of the log; older lines are for `msportal logs`. */
const most = 10_000;
/** Cells of one step to the side. */
const step = 10;
const logFields = ['time', 'level', 'integration', 'run', 'type', 'record', 'message'];

/** The log, newest last. It follows until one moves up, and counts what comes meanwhile. */
export function LogsView({ place, width, height }: ViewProps<'logs'>) {
  const theme = useTheme();
  const engine = useEngine();
  const store = useStore();
  const [level, setLevel] = useMemory<LogLevel>('level', 'info');
  const [log, setLog] = useState(emptyLog);
  const [sideways, setSideways] = useMemory('sideways', 0);
  const exporting = useExport();
  const filter = useFilter();
  // Every change of the engine may have written lines; the snapshot's own pace keeps this calm.
  const revision = useSnapshot((snapshot) => snapshot?.revision ?? 0);
  const { integration, run } = place;
  const asked = parseLogFilter(filter.text, useNow());
  // What is being typed is looked for in what is here; what is asked for may be older than that.
  const query = JSON.stringify(filter.editing ? {} : asked.query);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says when to look again.
  useEffect(() => {
    let current = true;
    const wanted = {
      level,
      limit: most,
      ...(integration === undefined ? {} : { integration }),
      ...(run === undefined ? {} : { run }),
      ...(JSON.parse(query) as LogFilter),
    };
    engine.logs(wanted).then(
      (entries) => current && setLog((before) => receive(before, entries)),
      (error: unknown) => current && store.failed(error),
    );
    return () => {
      current = false;
    };
  }, [engine, store, integration, run, level, query, revision]);

  const shown = log.entries.filter(asked.fits);
  const cursor = Math.min(log.cursor, Math.max(0, shown.length - 1));
  const selected = shown[cursor];
  const inner = width - 2;
  const detail = selected === undefined || log.following ? [] : detailLines(selected, inner, theme);
  const filterHeight = filter.shown ? 1 : 0;
  const detailHeight = Math.min(detail.length, Math.max(0, Math.floor(height / 3)));
  const rows = height - 1 - filterHeight - detailHeight;

  const by = (distance: number) => () => setLog({ ...move({ ...log, cursor }, distance) });
  useViewCommands({
    ...moveCommands(() => {}),
    'list.down': by(1),
    'list.up': by(-1),
    'list.page-down': by(rows),
    'list.page-up': by(-rows),
    'list.first': by(-shown.length),
    'list.last': () => setLog(follow(log)),
    ...filter.commands,
    'logs.right': () => setSideways(sideways + step),
    'logs.left': () => setSideways(Math.max(0, sideways - step)),
    'list.copy': () => exporting.toClipboard(selected === undefined ? [] : [selected]),
    'list.export': () => exporting.toFile({ what: 'log', fields: logFields, rows: () => shown }),
    'logs.follow': () => setLog(log.following ? { ...log, following: false } : follow(log)),
    'logs.level': () => {
      setLevel(levels[(levels.indexOf(level) + 1) % levels.length] ?? 'info');
      setLog(emptyLog);
    },
  });

  const shifted = sideways > 0 ? `  ${theme.glyph.pending}  from column ${sideways + 1}` : '';
  const state = log.following
    ? 'following'
    : `paused${log.unseen > 0 ? `, +${counted(log.unseen, 'new line')}` : ''}  ${theme.glyph.pending}  f follows again`;
  const from = useScroll(log.following ? Math.max(0, shown.length - 1) : cursor, rows, shown.length);
  const lines = shown.slice(from, from + rows).map((entry) => entryLine(entry, sideways, theme));
  return (
    <Box flexDirection="column" width={width} height={height} paddingX={1} overflow="hidden">
      <Text wrap="truncate" {...theme.style.muted}>
        {level} and above {theme.glyph.pending} {state}
        {shifted}
      </Text>
      {filter.shown && (
        <FilterLine filter={filter} width={inner} note="word  record:48213  run:ID  since:2h  level:warn" />
      )}
      <Lines
        lines={lines.length === 0 ? [[{ text: 'Nothing logged here yet.', style: theme.style.muted }]] : lines}
        width={inner}
        height={rows}
        selected={log.following ? null : cursor - from}
      />
      <Lines lines={detail} width={inner} height={detailHeight} />
    </Box>
  );
}

/** @param sideways cells of the message that are left out at its beginning */
function entryLine(entry: LogEntry, sideways: number, { style }: Theme): Line {
  const own = { debug: style.muted, info: style.plain, warn: style.warning, error: style.danger }[entry.level];
  const where = [entry.integration, entry.type].filter(Boolean).join(' ');
  return [
    { text: `${clock(entry.time, true)} `, style: style.muted },
    { text: `${entry.level.padEnd(5)} `, style: own },
    { text: where === '' ? '' : `${sanitise(where)}  `, style: style.muted },
    {
      text: graphemes(sanitise(entry.message)).slice(sideways).join(''),
      style: entry.level === 'info' ? style.plain : own,
    },
  ];
}

function detailLines(
  { time, level, message, ...rest }: LogEntry,
  width: number,
  { style, glyph }: Theme,
): readonly Line[] {
  const at = { width, labels: 14, muted: style.muted };
  return [
    [{ text: glyph.rule.repeat(width), style: style.muted }],
    ...pair(stamp(time), sanitise(message), { ...at, labels: 18, style: style.strong }),
    ...Object.entries(rest).flatMap(([key, value]) =>
      value === undefined || value === null
        ? []
        : pair(sanitise(key), sanitise(typeof value === 'string' ? value : JSON.stringify(value)), at),
    ),
  ];
}
