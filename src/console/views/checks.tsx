import type { CheckView } from '../../engine/engine.ts';
import type { Area } from '../app/area.ts';
import { checkLines } from '../widgets/check-list.tsx';
import { type Theme, useTheme } from '../widgets/theme.ts';
import { type Line, Lines, line } from './lines.tsx';

interface ChecksProps extends Area {
  readonly checks: readonly CheckView[];
  /** Lines moved down from where the first failure stands at the top. */
  readonly scroll?: number;
}

/** The checks of a connection test. When they do not fit, what failed is what is seen. */
export function Checks({ checks, width, height, scroll = 0 }: ChecksProps) {
  const theme = useTheme();
  const groups = groupsOf(checks, width, theme);
  const lines = groups.flat();
  const failed = checks.findIndex(({ status }) => status === 'failed');
  const first = failed < 0 ? 0 : groups.slice(0, failed).flat().length;
  const last = Math.max(0, lines.length - height);
  return <Lines lines={lines} width={width} height={height} from={Math.max(0, Math.min(last, first + scroll))} />;
}

/** How many lines they take. */
export function checksHeight(checks: readonly CheckView[], width: number, theme: Theme): number {
  return groupsOf(checks, width, theme).flat().length;
}

function groupsOf(checks: readonly CheckView[], width: number, theme: Theme): readonly (readonly Line[])[] {
  // After a hard failure nothing else was tried: saying so once is enough.
  const stopped = checks.some(({ status, hard }) => status === 'failed' && hard === true);
  return checks.map((check) => {
    const brief = stopped && check.status === 'untested' ? { ...check, cause: null, fix: null } : check;
    return checkLines(brief, width, theme).map(({ text, style }) => line(text, style));
  });
}
