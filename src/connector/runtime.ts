/** What outlives a run of one integration: its budgets, its tokens, and what its connector found out. */
import { createHash } from 'node:crypto';
import { Limiter } from './budget.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ConnectorMemory } from './contract.ts';
import type { Budget, Credentials } from './manifest.ts';
import { TokenCache } from './tokens.ts';

export interface CredentialState {
  readonly tokens: TokenCache;
  /** Can be read out, to be kept with the integration. */
  readonly memory: ConnectorMemory & Iterable<[string, string]>;
}

/** One per integration; shared by its runs, its connection tests and its forms. */
export class Runtime {
  readonly clock: Clock;
  readonly random: () => number;
  readonly #limiters = new Map<string, Limiter>();
  readonly #states = new Map<string, CredentialState>();

  constructor(options: { clock?: Clock; random?: () => number } = {}) {
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
  }

  /** The limiter of a budget; a new one when the operator changed its figures. */
  limiter(budget: Budget): Limiter {
    const known = this.#limiters.get(budget.name);
    if (known !== undefined && sameBudget(known.budget, budget)) return known;
    const limiter = new Limiter(budget, this.clock, this.random);
    this.#limiters.set(budget.name, limiter);
    return limiter;
  }

  /**
   * Tokens and memory of these credentials. Two sets are kept at most (the stored ones and the ones a form is
   * testing), so that a token never outlives its credentials by long.
   */
  credentialState(credentials: Credentials): CredentialState {
    const key = fingerprint(credentials);
    const state = this.#states.get(key) ?? { tokens: new TokenCache(this.clock), memory: new Map<string, string>() };
    this.#states.delete(key);
    this.#states.set(key, state);
    for (const oldest of this.#states.keys()) if (this.#states.size > 2) this.#states.delete(oldest);
    return state;
  }
}

function sameBudget(a: Budget, b: Budget): boolean {
  return a.concurrency === b.concurrency && a.intervalCap === b.intervalCap && a.intervalMs === b.intervalMs;
}

function fingerprint(credentials: Credentials): string {
  const sorted = Object.entries(credentials).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64');
}
