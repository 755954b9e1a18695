/** How a line of the log is drawn. Pure. */
import type { LogEntry } from '../../../engine/engine.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { graphemes } from '../../../text/width.ts';
import { clock, stamp } from '../../app/wording.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, pair } from '../lines.tsx';
import type { LogMark } from './marks.ts';
import type { LogLine } from './model.ts';

/** @param sideways cells of the message that are left out at its beginning */
export function logLine(entry: LogLine, sideways: number, width: number, theme: Theme): Line {
  if (entry.level === 'mark') return markLine(entry, width, theme);
  const { style } = theme;
  const own = { debug: style.muted, info: style.plain, warn: style.warning, error: style.danger }[entry.level];
  const where = whereOf(entry);
  return [
    { text: `${clock(entry.time, true)} `, style: style.muted },
    { text: `${entry.level.padEnd(5)} `, style: own },
    { text: where === '' ? '' : `${where}  `, style: style.muted },
    {
      text: graphemes(sanitise(entry.message)).slice(sideways).join(''),
      style: entry.level === 'info' ? style.plain : own,
    },
  ];
}

/** A rule over the whole width: it is told from every line of the log without colour too. */
function markLine({ message, drawn }: LogMark, width: number, { style, glyph }: Theme): Line {
  const said = `${glyph.rule.repeat(2)} ${message}, ${clock(drawn, true)} `;
  return [{ text: said.padEnd(width, glyph.rule), style: style.accent }];
}

/** All that a line says beside itself. */
export function detailLines(
  { time, level, message, ...rest }: LogLine,
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

/** For a pager: the whole line, as text. */
export function lineText(line: LogLine): string {
  if (line.level === 'mark') return `---- ${line.message}, ${line.drawn} ----`;
  const { time, level, message } = line;
  return [time, level.padEnd(5), whereOf(line), sanitise(message)].filter((part) => part !== '').join(' ');
}

const whereOf = ({ integration, type }: LogEntry) => sanitise([integration, type].filter(Boolean).join(' '));
