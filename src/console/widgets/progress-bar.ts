import { width as cellsOf, fit } from '../../text/width.ts';
import type { Glyphs } from './theme.ts';

export interface Progress {
  readonly done: number;
  /** Null: the vendor does not say. */
  readonly total: number | null;
  /** Records per second. */
  readonly rate?: number | null;
  readonly remainingMs?: number | null;
}

const number = new Intl.NumberFormat('en');
const widestBar = 30;

/** A bar with its figures: `██████░░░░  62 %  1,240 of 2,000  310/s  3 s left`. Exactly `width` cells; the bar gives way before the figures do. */
export function progressText(progress: Progress, width: number, glyph: Glyphs): string {
  const { done, total, rate, remainingMs } = progress;
  const known = total !== null && total > 0;
  // A vendor's total can be behind what it sends.
  const share = known ? Math.min(1, Math.max(0, done / total)) : 0;
  const figures = [
    known ? `${String(Math.floor(share * 100)).padStart(3)} %` : '',
    total === null ? number.format(done) : `${number.format(done)} of ${number.format(total)}`,
    rate == null ? '' : `${number.format(Math.round(rate))}/s`,
    remainingMs == null ? '' : `${duration(remainingMs)} left`,
  ].filter((part) => part !== '');
  const text = figures.join('  ');
  const room = Math.min(widestBar, width - cellsOf(text) - 2);
  if (!known || room < 5) return fit(text.trimStart(), width, { ellipsis: glyph.ellipsis });
  const full = Math.floor(share * room);
  return fit(`${glyph.barFull.repeat(full)}${glyph.barEmpty.repeat(room - full)}  ${text}`, width);
}

/** A length of time in one or two units: `3 s`, `2 min 10 s`, `1 h 4 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes > 0) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${rest} s`;
}
