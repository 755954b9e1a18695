/**
 * What a command is. The table of them (table.ts) drives keys, help, palette, hint bar, command line and
 * the key reference; nothing here may import React or Ink, for the command line reads it too.
 */
import type { Engine } from '../engine/engine.ts';
import type { IntegrationView, Snapshot } from '../engine/snapshot.ts';
import type { VerbName } from './cli.ts';
import type { Place, View } from './place.ts';

/** Where a command applies: in one view or such a tab, in every list (`list`), or everywhere (`global`). */
export type Scope = View | 'mapping' | 'list' | 'global';

/** `confirm`: asks y/n with No in front. `typed`: the operator types the integration's name. */
export type Danger = 'none' | 'confirm' | 'typed';

/** What decides whether a command is available. Plain data, worked out from the snapshot and the place. */
export interface CommandContext {
  readonly place: Place;
  /** Null until there is anything to show. */
  readonly snapshot: Snapshot | null;
  /** Null while the engine is still starting: the first screen is drawn before it. */
  readonly engine: Engine | null;
  /** The integration that is selected in a list, or that the place is about. */
  readonly integration: IntegrationView | null;
  /** Why nothing may be changed here; null: it may. */
  readonly readOnly: string | null;
  /** What `undo` would take back; null: nothing. */
  readonly undo: string | null;
  /** Keys from the config file, by command id; they replace those of the table. */
  readonly keys: KeyMap;
}

export type KeyMap = Readonly<Record<string, readonly string[]>>;

/** What a command may do to the console. The engine is there by then: see `available`. */
export interface ConsoleActions {
  readonly engine: Engine;
  open(place: Place): void;
  /** Like `open`, without a step to go back to. */
  replace(place: Place): void;
  back(): void;
  /** Hands the command to the view that is open; false when it has no such command. */
  toView(id: string): boolean;
  overlay(kind: 'help' | 'palette' | 'notices' | 'types'): void;
  /** Asks for a line of text. */
  askText(prompt: Prompt, answer: (text: string) => void): void;
  /** Says something on the status line. */
  say(text: string): void;
  /** Runs work that may fail, and says what it gives; a failure is shown with cause and fix. */
  attempt(work: () => Promise<string>): void;
  /** Remembers how to take back what was just done. */
  undoable(title: string, undo: () => Promise<string>): void;
  undo(): void;
  quit(): void;
}

/** Asks for a line of text. */
export interface Prompt {
  readonly title: string;
  readonly detail: string;
  readonly value: string;
  /** No text is an answer too. */
  readonly empty?: true;
  /** The text may have several lines. */
  readonly lines?: true;
}

export interface Question {
  readonly title: string;
  readonly detail: string;
  /** What has to be typed, for `typed`. */
  readonly word?: string;
  /** Where to look before one answers. Not for `typed`. */
  readonly first?: { readonly key: string; readonly label: string; readonly place: Place };
}

export interface Command {
  /** Stable: what a key map in the config file refers to. */
  readonly id: string;
  /** Two or three words, as in a menu. */
  readonly title: string;
  /** Further words that somebody may look for it by. */
  readonly also?: string;
  /** Names of keys as the key parser gives them; empty: only by palette or command line. */
  readonly keys: readonly string[];
  /** Empty: command line only. */
  readonly scope: readonly Scope[];
  readonly dangerous: Danger;
  /** Changes something: not in a read-only console. */
  readonly changes?: true;
  /** What may follow its name in the palette: which integration, or text: what to filter by, or to look for. */
  readonly argument?: 'integration' | 'text';
  /** Done to all marked integrations, where some are marked. */
  readonly bulk?: true;
  /** Place in the hint bar, small first; absent: not in it. */
  readonly hint?: number;
  /** One or two words for the hint bar, where the title is too long. */
  readonly short?: string;
  /** True, or in one sentence why not now. Absent: always. */
  readonly when?: (context: CommandContext) => true | string;
  /** Works before the engine is there. */
  readonly early?: true;
  /** For dangerous commands. */
  readonly question?: (context: CommandContext) => Question;
  /** The verb that does the same on the command line: see cli.ts. */
  readonly cli?: VerbName;
  /** The whole command line, where it is more than the verb and the integration. */
  readonly shell?: (context: CommandContext) => string;
  /** Absent: the view that is open does it. */
  readonly run?: (actions: ConsoleActions, context: CommandContext, argument: string) => void;
}
