/** The `Http` given to connectors: sign-in, budgets, waiting, retries, redirects and errors around the bare transport. */
import type { BudgetFeedback } from './budget.ts';
import type { Auth, Explain, Http, HttpRequest, HttpResponse, HttpStats, Token } from './http.ts';
import type { HttpOptions } from './http-options.ts';
import { Journey, type Manner, type Shared } from './journey.ts';
import { Origins } from './origins.ts';
import { SignedIn } from './signed-in.ts';
import { Transport } from './transport.ts';
import { WaitMeter } from './waiting.ts';

/** Makes the client of one connection. `close` ends its sockets. */
export function createHttp(options: HttpOptions): Http & { close(): void; quota(): BudgetFeedback | null } {
  const stats: HttpStats = {
    requests: 0,
    bytesReceived: 0,
    bytesSent: 0,
    waitedMs: 0,
    throttled: 0,
    retries: 0,
    answers: {},
  };
  const { clock } = options.runtime;
  const transport = new Transport({
    vendorName: options.vendorName,
    userAgent: options.userAgent,
    caFile: options.caFile,
    env: options.env ?? {},
    clock,
    har: options.har,
    maxResponseBytes: options.maxResponseBytes ?? 50_000_000,
    lookup: options.lookup,
  });
  const meter = new WaitMeter(
    clock,
    (ms) => {
      stats.waitedMs += ms;
    },
    options.onWaiting ?? (() => {}),
  );
  const shared: Shared = {
    options,
    stats,
    transport,
    meter,
    origins: new Origins(options.vendorName, options.baseUrl, options.allowedOrigins ?? []),
    limiters: new Map(options.budgets.map((budget) => [budget.name, options.runtime.limiter(budget)])),
    vendorClock: null,
    requestId: null,
    quota: null,
  };
  return Object.assign(new Client(shared, { signIn: undefined, explain: undefined }), {
    close: () => transport.close(),
    quota: () => shared.quota,
  });
}

/** One view of a connection: its own sign-in and its own words for errors, everything else in common (`withAuth`, `withExplain`). */
class Client implements Http {
  readonly #shared: Shared;
  readonly #manner: Manner;

  constructor(shared: Shared, manner: Manner) {
    this.#shared = shared;
    this.#manner = manner;
  }

  get stats(): Readonly<HttpStats> {
    return this.#shared.stats;
  }

  withAuth(auth: Auth): Http {
    const { tokens, redactor } = this.#shared.options;
    const unsigned = () => new Client(this.#shared, { ...this.#manner, signIn: undefined });
    const signIn = new SignedIn(auth, { tokens, redactor, unsigned });
    return new Client(this.#shared, { ...this.#manner, signIn });
  }

  withExplain(explain: Explain): Http {
    return new Client(this.#shared, { ...this.#manner, explain });
  }

  allows(url: string): boolean {
    return this.#shared.origins.allows(url);
  }

  vendorNow(): Date | null {
    const { vendorClock, options } = this.#shared;
    if (vendorClock === null) return null;
    return new Date(vendorClock.date + options.runtime.clock.monotonic() - vendorClock.at);
  }

  requestId(): string | null {
    return this.#shared.requestId;
  }

  async token(): Promise<Token> {
    const { signIn } = this.#manner;
    if (signIn === undefined) throw new TypeError('This connection has no sign-in.');
    return signIn.token(this.#shared.options.signal);
  }

  renewToken(): void {
    this.#manner.signIn?.expire();
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    return await new Journey(request, this.#manner, this.#shared).answer();
  }
}
