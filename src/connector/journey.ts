/** One request on its way: tries, waits, renewed tokens and redirects until there is an answer, or an error that says why not. */
import { answerFailure, looksLikeHtml } from './answer-failures.ts';
import { encodeBody, parseBody } from './bodies.ts';
import type { BudgetFeedback, Limiter } from './budget.ts';
import { Cancelled, type ConnectorError, Malformed, RateLimited, Unreachable, VendorFault } from './errors.ts';
import type { Explain, HttpFailure, HttpRequest, HttpResponse, HttpStats, Token } from './http.ts';
import type { HttpOptions } from './http-options.ts';
import type { Origins } from './origins.ts';
import { requestIdOf } from './request-id.ts';
import { backoffMs, defaultTries, longestThrottleMs, retryAfterMs } from './retry.ts';
import type { SignedIn } from './signed-in.ts';
import type { Transport, WireAnswer } from './transport.ts';
import type { WaitMeter } from './waiting.ts';

/** What all requests of one connection have in common. */
export interface Shared {
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

/** How it is signed and explained; undefined: not at all. */
export interface Manner {
  readonly signIn: SignedIn | undefined;
  readonly explain: Explain | undefined;
}

const longestRedirects = 3;

export class Journey {
  readonly #shared: Shared;
  readonly #request: HttpRequest;
  readonly #method: string;
  readonly #idempotent: boolean;
  readonly #signal: AbortSignal;
  readonly #limiter: Limiter;
  readonly #signIn: SignedIn | undefined;
  readonly #explain: Explain | undefined;
  #url: URL;
  #token: Token | undefined;
  #failures = 0;
  #redirects = 0;
  #throttledMs = 0;
  #renewed = false;

  /** Throws UntrustedHost for an address outside of the connection's. */
  constructor(request: HttpRequest, { signIn, explain }: Manner, shared: Shared) {
    const { options, origins, limiters } = shared;
    const budget = request.budget ?? options.budgets[0].name;
    const limiter = limiters.get(budget);
    if (limiter === undefined) throw new TypeError(`The manifest has no budget named "${budget}".`);
    this.#shared = shared;
    this.#request = request;
    this.#method = request.method ?? 'GET';
    this.#idempotent = request.idempotent ?? this.#method === 'GET';
    this.#signal = request.signal === undefined ? options.signal : AbortSignal.any([options.signal, request.signal]);
    this.#limiter = limiter;
    this.#signIn = request.auth === false ? undefined : signIn;
    this.#explain = explain;
    this.#url = origins.resolve(request);
  }

  async answer(): Promise<HttpResponse> {
    for (;;) {
      const response = await this.#attempt();
      if (response !== null) return response;
    }
  }

  /** Sends once. Null: what stood in the way has been dealt with (waited for, renewed, followed) and it is to be sent again. */
  async #attempt(): Promise<HttpResponse | null> {
    const { options, stats } = this.#shared;
    const { clock } = options.runtime;
    if (this.#signal.aborted) throw new Cancelled();
    if (this.#signIn?.usesToken) this.#token ??= await this.#signIn.token(this.#signal);

    let sentAt = 0;
    let answer: WireAnswer;
    try {
      answer = await this.#limiter.run(
        () => {
          sentAt = clock.now();
          return this.#send();
        },
        { signal: this.#signal, priority: options.priority ?? 0, meter: this.#shared.meter },
      );
    } catch (error) {
      if (error instanceof Unreachable && error.transient) return this.#tryLater(error);
      throw error;
    }
    const { status } = answer;
    const accepted = this.#request.accept?.includes(status) ?? false;
    if (!accepted && status >= 300 && status < 400 && this.#follow(answer)) return null;
    const parsed = parseBody(this.#request, answer, options);
    const feedback = options.budgetFeedback?.(answer.headers, clock.now(), parsed.raw);
    if (feedback !== undefined) {
      this.#limiter.feedback(feedback, options.vendorName);
      this.#shared.quota = feedback;
    }
    const expected = status >= 200 && status < 300 && !(parsed.body instanceof Malformed);
    if (accepted || expected) {
      this.#limiter.passed(sentAt);
      if (this.#token !== undefined && status !== 401) this.#signIn?.accepted(this.#token);
      // A status that the caller asked to see comes with whatever body it has.
      return { status, headers: answer.headers, body: expected ? parsed.body : parsed.raw, url: this.#url.href };
    }
    if (status === 401 && (await this.#renew())) return null;

    const failure: HttpFailure = {
      status,
      headers: answer.headers,
      body: parsed.raw,
      method: this.#method,
      url: this.#url.href,
      signedIn: this.#signIn !== undefined,
    };
    const explained = this.#explain?.(failure);
    const error =
      explained ?? (parsed.body instanceof Malformed && status < 300 ? parsed.body : answerFailure(failure, options));
    if (error instanceof RateLimited) {
      stats.throttled += 1;
      return this.#throttled(answer, error, sentAt, feedback);
    }
    if (error instanceof VendorFault) return this.#tryLater(error, retryAfterMs(answer.headers, clock.now()));
    throw error;
  }

  async #send(): Promise<WireAnswer> {
    const { options, stats, transport } = this.#shared;
    const { clock } = options.runtime;
    const request = this.#request;
    const body = encodeBody(request);
    const answer = transport.send({
      method: this.#method,
      url: this.#url,
      headers: {
        accept: request.expect === 'text' ? '*/*' : 'application/json',
        ...(body === undefined ? {} : { 'content-type': body.type }),
        ...lowerCase(this.#signIn?.headers(this.#token) ?? {}),
        ...lowerCase(request.headers ?? {}),
      },
      body: body?.text,
      timeoutMs: request.timeoutMs ?? options.timeoutMs ?? 60_000,
      signal: this.#signal,
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
  #follow({ headers }: WireAnswer): boolean {
    if (headers.location === undefined) return false;
    const target = this.#shared.origins.redirect(this.#url, headers.location);
    if (this.#method !== 'GET' || this.#redirects >= longestRedirects) return false;
    this.#redirects += 1;
    this.#url = target;
    return true;
  }

  /** After a 401: true when there is another token to try, which happens once per request. */
  async #renew(): Promise<boolean> {
    if (this.#token === undefined || this.#renewed || this.#signIn === undefined) return false;
    this.#renewed = true;
    const token = await this.#signIn.renew(this.#token, this.#signal);
    if (token === undefined) return false;
    this.#token = token;
    return true;
  }

  /**
   * The vendor asks for fewer requests: the whole budget waits, then this request is sent again. A write is, too: limits
   * are counted before a request is looked at, so nothing was done; unless a gateway's web page says so,
   * which may have come after the vendor took the request.
   */
  async #throttled(
    answer: WireAnswer,
    error: RateLimited,
    sentAt: number,
    feedback: BudgetFeedback | undefined,
  ): Promise<null> {
    const { vendorName, runtime } = this.#shared.options;
    const now = runtime.clock.now();
    const asked = retryAfterMs(answer.headers, now);
    const named = error.until > now ? error.until : feedback?.remaining === 0 ? feedback.resetAt : undefined;
    const resumes = asked === undefined ? named : now + asked;
    const until = this.#limiter.throttled(sentAt, resumes, `${vendorName} asked us to wait`);
    this.#throttledMs += until - now;
    const clean = this.#idempotent || !looksLikeHtml(answer.text);
    if (clean && this.#throttledMs <= longestThrottleMs) return null;
    const { reason, fix, detail } = error;
    throw new RateLimited(until, detail === undefined ? { reason, fix } : { reason, fix, detail }, {
      status: answer.status,
    });
  }

  /** A transient failure: waits and lets it be sent again, or throws it. */
  async #tryLater(error: ConnectorError, askedMs?: number): Promise<null> {
    const { options, stats, meter } = this.#shared;
    const { clock, random } = options.runtime;
    this.#failures += 1;
    if (!this.#idempotent || this.#failures >= (options.tries ?? defaultTries)) throw error;
    const ms = Math.max(backoffMs(this.#failures, random), askedMs ?? 0);
    this.#throttledMs += askedMs ?? 0;
    if (this.#throttledMs > longestThrottleMs) throw error;
    stats.retries += 1;
    const end = meter.begin(clock.now() + ms, `${options.vendorName} failed; trying again`);
    try {
      await clock.sleep(ms, this.#signal);
    } finally {
      end();
    }
    return null;
  }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
