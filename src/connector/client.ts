/** The `Http` given to connectors: sign-in, budgets, waiting, retries, redirects and errors around the bare transport. */
import type { LookupFunction } from 'node:net';
import type { Redactor } from '../text/redact.ts';
import { answerFailure, looksLikeHtml } from './answer-failures.ts';
import { encodeBody, parseBody } from './bodies.ts';
import type { BudgetFeedback, Limiter } from './budget.ts';
import type { Connector } from './contract.ts';
import { Cancelled, type ConnectorError, Malformed, RateLimited, Unreachable, VendorFault } from './errors.ts';
import type { HarRecorder } from './har.ts';
import type { Auth, Explain, Http, HttpFailure, HttpRequest, HttpResponse, HttpStats, Token } from './http.ts';
import type { Budget } from './manifest.ts';
import { Origins } from './origins.ts';
import { requestIdOf } from './request-id.ts';
import { backoffMs, defaultTries, longestThrottleMs, retryAfterMs } from './retry.ts';
import type { Runtime } from './runtime.ts';
import { SignedIn } from './signed-in.ts';
import type { TokenCache } from './tokens.ts';
import { Transport, type WireAnswer } from './transport.ts';
import { type Waiting, WaitMeter } from './waiting.ts';

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
  return Object.assign(new Client(shared, undefined, undefined), {
    close: () => transport.close(),
    quota: () => shared.quota,
  });
}

/** What all views of one connection (`withAuth`, `withExplain`) have in common. */
interface Shared {
  readonly options: HttpOptions;
  readonly stats: HttpStats;
  readonly transport: Transport;
  readonly meter: WaitMeter;
  readonly origins: Origins;
  readonly limiters: ReadonlyMap<string, Limiter>;
  vendorClock: { readonly date: number; readonly at: number } | null;
  requestId: string | null;
  quota: BudgetFeedback | null;
}

/** One request on its way through tries, waits and redirects. */
interface Journey {
  readonly request: HttpRequest;
  readonly method: string;
  readonly idempotent: boolean;
  readonly signal: AbortSignal;
  readonly limiter: Limiter;
  /** Undefined: sent without. */
  readonly signIn: SignedIn | undefined;
  url: URL;
  token: Token | undefined;
  failures: number;
  redirects: number;
  throttledMs: number;
  renewed: boolean;
}

const longestRedirects = 3;

class Client implements Http {
  readonly #shared: Shared;
  readonly #signIn: SignedIn | undefined;
  readonly #explain: Explain | undefined;

  constructor(shared: Shared, signIn: SignedIn | undefined, explain: Explain | undefined) {
    this.#shared = shared;
    this.#signIn = signIn;
    this.#explain = explain;
  }

  get stats(): Readonly<HttpStats> {
    return this.#shared.stats;
  }

  withAuth(auth: Auth): Http {
    const { tokens, redactor } = this.#shared.options;
    const unsigned = () => new Client(this.#shared, undefined, this.#explain);
    return new Client(this.#shared, new SignedIn(auth, { tokens, redactor, unsigned }), this.#explain);
  }

  withExplain(explain: Explain): Http {
    return new Client(this.#shared, this.#signIn, explain);
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
    if (this.#signIn === undefined) throw new TypeError('This connection has no sign-in.');
    return this.#signIn.token(this.#shared.options.signal);
  }

  renewToken(): void {
    this.#signIn?.expire();
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const { options, origins, limiters } = this.#shared;
    const method = request.method ?? 'GET';
    const budget = request.budget ?? options.budgets[0].name;
    const limiter = limiters.get(budget);
    if (limiter === undefined) throw new TypeError(`The manifest has no budget named "${budget}".`);
    const journey: Journey = {
      request,
      method,
      idempotent: request.idempotent ?? method === 'GET',
      signal: request.signal === undefined ? options.signal : AbortSignal.any([options.signal, request.signal]),
      limiter,
      signIn: request.auth === false ? undefined : this.#signIn,
      url: origins.resolve(request),
      token: undefined,
      failures: 0,
      redirects: 0,
      throttledMs: 0,
      renewed: false,
    };
    for (;;) {
      const response = await this.#attempt(journey);
      if (response !== null) return response;
    }
  }

  /** Sends once. Null: what stood in the way has been dealt with (waited for, renewed, followed) and it is to be sent again. */
  async #attempt(journey: Journey): Promise<HttpResponse | null> {
    const { options, stats } = this.#shared;
    const { request, signal, limiter } = journey;
    if (signal.aborted) throw new Cancelled();
    if (journey.signIn?.usesToken) journey.token ??= await journey.signIn.token(signal);

    let sentAt = 0;
    let answer: WireAnswer;
    try {
      answer = await limiter.run(
        () => {
          sentAt = options.runtime.clock.now();
          return this.#send(journey);
        },
        { signal, priority: options.priority ?? 0, meter: this.#shared.meter },
      );
    } catch (error) {
      if (error instanceof Unreachable && error.transient) return this.#tryLater(journey, error);
      throw error;
    }
    const { status } = answer;
    const accepted = request.accept?.includes(status) ?? false;
    if (!accepted && status >= 300 && status < 400 && this.#follow(journey, answer)) return null;
    const parsed = parseBody(request, answer, options);
    const feedback = options.budgetFeedback?.(answer.headers, options.runtime.clock.now(), parsed.raw);
    if (feedback !== undefined) {
      limiter.feedback(feedback, options.vendorName);
      this.#shared.quota = feedback;
    }
    const expected = status >= 200 && status < 300 && !(parsed.body instanceof Malformed);
    if (accepted || expected) {
      limiter.passed(sentAt);
      if (journey.token !== undefined && status !== 401) journey.signIn?.accepted(journey.token);
      // A status that the caller asked to see comes with whatever body it has.
      return { status, headers: answer.headers, body: expected ? parsed.body : parsed.raw, url: journey.url.href };
    }
    if (status === 401 && (await this.#renew(journey))) return null;

    const failure: HttpFailure = {
      status,
      headers: answer.headers,
      body: parsed.raw,
      method: journey.method,
      url: journey.url.href,
      signedIn: journey.signIn !== undefined,
    };
    const explained = this.#explain?.(failure);
    const error =
      explained ?? (parsed.body instanceof Malformed && status < 300 ? parsed.body : answerFailure(failure, options));
    if (error instanceof RateLimited) {
      stats.throttled += 1;
      return this.#throttled(journey, answer, error, sentAt, feedback);
    }
    if (error instanceof VendorFault) {
      return this.#tryLater(journey, error, retryAfterMs(answer.headers, options.runtime.clock.now()));
    }
    throw error;
  }

  async #send(journey: Journey): Promise<WireAnswer> {
    const { options, stats, transport } = this.#shared;
    const { clock } = options.runtime;
    const { request } = journey;
    const body = encodeBody(request);
    const answer = transport.send({
      method: journey.method,
      url: journey.url,
      headers: {
        accept: request.expect === 'text' ? '*/*' : 'application/json',
        ...(body === undefined ? {} : { 'content-type': body.type }),
        ...lowerCase(journey.signIn?.headers(journey.token) ?? {}),
        ...lowerCase(request.headers ?? {}),
      },
      body: body?.text,
      timeoutMs: request.timeoutMs ?? options.timeoutMs ?? 60_000,
      signal: journey.signal,
    });
    stats.requests += 1;
    stats.bytesSent += body === undefined ? 0 : Buffer.byteLength(body.text);
    const { status, headers, bytes } = await answer;
    stats.bytesReceived += bytes;
    stats.answers[status] = (stats.answers[status] ?? 0) + 1;
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) this.#shared.vendorClock = { date, at: clock.monotonic() };
    this.#shared.requestId = requestIdOf(headers);
    return answer;
  }

  /** Follows within the same origin, and only where nothing can be done twice. Throws UntrustedHost for any other origin. */
  #follow(journey: Journey, answer: WireAnswer): boolean {
    const { location } = answer.headers;
    if (location === undefined) return false;
    const target = this.#shared.origins.redirect(journey.url, location);
    if (journey.method !== 'GET' || journey.redirects >= longestRedirects) return false;
    journey.redirects += 1;
    journey.url = target;
    return true;
  }

  /** After a 401: true when there is another token to try, which happens once per request. */
  async #renew(journey: Journey): Promise<boolean> {
    if (journey.token === undefined || journey.renewed || journey.signIn === undefined) return false;
    journey.renewed = true;
    const token = await journey.signIn.renew(journey.token, journey.signal);
    if (token === undefined) return false;
    journey.token = token;
    return true;
  }

  /**
   * The vendor asks for fewer requests: the whole budget waits, then this request is sent again. A write is, too: limits
   * are counted before a request is looked at, so nothing was done; unless a gateway's web page says so,
   * which may have come after the vendor took the request.
   */
  async #throttled(
    journey: Journey,
    answer: WireAnswer,
    error: RateLimited,
    sentAt: number,
    feedback: BudgetFeedback | undefined,
  ): Promise<null> {
    const { vendorName, runtime } = this.#shared.options;
    const now = runtime.clock.now();
    const asked = retryAfterMs(answer.headers, now);
    const named = error.until > now ? error.until : feedback?.remaining === 0 ? feedback.resetAt : undefined;
    const until = journey.limiter.throttled(
      sentAt,
      asked === undefined ? named : now + asked,
      `${vendorName} asked us to wait`,
    );
    journey.throttledMs += until - now;
    const clean = journey.idempotent || !looksLikeHtml(answer.text);
    if (clean && journey.throttledMs <= longestThrottleMs) return null;
    const { reason, fix, detail } = error;
    throw new RateLimited(until, detail === undefined ? { reason, fix } : { reason, fix, detail }, {
      status: answer.status,
    });
  }

  /** A transient failure: waits and lets it be sent again, or throws it. */
  async #tryLater(journey: Journey, error: ConnectorError, askedMs?: number): Promise<null> {
    const { options, stats, meter } = this.#shared;
    const { clock, random } = options.runtime;
    journey.failures += 1;
    if (!journey.idempotent || journey.failures >= (options.tries ?? defaultTries)) throw error;
    const ms = Math.max(backoffMs(journey.failures, random), askedMs ?? 0);
    journey.throttledMs += askedMs ?? 0;
    if (journey.throttledMs > longestThrottleMs) throw error;
    stats.retries += 1;
    const end = meter.begin(clock.now() + ms, `${options.vendorName} failed; trying again`);
    try {
      await clock.sleep(ms, journey.signal);
    } finally {
      end();
    }
    return null;
  }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
