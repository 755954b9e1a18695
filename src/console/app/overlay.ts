/** What lies on top of a view until it is answered. */
import type { Prompt, Question } from '../../commands/command.ts';

export type Overlay =
  | { readonly kind: 'help' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'notices' }
  | { readonly kind: 'types' }
  | { readonly kind: 'prompt'; readonly prompt: Prompt; readonly answer: (text: string) => void }
  | { readonly kind: 'pick'; readonly pick: Pick; readonly answer: (chosen: Suggestion) => void }
  | { readonly kind: 'question'; readonly question: Question; readonly answer: () => void }
  | { readonly kind: 'choice'; readonly title: string; readonly detail: string; readonly choices: readonly Choice[] };

/** Asks for one of many. */
export interface Pick {
  readonly title: string;
  readonly detail: string;
  /** What fits what was typed, best first; a screenful is enough. */
  suggest(text: string): Promise<readonly Suggestion[]>;
}

export interface Suggestion {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** One way to answer; Esc is the first. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly run?: () => void;
}
