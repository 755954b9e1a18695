import type { LookupFunction } from 'node:net';
import type { Redactor } from '../text/redact.ts';
import type { Connector } from './contract.ts';
import type { HarRecorder } from './har.ts';
import type { Budget } from './manifest.ts';
import type { Runtime } from './runtime.ts';
import type { TokenCache } from './tokens.ts';
import type { Waiting } from './waiting.ts';

/** What the client of one connection needs to know and to be given. */
export interface HttpOptions {
  readonly vendorName: string;
  /** Relative request addresses start here; its origin is allowed. Null: every request is refused. */
  readonly baseUrl: string | null;
  /** Further origins that may be asked, as any URL on them. */
  readonly allowedOrigins?: readonly string[];
  readonly budgets: readonly [Budget, ...Budget[]];
  readonly runtime: Runtime;
  /** The tokens of these credentials: `runtime.credentialState(credentials).tokens`. */
  readonly tokens: TokenCache;
  readonly redactor: Redactor;
  readonly userAgent: string;
  /** Ends everything: the run was stopped, the program is closing. */
  readonly signal: AbortSignal;
  /** Higher goes first in the budgets: a person who waits before a scheduled run. Default 0. */
  readonly priority?: number;
  /** How often a request is sent at most when vendor or network fail; default 4. A connection test wants fewer. */
  readonly tries?: number;
  readonly caFile?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  readonly har?: HarRecorder | undefined;
  readonly onWaiting?: (waiting: Waiting | null) => void;
  readonly budgetFeedback?: Connector['budgetFeedback'];
  /** Milliseconds to the first byte of an answer; default 60,000. Reading it may take as long again. */
  readonly timeoutMs?: number;
  /** Default 50 MB, unpacked. */
  readonly maxResponseBytes?: number;
  readonly lookup?: LookupFunction;
}
