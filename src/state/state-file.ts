/** state.json: what the operator set, and what the console shows at start. */
import { isDeepStrictEqual } from 'node:util';
import { Low } from 'lowdb';
import { type DeepReadonly, emptyState, State } from './schema.ts';
import { type Notice, StateAdapter } from './state-adapter.ts';

export type Mutator = (draft: State) => void;

export interface StateFile {
  /** The newest state, updates that are not yet on disk included. Frozen; the same object until something changes. */
  read(): DeepReadonly<State>;
  /**
   * Changes the state at once in memory and then on disk; resolves when it is durable. A change that leaves everything
   * as it was writes nothing. The mutator may run a second time, on what another process has written meanwhile: it
   * should set values and do nothing else.
   * @throws StateError `state-write`; the change then stays in memory and is written with the next one
   */
  update(mutator: Mutator): Promise<void>;
  /** Takes over what another process has written; true when that changed something. */
  refresh(): Promise<boolean>;
  /** What happened to the file that the operator should know. */
  readonly notices: readonly Notice[];
}

/**
 * @param now epoch milliseconds
 * @throws StateError `state-newer`, `state-write`
 */
export async function openState(path: string, now: () => number = Date.now): Promise<StateFile> {
  const adapter = new StateAdapter(path, now);
  const db = new Low<State>(adapter, emptyState());
  await adapter.sweep();
  await db.read();

  let current = freeze(db.data);
  /** Changes that are in `current` but not yet in the file. */
  let pending: Change[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const apply = (base: DeepReadonly<State>, mutate: Mutator): DeepReadonly<State> => {
    const draft = structuredClone(base) as State;
    mutate(draft);
    // A wrong shape must fail here, at its cause, and not at the next start.
    const next = State.parse(draft);
    return isDeepStrictEqual(next, base) ? base : freeze(next);
  };

  /** Two processes may share the folder (one syncs, another saves a preference): ours goes on top of theirs. */
  const rebase = async (): Promise<boolean> => {
    if (!(await adapter.changedElsewhere())) return false;
    await db.read();
    let next = freeze(db.data);
    for (const change of pending) {
      try {
        next = apply(next, change.mutate);
      } catch (error) {
        // It no longer fits (they removed what it changes): its own caller is told, the others go on.
        change.failed = { error };
      }
    }
    pending = pending.filter((change) => change.failed === undefined);
    if (isDeepStrictEqual(next, current)) return false;
    current = next;
    return true;
  };

  const flush = async () => {
    if (pending.length === 0) return;
    await rebase();
    const covered = pending.length;
    db.data = current as State;
    await db.write();
    pending = pending.slice(covered);
  };

  const enqueue = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task);
    queue = result.catch(() => {});
    return result;
  };

  return {
    notices: adapter.notices,
    read: () => current,
    async update(mutator) {
      const next = apply(current, mutator);
      const change: Change = { mutate: mutator };
      if (next !== current) {
        current = next;
        pending.push(change);
      }
      // Updates made while a write is under way are written together by the next one.
      await enqueue(flush);
      if (change.failed) throw change.failed.error;
    },
    refresh: () => enqueue(rebase),
  };
}

interface Change {
  readonly mutate: Mutator;
  failed?: { readonly error: unknown };
}

function freeze<T>(value: T): DeepReadonly<T> {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) freeze(item);
  }
  return value as DeepReadonly<T>;
}
