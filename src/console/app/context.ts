/** What every view can reach, and the hooks by which it does. */
import {
  createContext,
  useContext,
  useEffect,
  useInsertionEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Engine } from '../../engine/engine.ts';
import type { IntegrationView, Snapshot } from '../../engine/snapshot.ts';
import { here } from './history.ts';
import type { ConsoleState, ConsoleStore, ViewCommands } from './store.ts';

/** Time comes from here, so that a test decides what it is. */
export interface Clock {
  now(): number;
  /** Calls back every `ms`; the returned function stops it. */
  every(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  every(ms, callback) {
    const timer = setInterval(callback, ms);
    // Looking at a clock must not keep the program alive.
    timer.unref();
    return () => clearInterval(timer);
  },
};

export interface ConsoleEnvironment {
  readonly store: ConsoleStore;
  readonly clock: Clock;
}

export const ConsoleContext = createContext<ConsoleEnvironment | null>(null);

function useEnvironment(): ConsoleEnvironment {
  const environment = useContext(ConsoleContext);
  if (environment === null) throw new Error('This component belongs inside the console.');
  return environment;
}

export const useClock = (): Clock => useEnvironment().clock;

export const useStore = (): ConsoleStore => useEnvironment().store;

export function useConsole<T>(select: (state: ConsoleState) => T): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

/** The engine; views that need it are only mounted once it is there. */
export function useEngine(): Engine {
  const engine = useConsole((state) => state.engine);
  if (engine === null) throw new Error('The engine is not there yet.');
  return engine;
}

/** Part of the snapshot. `select` must return parts as they are, not new objects: what is the same is not drawn again. */
export function useSnapshot<T>(select: (snapshot: Snapshot | null) => T): T {
  const store = useStore();
  const engine = useConsole((state) => state.engine);
  const subscribe = useMemo(() => (engine === null ? () => () => {} : engine.subscribe.bind(engine)), [engine]);
  return useSyncExternalStore(subscribe, () => select(store.snapshot()));
}

export function useIntegration(id: string | undefined): IntegrationView | null {
  return useSnapshot((snapshot) => snapshot?.integrations.find((view) => view.id === id) ?? null);
}

/** What an integration is called; its id where it is not known. */
export type NameOf = (id: string) => string;

export function useNames(): NameOf {
  const integrations = useSnapshot((snapshot) => snapshot?.integrations);
  return (id) => integrations?.find((view) => view.id === id)?.name ?? id;
}

/** Relative times are looked at again this often, and only lines whose words changed are drawn. */
const lookAgainMs = 30_000;

/** Epoch milliseconds; moves on every 30 seconds, and whenever the component is drawn anyway. */
export function useNow(): number {
  const { clock } = useEnvironment();
  const [, setTick] = useState(0);
  useEffect(() => clock.every(lookAgainMs, () => setTick((tick) => tick + 1)), [clock]);
  return clock.now();
}

/** A value of the view that lives with its place: found again on the way back and at the next start. JSON. */
export function useMemory<T>(key: string, initial: T): readonly [T, (value: T) => void] {
  const store = useStore();
  const kept = useConsole((state) => here(state.history).memory[key]) as T | undefined;
  const set = useMemo(() => (value: T) => store.remember({ [key]: value }), [store, key]);
  return [kept === undefined ? initial : kept, set];
}

/** A value that stays until the console ends, wherever the operator goes; null: there is none. See `Kept`. */
export function useKept<T>(name: string): readonly [T | null, (value: T | null, unsaved?: string) => void] {
  const store = useStore();
  const kept = useConsole((state) => state.kept[name]?.value) as T | undefined;
  const set = useMemo(
    () =>
      (value: T | null, unsaved: string | null = null) =>
        store.keep(name, value === null ? null : { value, unsaved }),
    [store, name],
  );
  return [kept ?? null, set];
}

/** What the title line calls the place, once the view knows. Sanitised by the caller. */
export function useTitle(title: string | null): void {
  const store = useStore();
  useEffect(() => {
    if (title !== null && here(store.getState().history).memory.title !== title) store.remember({ title });
  }, [store, title]);
}

const noWords = {};

/**
 * Offers the view's own commands while it is mounted. The functions may be new at every render.
 * @param words what the hint bar says of a command here, by command id, where its own word is too general
 */
export function useViewCommands(commands: ViewCommands, words: Readonly<Record<string, string>> = noWords): void {
  const store = useStore();
  const current = useRef(commands);
  // Before any effect of a child can press a key, and without running again for what changes at every render.
  useInsertionEffect(() => {
    current.current = commands;
  });
  const said = JSON.stringify(words);
  const offered = Object.keys(commands)
    .filter((id) => !id.startsWith('key:'))
    .join();
  // What is offered may change while the view stays, such as when its first rows come: the hint bar has to look again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `offered` stands for what `current` holds.
  useEffect(() => store.register(current, JSON.parse(said)), [store, said, offered]);
}
