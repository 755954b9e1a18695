/** Text by display cells, never by characters: a CJK character takes two cells, a combining mark none. */
import stringWidth from 'string-width';

/** Made when first needed: it takes as long as a tenth of a start, and most text is plain ASCII. */
let segmenter: Intl.Segmenter | null = null;
const printableAscii = /^[ -~]*$/;

/** Cells the text takes on one line. */
export function width(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(text);
}

/** What a person takes for one character, in order. */
export function graphemes(text: string): string[] {
  if (printableAscii.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

export interface TruncateOptions {
  /** Where text is left out. Identifiers and addresses differ at their ends: `middle`. Default `end`. */
  readonly at?: 'end' | 'middle';
  /** Stands for what was left out. Default `…`. */
  readonly ellipsis?: string;
}

/** At most `cells` wide, never through a character. */
export function truncate(text: string, cells: number, { at = 'end', ellipsis = '…' }: TruncateOptions = {}): string {
  if (width(text) <= cells) return text;
  const room = cells - width(ellipsis);
  if (room < 0) return '';
  const parts = graphemes(text);
  const tailCells = at === 'middle' ? Math.floor(room / 2) : 0;
  const tail = take(parts.toReversed(), tailCells).toReversed().join('');
  // What the tail could not use (half of a wide character) is the head's.
  return take(parts, room - width(tail)).join('') + ellipsis + tail;
}

function take(parts: readonly string[], cells: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += width(part);
    if (used > cells) break;
    taken.push(part);
  }
  return taken;
}

export interface FitOptions extends TruncateOptions {
  readonly align?: 'left' | 'right';
}

/** Exactly `cells` wide: cut or padded with spaces. */
export function fit(text: string, cells: number, { align = 'left', ...rest }: FitOptions = {}): string {
  const cut = truncate(text, cells, rest);
  const gap = ' '.repeat(Math.max(0, cells - width(cut)));
  return align === 'left' ? cut + gap : gap + cut;
}

/** Lines of at most `cells`, broken at spaces where there are any; line breaks in the text are kept. */
export function wrap(text: string, cells: number): string[] {
  const limit = Math.max(1, cells);
  return text.split('\n').flatMap((line) => wrapLine(line, limit));
}

function wrapLine(line: string, cells: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.trimEnd().split(/(?<= )(?=[^ ])/)) {
    if (width(current) + width(word.trimEnd()) <= cells) {
      current += word;
      continue;
    }
    if (current.trim() !== '') lines.push(current.trimEnd());
    current = word;
    while (width(current.trimEnd()) > cells) {
      const head = take(graphemes(current), cells).join('') || graphemes(current)[0]!;
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  return [...lines, current.trimEnd()];
}
