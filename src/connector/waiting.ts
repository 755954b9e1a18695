/** Adds up the time one connection spends waiting, and tells who watches. */
import type { Clock } from './clock.ts';

export interface Waiting {
  /** Epoch milliseconds. */
  readonly untilMs: number;
  readonly why: string;
}

/** Shorter waits are counted but not shown: they would only flicker. */
const worthShowingMs = 1_000;

/** Several callers waiting at the same time count once: the total is time on the wall. */
export class WaitMeter {
  readonly #clock: Clock;
  readonly #onWaiting: (waiting: Waiting | null) => void;
  readonly #onWaited: (ms: number) => void;
  #open = 0;
  #since = 0;
  #shown = false;

  constructor(clock: Clock, onWaited: (ms: number) => void, onWaiting: (waiting: Waiting | null) => void) {
    this.#clock = clock;
    this.#onWaited = onWaited;
    this.#onWaiting = onWaiting;
  }

  /** A wait begins; the returned function ends it (once, however often it is called). */
  begin(untilMs: number, why: string): () => void {
    const now = this.#clock.now();
    if (this.#open === 0) this.#since = now;
    this.#open += 1;
    if (untilMs - now >= worthShowingMs) {
      this.#shown = true;
      this.#onWaiting({ untilMs, why });
    }
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#open -= 1;
      if (this.#open > 0) return;
      this.#onWaited(Math.max(0, this.#clock.now() - this.#since));
      if (this.#shown) this.#onWaiting(null);
      this.#shown = false;
    };
  }
}
