/** What the config file and the command line say about the console itself. Plain data; `src/cli` reads it. */
import type { KeyMap } from '../commands/command.ts';

export interface ConsoleSettings {
  /** `auto`: as the terminal's locale says. */
  readonly ascii: boolean | 'auto';
  /** `auto`: what the environment tells of the terminal. */
  readonly colours: 'auto' | 'none' | '16';
  /** Lines one below the other, for a screen reader, in place of a screen. */
  readonly linear: boolean;
  /** Nothing may be changed from this console. */
  readonly readOnly: boolean;
  /** By command id. */
  readonly keys: KeyMap;
  /** Facts for the settings screen: what, and where. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

export const defaultSettings: ConsoleSettings = {
  ascii: 'auto',
  colours: 'auto',
  linear: false,
  readOnly: false,
  keys: {},
  facts: [],
};
