/** What a text field does with text, without a screen. */
import { graphemes } from '../../text/width.ts';

const lineBreaks = /\r\n|[\r\n\u0085\u2028\u2029]/g;
const untypable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export interface CleanPaste {
  readonly text: string;
  /** What was taken out; empty when nothing was. */
  readonly notice: string;
}

/**
 * A paste fit for one line: without line breaks, control and invisible characters, and blanks around it. Where the field is
 * a list, line breaks become its separator.
 */
export function cleanPaste(pasted: string, separator?: string): CleanPaste {
  const trimmed = pasted.trim();
  const breaks = separator === undefined ? (pasted.match(lineBreaks)?.length ?? 0) : 0;
  const oneLine = trimmed.replace(lineBreaks, separator ?? '');
  const hidden = oneLine.match(untypable)?.length ?? 0;
  const removed = [count(breaks, 'line break'), count(hidden, 'invisible character')].filter((part) => part !== '');
  return {
    text: dropUntypable(oneLine),
    notice: removed.length > 0 ? `removed ${removed.join(' and ')}` : '',
  };
}

function count(number: number, what: string): string {
  if (number === 0) return '';
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** Without anything that shows nothing: controls, invisible format characters, halves of characters. */
export function dropUntypable(text: string): string {
  return text.replace(untypable, '');
}

/**
 * A secret after it was entered: enough to know it again, not enough to use it. The last four characters are shown
 * only where at least three times as many stay hidden.
 */
export function secretSummary(value: string, glyph: { readonly mask: string }): string {
  const parts = graphemes(value);
  const length = `${parts.length} character${parts.length === 1 ? '' : 's'}`;
  if (parts.length < 16) return `${glyph.mask.repeat(8)} (${length})`;
  return `${glyph.mask.repeat(8)}${parts.slice(-4).join('')} (${length})`;
}
