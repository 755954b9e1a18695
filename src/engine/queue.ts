/**
 * Which run goes when: one at a time per integration, a limit over all, what a person asked for first, and before that what
 * a person moved to the front. A run never stacks behind itself: asking again while one waits or runs gives that one.
 */
import PQueue from 'p-queue';
import type { RunResult } from './engine.ts';

const priorities = { manual: 10, initial: 5, scheduled: 0 } as const;
export type QueuePriority = keyof typeof priorities;

/** What waits in the queue. */
export interface QueuedRun {
  /** Called when its turn comes. */
  readonly work: (signal: AbortSignal) => Promise<RunResult>;
  /** Called instead when it was cancelled before that. */
  readonly dropped: () => Promise<RunResult>;
}

interface Entry {
  readonly result: Promise<RunResult>;
  /** Tells it to stop at its next page. */
  readonly stop: AbortController;
  /** Takes it out of the queue; of no use once it has started. */
  readonly leave: AbortController;
  started: boolean;
  priority: number;
  /** Grows with every coming into the queue and every move within it: among equals, the first comes first. */
  turn: number;
}

export class RunQueue {
  readonly #queue: PQueue;
  readonly #entries = new Map<string, Entry>();
  #turns = 0;

  constructor(concurrency: number) {
    this.#queue = new PQueue({ concurrency });
  }

  add(integration: string, priority: QueuePriority, { work, dropped }: QueuedRun): Promise<RunResult> {
    const present = this.#entries.get(integration);
    if (present !== undefined) {
      if (priority === 'manual') this.#move(integration, priorities.manual);
      return present.result;
    }
    const { promise: result, resolve } = Promise.withResolvers<RunResult>();
    const [stop, leave] = [new AbortController(), new AbortController()];
    this.#turns += 1;
    const entry: Entry = { result, stop, leave, started: false, priority: priorities[priority], turn: this.#turns };
    // Before it is added, for it may start within that.
    this.#entries.set(integration, entry);
    const done = this.#queue.add(
      async () => {
        entry.started = true;
        try {
          return await work(stop.signal);
        } finally {
          this.#entries.delete(integration);
        }
      },
      { id: integration, priority: entry.priority, signal: leave.signal },
    );
    resolve(
      done.catch((error: unknown) => {
        if (leave.signal.aborted) return dropped();
        throw error;
      }),
    );
    return result;
  }

  /** Moves it before all that wait. False: it does not wait. */
  first(integration: string): boolean {
    if (!this.order.includes(integration)) return false;
    const highest = Math.max(...[...this.#entries.values()].map(({ priority }) => priority));
    if (this.order[0] !== integration) this.#move(integration, highest + 1);
    return true;
  }

  /** Those that wait, next one first. */
  get order(): readonly string[] {
    return [...this.#entries]
      .filter(([, { started }]) => !started)
      .sort(([, a], [, b]) => b.priority - a.priority || a.turn - b.turn)
      .map(([id]) => id);
  }

  /** Forward only. */
  #move(integration: string, priority: number): void {
    const entry = this.#entries.get(integration);
    if (entry === undefined || entry.started || entry.priority >= priority) return;
    this.#queue.setPriority(integration, priority);
    this.#turns += 1;
    Object.assign(entry, { priority, turn: this.#turns });
  }

  has(integration: string): boolean {
    return this.#entries.has(integration);
  }

  /** What waits leaves at once; what runs stops at its next page. */
  cancel(integration: string): boolean {
    const entry = this.#entries.get(integration);
    if (entry === undefined) return false;
    if (entry.started) entry.stop.abort();
    else {
      this.#entries.delete(integration);
      entry.leave.abort();
    }
    return true;
  }

  /** Nothing starts any more, and what runs is told to stop at its next page. Resolves when all have. */
  async drain(): Promise<void> {
    const results = [...this.#entries.values()].map(({ result }) => result);
    for (const id of [...this.#entries.keys()]) this.cancel(id);
    await Promise.allSettled(results);
  }

  idle(): Promise<void> {
    return this.#queue.onIdle();
  }

  /** From now on; what runs already goes on. */
  set concurrency(runs: number) {
    this.#queue.concurrency = runs;
  }

  get running(): number {
    return this.#queue.pending;
  }
  get waiting(): number {
    return this.#queue.size;
  }
}
