import { type Key, useInput } from 'ink';
import { type KeyEvent, keyId } from './key.ts';

export interface UseKeysOptions {
  /** False: this handler hears nothing. Default true. */
  readonly active?: boolean;
}

/**
 * Hears keys, one at a time, with their modifiers compared: Alt-x is `alt+x` and never `x`.
 * Pasted text does not come here (see `usePaste`).
 */
export function useKeys(handler: (key: KeyEvent) => void, { active = true }: UseKeysOptions = {}): void {
  useInput(
    (input, key) => {
      const event = toKeyEvent(input, key);
      if (event !== null) handler(event);
    },
    { isActive: active },
  );
}

const special: readonly (readonly [keyof Key, string])[] = [
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
];

/** Ink's input and flags as one key event; null for what stands for no key (a terminal's reply, an unknown sequence). */
export function toKeyEvent(input: string, key: Key): KeyEvent | null {
  const named = special.find(([flag]) => key[flag] === true)?.[1];
  if (named !== undefined) {
    // Ink reads a bare escape byte as "escape with meta" in some paths; there is no such key.
    const alt = key.meta && named !== 'escape';
    return event({ name: named, ctrl: key.ctrl, alt, shift: key.shift, text: '' });
  }
  if (input === '') return null;
  const name = input === ' ' ? 'space' : input === '\n' ? 'enter' : input;
  const plain = !key.ctrl && !key.meta && input !== '\n';
  return event({ name, ctrl: key.ctrl, alt: key.meta, shift: false, text: plain ? input : '' });
}

function event(parts: Omit<KeyEvent, 'id'>): KeyEvent {
  return { id: keyId(parts), ...parts };
}
