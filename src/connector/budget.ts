/**
 * A vendor's documented limit, kept: p-queue holds concurrency and a sliding window; in front of it stands a hold
 * that the vendor's own answers set (429, quota headers) and that stops every caller of the budget, not only the
 * one that was told.
 */
import PQueue from 'p-queue';
import type { Clock } from './clock.ts';
import { Cancelled } from './errors.ts';
import type { Budget } from './manifest.ts';
import { throttleStepMs } from './retry.ts';
import type { WaitMeter } from './waiting.ts';

/** What a vendor says about its quota. `resetAt` is epoch milliseconds on our clock. */
export interface BudgetFeedback {
  readonly remaining: number;
  readonly limit: number;
  readonly resetAt: number;
  /** Leaves room to others on the same quota: until the next feedback, requests begin at least so many milliseconds apart. */
  readonly gapMs?: number;
}

/** Below this share of the quota the rest is spread over the time until it is filled again. */
const lowShare = 0.1;

interface Ticket {
  readonly meter: WaitMeter;
  end: () => void;
}

export class Limiter {
  readonly budget: Budget;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #queue: PQueue;
  readonly #queued = new Set<Ticket>();
  /** Start times of the newest `intervalCap` requests: says when the window lets the next one through. */
  readonly #starts: number[] = [];
  #heldUntil = 0;
  #heldWhy = '';
  #gapMs = 0;
  #gapWhy = '';
  /** The end of the gap after the newest request. Not a hold: it says nothing about throttling. */
  #gapUntil = 0;
  /** Throttling answers in a row, each wave of concurrent ones counted once. */
  #strikes = 0;
  #sleeping: AbortController | null = null;

  constructor(budget: Budget, clock: Clock, random: () => number) {
    this.budget = budget;
    this.#clock = clock;
    this.#random = random;
    this.#queue = new PQueue({
      concurrency: budget.concurrency,
      intervalCap: budget.intervalCap,
      interval: budget.intervalMs,
      strict: true,
    });
    this.#queue.addEventListener('rateLimit', () => this.#windowFull());
    this.#queue.addEventListener('rateLimitCleared', () => {
      if (this.#until() <= this.#clock.now()) for (const ticket of this.#queued) ticket.end();
    });
  }

  /** Runs `task` when the budget allows. Throws Cancelled when `signal` aborts first. Higher `priority` goes first. */
  async run<T>(
    task: () => Promise<T>,
    options: { signal: AbortSignal; priority: number; meter: WaitMeter },
  ): Promise<T> {
    const ticket: Ticket = { meter: options.meter, end: () => {} };
    this.#queued.add(ticket);
    const dequeue = () => {
      this.#queued.delete(ticket);
      ticket.end();
    };
    try {
      this.#keepHold();
      const done = this.#queue.add(
        async () => {
          dequeue();
          this.#starts.push(this.#clock.now());
          if (this.#starts.length > this.budget.intervalCap) this.#starts.shift();
          this.#keepGap();
          // What the task throws travels as a value: a rejection here can only be the queue's, and that is an abort.
          return task().then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          );
        },
        { signal: options.signal, priority: options.priority },
      );
      if (this.#queued.has(ticket) && this.#queue.isRateLimited) this.#windowFull();
      const result = await done.catch(() => {
        throw new Cancelled();
      });
      if ('error' in result) throw result.error;
      return result.value;
    } finally {
      dequeue();
      // A hold that nobody waits for needs no timer, which would keep the program from ending.
      if (this.#queued.size === 0) this.#sleeping?.abort();
    }
  }

  /** Lets nobody through before `until` (epoch milliseconds). Never shortens a hold. */
  hold(until: number, why: string): void {
    if (until <= Math.max(this.#heldUntil, this.#clock.now())) return;
    this.#heldUntil = until;
    this.#heldWhy = why;
    this.#keepHold();
  }

  /**
   * The vendor answered a request sent at `sentAt` with "too many". Holds the budget until the time it named,
   * or for 15, 30, 45, then 60 s. Returns when the hold ends.
   */
  throttled(sentAt: number, until: number | undefined, why: string): number {
    // Requests in flight together are refused together; only those sent after the last hold say that it was too short.
    if (this.#strikes === 0 || sentAt >= this.#heldUntil) this.#strikes += 1;
    const jitter = this.#random() * 1000;
    this.hold((until ?? this.#clock.now() + throttleStepMs(this.#strikes)) + jitter, why);
    return Math.max(this.#heldUntil, this.#clock.now());
  }

  /** The vendor answered a request sent at `sentAt` normally. */
  passed(sentAt: number): void {
    if (sentAt >= this.#heldUntil) this.#strikes = 0;
  }

  /** Slows down as the vendor's own count nears its end (others may be using the same quota). */
  feedback({ remaining, limit, resetAt, gapMs = 0 }: BudgetFeedback, vendorName: string): void {
    const left = Math.max(0, Math.floor(remaining));
    this.#gapMs = gapMs;
    if (gapMs === 0) this.#gapUntil = 0;
    this.#gapWhy = `${vendorName}: ${left} of ${limit} requests left, so we go slowly`;
    if (left >= limit * lowShare) return;
    const now = this.#clock.now();
    this.hold(now + (resetAt - now) / (left + 1), `${vendorName}: ${left} of ${limit} requests left`);
  }

  #until(): number {
    return Math.max(this.#heldUntil, this.#gapUntil);
  }

  #keepGap(): void {
    if (this.#gapMs === 0) return;
    this.#gapUntil = this.#clock.now() + this.#gapMs;
    this.#keepHold();
  }

  #keepHold(): void {
    const now = this.#clock.now();
    const until = this.#until();
    if (until <= now || this.#queued.size === 0) {
      // Held with nobody waiting: the next `run` comes by here again before it is let through.
      if (until > now) this.#queue.pause();
      else if (this.#queue.isPaused) this.#queue.start();
      return;
    }
    this.#queue.pause();
    this.#announce(until, until === this.#heldUntil ? this.#heldWhy : this.#gapWhy);
    if (this.#sleeping !== null) return;
    const sleeping = new AbortController();
    this.#sleeping = sleeping;
    const wake = () => {
      this.#sleeping = null;
      this.#keepHold();
    };
    this.#clock.sleep(until - now, sleeping.signal).then(wake, wake);
  }

  #windowFull(): void {
    const { intervalCap, intervalMs } = this.budget;
    const oldest = this.#starts[0];
    if (oldest === undefined || this.#until() > this.#clock.now()) return;
    this.#announce(oldest + intervalMs, `${intervalCap} requests in ${Math.round(intervalMs / 1000)} s are used up`);
  }

  #announce(until: number, why: string): void {
    for (const ticket of this.#queued) {
      const { end } = ticket;
      ticket.end = ticket.meter.begin(until, why);
      end();
    }
  }
}
