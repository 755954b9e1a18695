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
  /** What is so now, which is marked and where the cursor begins; absent: nothing is chosen yet. */
  readonly current?: string;
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

/** A key and what it does, in a word or two. */
export interface Hint {
  readonly key: string;
  readonly title: string;
}

const cancel: Hint = { key: 'escape', title: 'cancel' };
const back: Hint = { key: 'escape', title: 'back' };
const search: readonly Hint[] = [{ key: 'enter', title: 'run' }, { key: 'tab', title: 'complete' }, back];

/** The keys that are heard while it lies there: those of the view below are not. */
export function hintsOf(overlay: Overlay): readonly Hint[] {
  switch (overlay.kind) {
    case 'help':
    case 'palette':
      return search;
    case 'types':
      return [{ key: 'enter', title: 'open' }, back];
    case 'notices':
      return [back];
    case 'prompt':
      return [{ key: 'enter', title: 'take it' }, cancel];
    case 'pick':
      return [{ key: 'down', title: 'choose' }, { key: 'enter', title: 'take it' }, cancel];
    case 'choice':
      return [{ key: 'down', title: 'choose' }, { key: 'enter', title: 'do it' }, cancel];
    case 'question':
      return overlay.question.word === undefined
        ? [
            { key: 'right', title: 'choose' },
            { key: 'enter', title: 'answer' },
            { key: 'escape', title: 'no' },
          ]
        : [{ key: 'enter', title: 'go on' }, cancel];
  }
}
