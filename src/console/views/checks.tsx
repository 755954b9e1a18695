import type { CheckView } from '../../engine/engine.ts';
import type { Area } from '../app/area.ts';
import { checkLines } from '../widgets/check-lines.ts';
import { type Theme, useTheme } from '../widgets/theme.ts';
import { type Line, Lines, line } from './lines.tsx';

interface ChecksProps extends Area {
  readonly checks: readonly CheckView[];
  /** Lines moved down from where the first failure stands at the top. */
  readonly scroll?: number;
}

/** The checks of a connection test. When they do not fit, what failed is what is seen, and the last line tells where one is. */
export function Checks({ checks, width, height, scroll = 0 }: ChecksProps) {
  const theme = useTheme();
  const groups = groupsOf(checks, width, theme);
  const lines = groups.flat();
  const failed = checks.findIndex(({ status }) => status === 'failed');
  const first = failed < 0 ? 0 : groups.slice(0, failed).flat().length;
  const visible = roomFor(lines.length, height);
  const last = lines.length - visible;
  const from = Math.max(0, Math.min(last, first + scroll));
  const up = from > 0 ? theme.glyph.up : ' ';
  const down = from < last ? theme.glyph.down : ' ';
  const where = line(`${up}${down} ${from + 1}-${from + visible} of ${lines.length}`, theme.style.muted);
  const shown = lines.slice(from, from + visible);
  return <Lines lines={last > 0 ? [...shown, where] : shown} width={width} height={height} />;
}

/** Lines of `total` that are seen at once: all, or one less than there is room for. */
const roomFor = (total: number, height: number) => (total <= height ? total : Math.max(1, height - 1));

/** How far they can be scrolled. */
export function hiddenChecks(checks: readonly CheckView[], { width, height }: Area, theme: Theme): number {
  const total = groupsOf(checks, width, theme).flat().length;
  return total - roomFor(total, height);
}

function groupsOf(checks: readonly CheckView[], width: number, theme: Theme): readonly (readonly Line[])[] {
  // After a hard failure nothing else was tried: saying so once is enough.
  const stopped = checks.some(({ status, hard }) => status === 'failed' && hard === true);
  return checks.map((check) => {
    const brief = stopped && check.status === 'untested' ? { ...check, cause: null, fix: null } : check;
    return checkLines(brief, width, theme).map(({ text, style }) => line(text, style));
  });
}
