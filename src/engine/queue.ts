/**
 * Which run goes when: one at a time per integration, a limit over all, what a person asked for first.
 * A run never stacks behind itself: asking again while one waits or runs gives that one.
 */
import PQueue from 'p-queue';
import type { RunResult } from './engine.ts';

const priorities = { manual: 10, initial: 5, scheduled: 0 } as const;
export type QueuePriority = keyof typeof priorities;

interface Entry {
  readonly result: Promise<RunResult>;
  readonly abort: AbortController;
  started: boolean;
}

export class RunQueue {
  readonly #queue: PQueue;
  readonly #entries = new Map<string, Entry>();

  constructor(concurrency: number) {
    this.#queue = new PQueue({ concurrency });
  }

  /** `work` is called when its turn comes; with an aborted signal when it was cancelled while it waited. */
  add(
    integration: string,
    priority: QueuePriority,
    work: (signal: AbortSignal) => Promise<RunResult>,
  ): Promise<RunResult> {
    const present = this.#entries.get(integration);
    if (present !== undefined) {
      if (!present.started && priority === 'manual') this.#hurry(integration);
      return present.result;
    }
    const abort = new AbortController();
    const result = this.#queue.add(
      async () => {
        const entry = this.#entries.get(integration);
        if (entry !== undefined) entry.started = true;
        try {
          return await work(abort.signal);
        } finally {
          this.#entries.delete(integration);
        }
      },
      { id: integration, priority: priorities[priority] },
    );
    this.#entries.set(integration, { result, abort, started: false });
    return result;
  }

  #hurry(integration: string): void {
    try {
      this.#queue.setPriority(integration, priorities.manual);
    } catch {
      // It left the queue a moment ago and starts just now.
    }
  }

  has(integration: string): boolean {
    return this.#entries.has(integration);
  }

  cancel(integration: string): boolean {
    const entry = this.#entries.get(integration);
    entry?.abort.abort();
    return entry !== undefined;
  }

  /** No new starts; what runs or waits is told to stop at its next page. Resolves when all have. */
  async drain(): Promise<void> {
    for (const { abort } of this.#entries.values()) abort.abort();
    await this.#queue.onIdle();
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
