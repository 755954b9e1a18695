/**
 * The console's own state: where the operator is, what lies on top, what was said last. It lives outside React, so
 * that keys which arrive together each act on what the one before left, and so that it can be tested without a screen.
 */
import { available } from '../../commands/availability.ts';
import type { Command, CommandContext, ConsoleActions, Prompt, Question } from '../../commands/command.ts';
import type { Place } from '../../commands/place.ts';
import { commandsForKey } from '../../commands/table.ts';
import type { Failure } from '../../connector/errors.ts';
import type { Engine, Preferences } from '../../engine/engine.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import { type ConsoleSettings, defaultSettings } from '../settings.ts';
import type { ActionLine } from './action-lines.ts';
import { commandContext, markedContexts } from './command-context.ts';
import { explain } from './failure.ts';
import { back, type History, here, type Memory, open, remember, replace, startAt } from './history.ts';
import type { Overlay, Pick, Suggestion } from './overlay.ts';
import { type Leaving, quitOverlay } from './quitting.ts';
import { recorded } from './recorded.ts';
import { restorePlace, storedPlace } from './restore.ts';

export type Flash =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Something that was done from this console, and what the command line would be told to do the same. */
export interface Action {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly title: string;
  readonly line: string | null;
}

interface Undo {
  readonly title: string;
  readonly run: () => Promise<string>;
}

/** How much of what was done is kept. */
const actionsKept = 500;

export interface ConsoleState {
  readonly engine: Engine | null;
  readonly history: History;
  readonly overlay: Overlay | null;
  readonly flash: Flash | null;
  readonly closing: boolean;
  /** Newest last. */
  readonly actions: readonly Action[];
  /** What `undo` takes back, newest last. */
  readonly undos: readonly Undo[];
  /** Grows whenever a view comes or goes: what it offers may be other commands. */
  readonly views: number;
  /** By name, until the console ends. */
  readonly kept: Readonly<Record<string, Kept>>;
}

/** What outlives the view that it belongs to, wherever the operator goes meanwhile. */
export interface Kept {
  readonly value: unknown;
  /** What would be lost with it, such as `the mapping of Halo PSA`; null: nothing that matters. */
  readonly unsaved: string | null;
}

/**
 * What the view that is open does for commands that are its own business, by command id. `key:enter` takes the key
 * itself before any command hears of it: a filter line that is being typed.
 */
export type ViewCommands = Readonly<Record<string, (key: string) => void>>;

interface RegisteredView {
  readonly commands: { readonly current: ViewCommands };
  /** What it calls commands, by command id. */
  readonly words: Readonly<Record<string, string>>;
}

export class ConsoleStore implements ConsoleActions {
  #state: ConsoleState = {
    engine: null,
    history: startAt(),
    overlay: null,
    flash: null,
    closing: false,
    actions: [],
    undos: [],
    views: 0,
    kept: {},
  };
  readonly settings: ConsoleSettings;
  readonly #now: () => number;
  #firstPaint: Snapshot | null;
  readonly #listeners = new Set<() => void>();
  /** What is mounted now. No two of them offer the same command. */
  readonly #views: RegisteredView[] = [];
  readonly #onQuit: (how: Leaving) => void;
  readonly #background: boolean;
  #preferences: Preferences = {};

  /** @param options.background the syncs of this console can be handed over to a process without a screen */
  constructor(options: {
    firstPaint?: Snapshot | null;
    background?: boolean;
    settings?: ConsoleSettings;
    now?: () => number;
    onQuit: (how: Leaving) => void;
  }) {
    this.settings = options.settings ?? defaultSettings;
    this.#now = options.now ?? Date.now;
    this.#firstPaint = options.firstPaint ?? null;
    this.#background = options.background ?? false;
    this.#onQuit = options.onQuit;
  }

  getState = (): ConsoleState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The engine is there: its place and its figures replace those of the first picture. */
  async attach(engine: Engine): Promise<void> {
    // Without what was kept, the console begins at its first place, as new.
    this.#preferences = await engine.preferences().catch(() => ({}));
    const untouched = this.#state.history.length === 1;
    const restored = restorePlace(this.#preferences, engine.getSnapshot());
    this.#set({
      engine: recorded(engine, this.#note),
      history: untouched && restored !== null ? restored : this.#state.history,
    });
  }

  /** The process that ran the engine is gone. What it showed last stays on the screen, without the runs that ended with it. */
  detach(reason: unknown): void {
    const { engine } = this.#state;
    if (engine === null) return;
    const last = engine.getSnapshot();
    this.#firstPaint = {
      ...last,
      owner: null,
      integrations: last.integrations.map((view) => ({ ...view, run: null })),
    };
    this.#set({ engine: null, overlay: null });
    this.failed(reason);
  }

  /** The engine could not start. What is known from the last time stays on the screen. */
  failed = (error: unknown): void => this.#set({ flash: { kind: 'failed', failure: explain(error) } });

  snapshot = (): Snapshot | null => this.#state.engine?.getSnapshot() ?? this.#firstPaint;

  context = (): CommandContext => commandContext(this.#state, this.snapshot(), this.settings);

  /** A key that no text field and no overlay wanted. */
  press(key: string): void {
    if (this.#state.flash !== null) this.#set({ flash: null });
    if (this.toView(`key:${key}`, key)) return;
    const candidates = commandsForKey(key, this.context());
    // A view of tabs has commands that only some of its tabs know: the key then means what is next.
    const chosen = candidates.find((command) => this.does(command)) ?? candidates[0];
    if (chosen !== undefined) this.perform(chosen, { key });
  }

  /** Runs a command, after asking where it is dangerous; says why when it is not available. */
  perform(command: Command, given: { key?: string; context?: CommandContext; argument?: string } = {}): void {
    const { key = '', context = this.context(), argument = '' } = given;
    const marked = markedContexts(command, context, here(this.#state.history).memory);
    const answer =
      marked === null
        ? available(command, context)
        : marked.length > 0 || 'none of the marked integrations can do this now.';
    if (answer !== true) {
      this.say(`${command.title}: ${answer}`);
      return;
    }
    const run = () => {
      for (const each of marked ?? [context]) {
        if (command.run !== undefined) command.run(this, each, argument);
        else if (!this.toView(command.id, key)) this.say(`${command.title}: there is nothing here to do it with.`);
      }
    };
    if (command.question === undefined) run();
    else this.ask(command.question(context), run);
  }

  #note = ({ title, integration, line }: ActionLine): void => {
    const view = this.snapshot()?.integrations.find(({ id }) => id === integration);
    this.noteAction(view === undefined ? title : `${title}: ${view.name}`, line);
  };

  /** Keeps an action for the list of what was done. */
  noteAction(title: string, line: string | null): void {
    const actions = [...this.#state.actions, { at: this.#now(), title, line }].slice(-actionsKept);
    this.#set({ actions });
  }

  undoable(title: string, run: () => Promise<string>): void {
    this.#set({ undos: [...this.#state.undos, { title, run }].slice(-20) });
  }

  undo(): void {
    const last = this.#state.undos.at(-1);
    if (last === undefined) return;
    this.#set({ undos: this.#state.undos.slice(0, -1) });
    this.attempt(last.run);
  }

  ask(question: Question, answer: () => void): void {
    this.#set({ overlay: { kind: 'question', question, answer } });
  }

  askText(prompt: Prompt, answer: (text: string) => void): void {
    this.#set({ overlay: { kind: 'prompt', prompt, answer } });
  }

  askPick(pick: Pick, answer: (chosen: Suggestion) => void): void {
    this.#set({ overlay: { kind: 'pick', pick, answer } });
  }

  /** Keeps something until the console ends, or forgets it. */
  keep(name: string, kept: Kept | null): void {
    const { [name]: _, ...others } = this.#state.kept;
    this.#set({ kept: kept === null ? others : { ...others, [name]: kept } });
  }

  /** A view offers its commands for as long as it is mounted. */
  register(commands: { current: ViewCommands }, words: RegisteredView['words'] = {}): () => void {
    const view = { commands, words };
    this.#views.push(view);
    const count = () => this.#set({ views: this.#state.views + 1 });
    count();
    return () => {
      this.#views.splice(this.#views.indexOf(view), 1);
      count();
    };
  }

  /** Whether a command does anything here: by itself, or because the view that is open knows it. */
  does(command: Command): boolean {
    return command.run !== undefined || this.knows(command.id);
  }

  /** Whether the view that is open knows a command. */
  knows(id: string): boolean {
    return this.#viewOf(id) !== undefined;
  }

  /** What the view that is open calls a command; undefined: as the command calls itself. */
  wordFor({ id }: Command): string | undefined {
    return this.#views.find(({ words }) => words[id] !== undefined)?.words[id];
  }

  get engine(): Engine {
    if (this.#state.engine === null) throw new Error('Still starting; one moment.');
    return this.#state.engine;
  }

  open = (place: Place): void => this.#go(open(this.#state.history, place));
  replace = (place: Place): void => this.#go(replace(this.#state.history, place));
  back = (): void => this.#go(back(this.#state.history));
  remember = (memory: Memory): void => this.#set({ history: remember(this.#state.history, memory) });

  toView(id: string, key = ''): boolean {
    const run = this.#viewOf(id);
    run?.(key);
    return run !== undefined;
  }

  #viewOf(id: string) {
    return this.#views.find(({ commands }) => commands.current[id] !== undefined)?.commands.current[id];
  }

  overlay = (kind: 'help' | 'palette' | 'notices' | 'types'): void => this.#set({ overlay: { kind } });
  closeOverlay = (): void => this.#set({ overlay: null });
  say = (text: string): void => this.#set({ flash: { kind: 'said', text } });

  attempt(work: () => Promise<string>): void {
    work().then(this.say, (error: unknown) => this.failed(error));
  }

  /** Asks when something is not saved, and when syncs run or are planned here, for quitting stops them. */
  quit(): void {
    const unsaved = Object.values(this.#state.kept).flatMap((kept) => kept.unsaved ?? []);
    const detail = `Not saved: ${unsaved.join(', ')}. It is lost with the console.`;
    if (unsaved.length > 0) this.ask({ title: 'Quit without saving?', detail }, () => this.#quitSyncs());
    else this.#quitSyncs();
  }

  #quitSyncs(): void {
    const overlay = quitOverlay(this.snapshot(), this.#background, (how) => this.leave(how));
    if (overlay === null) this.leave();
    else this.#set({ overlay });
  }

  /** Keeps the place and ends the console. */
  leave(how: Leaving = 'quit'): void {
    this.#set({ closing: true, overlay: null });
    const { engine, history } = this.#state;
    // Not waited for: closing the engine does, and an engine that does not answer must not hold the operator back.
    engine?.savePreferences({ ...this.#preferences, place: storedPlace(history) }).catch(() => {});
    this.#onQuit(how);
  }

  #go(history: History): void {
    this.#set({ history, overlay: null });
  }

  #set(change: Partial<ConsoleState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
