/**
 * Cuts a stream of terminal input into single keys. Over SSH several keys arrive in one read, and one key in two.
 * Ink hands on what came together as one input (`jjj`, `j\r`), which loses keys and swallows Enter.
 */
import { graphemes } from '../../text/width.ts';

const esc = '\u001b';
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

// CSI with parameters and intermediates, the Linux console's doubled bracket, SS3 with an optional modifier; an
// Alt-arrow has one more escape in front.
const sequence = /^\u001b{1,2}(?:\[\[[A-Z]|\[[0-?]*(?:\$|[ -/]*[@-~])|O[0-9;]*[@-~])/;
const unfinishedSequence = /^\u001b{1,2}(?:\[\[?|\[[0-?]*[ -/]*|O[0-9;]*)?$/;

export interface SplitResult {
  /** One key each: a grapheme, a control character, an escape sequence, Alt with a key, or a whole bracketed paste. */
  readonly keys: readonly string[];
  /** The beginning of something that has not arrived in full. */
  readonly rest: string;
}

export function splitKeys(input: string): SplitResult {
  const keys: string[] = [];
  let index = 0;
  while (index < input.length) {
    if (input[index] === esc) {
      const key = escapeKey(input.slice(index));
      if (key === null) return { keys, rest: input.slice(index) };
      keys.push(key);
      index += key.length;
    } else if (isControl(input[index]!)) {
      keys.push(input[index]!);
      index += 1;
    } else {
      const end = endOfText(input, index);
      keys.push(...graphemes(input.slice(index, end)));
      index = end;
    }
  }
  return { keys, rest: '' };
}

/** The key that begins with the escape at the start of `input`; null when more has to come. */
function escapeKey(input: string): string | null {
  if (input.startsWith(pasteStart)) {
    const end = input.indexOf(pasteEnd, pasteStart.length);
    return end === -1 ? null : input.slice(0, end + pasteEnd.length);
  }
  const match = sequence.exec(input);
  if (match !== null) return match[0];
  if (unfinishedSequence.test(input)) return null;
  // Alt with one key. Two escapes that begin no sequence are Esc pressed twice.
  if (input[1] === esc) return esc;
  return esc + (isControl(input[1]!) ? input[1]! : graphemes(input.slice(1, endOfText(input, 1)))[0]!);
}

function endOfText(input: string, start: number): number {
  let end = start;
  while (end < input.length && !isControl(input[end]!)) end += 1;
  return end;
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f;
}

export function isPasteBegun(rest: string): boolean {
  return rest.startsWith(pasteStart);
}

/**
 * What an unfinished beginning stands for when nothing follows. A lone escape is the Esc key, Esc and a bracket are
 * Alt with that key; a paste that was never closed is a paste all the same; half a sequence is nothing.
 */
export function finishKeys(rest: string): readonly string[] {
  if (rest === esc) return [esc];
  if (rest === `${esc}${esc}`) return [esc, esc];
  if (rest === `${esc}[` || rest === `${esc}O`) return [rest];
  return isPasteBegun(rest) ? [rest + pasteEnd] : [];
}

/**
 * The same key in a form that Ink's parser does not hold back to see what follows: as it stands, Esc and a `j`
 * soon after it would become Alt-j there.
 */
export function forInk(key: string): string {
  if (key === esc) return `${esc}[27u`;
  if (key === `${esc}[`) return `${esc}[91;3u`;
  if (key === `${esc}O`) return `${esc}[79;3u`;
  return key;
}
