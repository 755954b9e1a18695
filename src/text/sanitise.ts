/**
 * Remote text is hostile. What a vendor, or whoever writes into a vendor's system, sends may hold escape
 * sequences that colour, move, clear, link, or turn the reading direction. This is the one place where such text
 * is made harmless before it reaches a terminal.
 */

export interface SanitiseOptions {
  /** Line breaks stay line breaks. Otherwise each becomes a visible mark, for one record is one line. */
  readonly multiline?: boolean;
}

/** Stands for a line break in one-line contexts. */
export const lineBreakMark = '↵';

const lineBreaks = /\r\n|[\n\r\u0085\u2028\u2029]/g;

// Characters that show nothing, or change how others are shown: soft hyphen, combining grapheme joiner, Arabic
// letter mark, Hangul and Khmer fillers, Mongolian selectors, zero width characters and directional marks,
// embeddings, overrides and isolates, invisible operators, byte order mark, interlinear annotation, shorthand
// and musical format controls, tag characters and the supplementary variation selectors. U+200D and U+FE0F
// (emoji) are not spared: terminals disagree on the width of what they build, and names are no place for them.
const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{13430}-\u{1345f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/**
 * Text that a terminal shows and does not obey. Control characters become visible carets (`^[`), tabs a space,
 * what is invisible is dropped, lone surrogates become U+FFFD.
 */
export function sanitise(text: string, { multiline = false }: SanitiseOptions = {}): string {
  return text
    .toWellFormed()
    .replace(lineBreaks, multiline ? '\n' : lineBreakMark)
    .replace(controls, (character) => (character === '\t' ? ' ' : caret(character)))
    .replace(invisible, '');
}

/** Caret notation: `^[` for escape, `^?` for delete, `M-^[` for the eight-bit forms. */
function caret(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return '^?';
  return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : `M-^${String.fromCharCode(code - 0x40)}`;
}
