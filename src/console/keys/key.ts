/**
 * Keys by name. `ctrl+r`, `alt+x`, `shift+tab`, `G`, `?`, `space`, `enter`, `escape`, `pagedown`: one notation for
 * the command table, the hint bar, the help and the tests. A capital letter is its own key, without `shift+`.
 */

export interface KeyEvent {
  /** The canonical name with its modifiers; what a command's `keys` are compared with. */
  readonly id: string;
  /** The key alone: `r`, `G`, `enter`, `up`. */
  readonly name: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** What it types; empty for anything that is not plain text. */
  readonly text: string;
}

export type KeyPress = Pick<KeyEvent, 'name' | 'ctrl' | 'alt' | 'shift'>;

/** Keys that have a name rather than a character. */
export const namedKeys = [
  'enter',
  'escape',
  'tab',
  'space',
  'backspace',
  'delete',
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pageup',
  'pagedown',
] as const;

const aliases: Readonly<Record<string, string>> = {
  esc: 'escape',
  return: 'enter',
  del: 'delete',
  pgup: 'pageup',
  pgdn: 'pagedown',
  ' ': 'space',
};

const modifiers = /^(ctrl|alt|shift)[+-](?=.)/i;

/**
 * Reads a key's name. `ctrl-r` and `ctrl+r`, `esc` and `escape` are the same.
 * @throws {RangeError} when it names no key a terminal can send.
 */
export function parseKey(notation: string): KeyPress {
  const held = new Set<string>();
  let rest = notation;
  for (let match = modifiers.exec(rest); match !== null; match = modifiers.exec(rest)) {
    held.add(match[1]!.toLowerCase());
    rest = rest.slice(match[0].length);
  }
  const lower = rest.toLowerCase();
  const named = aliases[lower] ?? ((namedKeys as readonly string[]).includes(lower) ? lower : undefined);
  if (named === undefined && [...rest].length !== 1) {
    throw new RangeError(`"${notation}" names no key. Examples: g, G, ctrl+r, shift+tab, enter, escape, pagedown.`);
  }
  // A terminal sends the same byte for Ctrl-R and Ctrl-Shift-R.
  const name = named ?? (held.has('ctrl') ? lower : rest);
  return { name, ctrl: held.has('ctrl'), alt: held.has('alt'), shift: held.has('shift') };
}

/** The canonical name of a key press. */
export function keyId({ name, ctrl, alt, shift }: KeyPress): string {
  return `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`;
}

const labels: Readonly<Record<string, string>> = {
  enter: 'Enter',
  escape: 'Esc',
  tab: 'Tab',
  space: 'Space',
  backspace: 'Bksp',
  delete: 'Del',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};
const asciiLabels: Readonly<Record<string, string>> = { up: 'Up', down: 'Down', left: 'Left', right: 'Right' };

/** How a key is written for people: `Ctrl-R`, `Shift-Tab`, `G`, `↑` (or `Up` without Unicode). */
export function keyLabel(notation: string, unicode = true): string {
  const { name, ctrl, alt, shift } = parseKey(notation);
  const label = (unicode ? undefined : asciiLabels[name]) ?? labels[name] ?? (ctrl ? name.toUpperCase() : name);
  return `${ctrl ? 'Ctrl-' : ''}${alt ? 'Alt-' : ''}${shift ? 'Shift-' : ''}${label}`;
}
