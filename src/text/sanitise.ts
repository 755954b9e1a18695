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

// Characters that show nothing or change how others are shown: zero width characters, marks of direction, embeddings,
// overrides and isolates, fillers, tag characters, variation selectors, interlinear annotation. The joiner and the
// selector that emoji are built with are not spared: terminals disagree on the width of what they build.
const invisible = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

// Marks without end grow over the lines above. No script writes more than a few on one base.
const piledMarks = /(\p{M}{4})\p{M}+/gu;

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
    .replace(invisible, '')
    .replace(piledMarks, '$1');
}

/** Caret notation: `^[` for escape, `^?` for delete, `M-^[` for the eight-bit forms. */
function caret(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return '^?';
  return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : `M-^${String.fromCharCode(code - 0x40)}`;
}
