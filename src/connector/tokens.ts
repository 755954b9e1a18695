/** Bearer tokens of one set of credentials: fetched once for all who need one, renewed early, never fetched in a loop. */
import type { Clock } from './clock.ts';
import { Cancelled } from './errors.ts';
import type { Token } from './http.ts';

const defaultEarlyMs = 60_000;

interface Held {
  readonly token: Token;
  /** On the monotonic clock. */
  endsAt: number;
  /** Fetched because its predecessor was refused, and itself not yet accepted anywhere. */
  unproven: boolean;
}

interface Entry {
  held?: Held;
  pending?: Promise<Token>;
}

export class TokenCache {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The token in force, or a new one. Callers that come while it is being fetched share that fetch, and its failure;
   * a failure is not kept.
   */
  async get(
    name: string,
    fetch: () => Promise<Token>,
    options: { earlyMs?: number; signal: AbortSignal },
  ): Promise<Token> {
    const entry = this.#entry(name);
    const { held } = entry;
    if (held !== undefined && this.#clock.monotonic() < held.endsAt - this.#early(held.token, options.earlyMs)) {
      return held.token;
    }
    return this.#shared(entry, fetch, false, options.signal);
  }

  /**
   * The vendor refused `refused` with 401: the one in force if another caller has renewed it since, else a new one.
   * Undefined when that one came from such a renewal already: then it is the credentials, not the token.
   */
  async renew(
    name: string,
    refused: Token,
    fetch: () => Promise<Token>,
    options: { signal: AbortSignal },
  ): Promise<Token | undefined> {
    const entry = this.#entry(name);
    if (entry.pending === undefined && entry.held !== undefined && entry.held.token !== refused)
      return entry.held.token;
    if (entry.held?.token === refused && entry.held.unproven) return undefined;
    return this.#shared(entry, fetch, true, options.signal);
  }

  /** The value in force, if any: to be forgotten by the redactor once it is replaced. */
  current(name: string): string | undefined {
    return this.#entries.get(name)?.held?.token.value;
  }

  /** The next who needs one gets a new one. */
  expire(name: string): void {
    const { held } = this.#entry(name);
    if (held !== undefined) held.endsAt = Number.NEGATIVE_INFINITY;
  }

  /** The vendor accepted this token. */
  accepted(name: string, token: Token): void {
    const { held } = this.#entry(name);
    if (held?.token === token) held.unproven = false;
  }

  async #shared(entry: Entry, fetch: () => Promise<Token>, renewal: boolean, signal: AbortSignal): Promise<Token> {
    const owner = entry.pending === undefined;
    entry.pending ??= fetch()
      .then((token) => {
        entry.held = { token, endsAt: this.#clock.monotonic() + token.expiresIn * 1000, unproven: renewal };
        return token;
      })
      .finally(() => {
        delete entry.pending;
      });
    try {
      return await orCancelled(entry.pending, signal);
    } catch (error) {
      // Whoever fetched was stopped; that is no reason for us to stop.
      if (error instanceof Cancelled && !owner && !signal.aborted) return this.#shared(entry, fetch, renewal, signal);
      throw error;
    }
  }

  /** A token that lives shorter than the margin is used for half its life rather than fetched for each request. */
  #early(token: Token, earlyMs = defaultEarlyMs): number {
    return Math.min(earlyMs, (token.expiresIn * 1000) / 2);
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name) ?? {};
    this.#entries.set(name, entry);
    return entry;
  }
}

function orCancelled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Cancelled());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
