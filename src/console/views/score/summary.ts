/** A Secure Score in a few lines: figures, bar, comparison, and its course. Pure. */
import type { StoredRecord } from '../../../portal/query.ts';
import { sanitise } from '../../../text/sanitise.ts';
import { fit } from '../../../text/width.ts';
import { numberOf, textOf } from '../../lists/read-all.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Line, line } from '../lines.tsx';

interface Day {
  readonly date: string;
  readonly score: number;
  readonly maxScore: number;
}

/** The days of a score, oldest first, as shares of their maximum: the maximum moves too. */
export function daysOf({ history }: StoredRecord): readonly (Day & { readonly share: number })[] {
  if (!Array.isArray(history)) return [];
  return (history as readonly Day[]).map((day) => ({ ...day, share: day.maxScore > 0 ? day.score / day.maxScore : 0 }));
}

export function scoreLines(score: StoredRecord, width: number, theme: Theme): readonly Line[] {
  const { style, glyph } = theme;
  const days = daysOf(score);
  const [first, last] = [days[0], days.at(-1)];
  const name = sanitise(textOf(score.tenantName) || textOf(score.companyName) || 'Tenant');
  const company = sanitise(textOf(score.companyName));
  const average = score.averageComparativeScore;
  const lines: Line[] = [
    [
      { text: name, style: style.strong },
      ...(company === '' || company === name ? [] : [{ text: `  ${company}`, style: style.muted }]),
    ],
    scoreBar(score, Math.min(width, 76), theme),
  ];
  if (typeof average === 'number') {
    const max = numberOf(score.maxScore);
    const own = numberOf(score.currentScore);
    const share = max > 0 ? ` (${Math.round((100 * average) / max)} %)` : '';
    lines.push([
      { text: fit('All tenants', 14), style: style.muted },
      { text: `${points(average)} on average${share}: ${own >= average ? 'this one is above' : 'this one is below'}` },
    ]);
  }
  if (first !== undefined && last !== undefined && days.length > 1) {
    const bars = sparkline(
      days.map(({ share }) => share),
      Math.min(90, width - 14),
      theme,
    );
    const change = (last.share - first.share) * 100;
    const sign = change > 0 ? '+' : '';
    lines.push(
      [
        { text: fit(`${days.length} days`, 14), style: style.muted },
        { text: bars, style: style.active },
      ],
      [
        { text: fit('', 14) },
        { text: `${first.date} to ${last.date}: `, style: style.muted },
        {
          text: `${change < 0 ? glyph.down : glyph.up} ${sign}${change.toFixed(1)} points of percent`,
          style: change < 0 ? style.warning : style.success,
        },
      ],
    );
  } else lines.push(line('Its history begins with the next syncs.', style.muted));
  return lines;
}

/** `Secure Score  ████████░░░░  72.4 of 120  60.3 %`. */
export function scoreBar(score: StoredRecord, width: number, { glyph, style }: Theme): Line {
  const [own, max] = [numberOf(score.currentScore), numberOf(score.maxScore)];
  const share = max > 0 ? Math.min(1, own / max) : 0;
  const figures = `  ${points(own)} of ${points(max)}  ${(share * 100).toFixed(1)} %`;
  const room = Math.max(5, Math.min(40, width - 14 - figures.length));
  const full = Math.round(share * room);
  return [
    { text: fit('Secure Score', 14), style: style.muted },
    { text: glyph.barFull.repeat(full), style: style.accent },
    { text: glyph.barEmpty.repeat(room - full), style: style.muted },
    { text: figures, style: style.strong },
  ];
}

const points = (value: number) => String(Math.round(value * 100) / 100);
