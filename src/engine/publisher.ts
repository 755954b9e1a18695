import type { Snapshot } from './snapshot.ts';

/** At most this often do listeners hear of changes while much happens: ten times a second is smooth, and calm for the terminal. */
const quietMs = 100;

/** Builds a snapshot when somebody looks and something changed; tells listeners, not too often. */
export class Publisher {
  readonly #build: (revision: number) => Snapshot;
  readonly #listeners = new Set<() => void>();
  #current: Snapshot | null = null;
  #revision = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(build: (revision: number) => Snapshot) {
    this.#build = build;
  }

  get(): Snapshot {
    this.#current ??= this.#build(++this.#revision);
    return this.#current;
  }

  /** Something changed: the next look gives a new snapshot, and listeners are told soon. */
  changed = (): void => {
    this.#current = null;
    if (this.#timer !== null || this.#listeners.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      for (const listener of this.#listeners) listener();
    }, quietMs);
    this.#timer.unref();
  };

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
