/** The HTTP client that every connector is given. Types here; the making of it in the files beside. */
import type { ConnectorError } from './errors.ts';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, or relative to the connection's base URL. Any host but the connection's allowed origins is refused. */
  readonly url: string;
  /** Undefined values are left out; arrays repeat the key. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON body, or a form body, or none. */
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** GET is idempotent by itself; a POST that only reads (a query) says so here and may then be retried. */
  readonly idempotent?: boolean;
  /** Default: the connection's sign-in (set with `Http.withAuth`). `false`: none. */
  readonly auth?: false;
  /** Which of the manifest's budgets pays; default the first. */
  readonly budget?: string;
  /** Statuses given back as answers instead of thrown. */
  readonly accept?: readonly number[];
  /** `json` (default) throws Malformed on anything else; `text` gives the body as it is; `either` parses JSON where the type says so. */
  readonly expect?: 'json' | 'text' | 'either';
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON, or text. Unknown on purpose: validate it with zod. */
  readonly body: unknown;
  readonly url: string;
}

/** An answer of 4xx/5xx (or a body that is not what was expected) before it becomes an error. */
export interface HttpFailure {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed where it is JSON, else text (at most 200 safe characters are ever shown). */
  readonly body: unknown;
  readonly method: string;
  readonly url: string;
  readonly signedIn: boolean;
}

/** Turns the vendor's answer into a typed error in the vendor's own terms; undefined: the general one is used. */
export type Explain = (failure: HttpFailure) => ConnectorError | undefined;

/** Where a bearer token comes from. One fetch serves all concurrent callers; renewed `earlyMs` before it ends, and once after a 401. */
export interface TokenSource {
  /** Part of the cache key beside the connection's credentials, for connections with several tokens (tenants). */
  readonly name?: string;
  fetch(http: Http): Promise<Token>;
  readonly earlyMs?: number;
}
export interface Token {
  readonly value: string;
  /** Seconds from now. */
  readonly expiresIn: number;
  /** What the sign-in said, kept beside the token (granted scopes, account); never secret. */
  readonly about?: Readonly<Record<string, string>>;
}

export type Auth =
  | { readonly kind: 'bearer'; readonly source: TokenSource }
  /** Fixed headers (API keys, basic). Values are secrets. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> };

export interface HttpStats {
  requests: number;
  bytesReceived: number;
  bytesSent: number;
  /** Milliseconds spent waiting for a budget or because the vendor asked. */
  waitedMs: number;
  throttled: number;
  retries: number;
  /** How many answers had which status. */
  readonly answers: Record<number, number>;
}

export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The same connection with a sign-in. Tokens are cached per connection, not per call. */
  withAuth(auth: Auth): Http;
  /** The same connection with the vendor's way of explaining failures. */
  withExplain(explain: Explain): Http;
  /** The token in force (fetched when there is none): for checks that look at granted scopes. */
  token(): Promise<Token>;
  /** The next request signs in anew: where a token keeps the rights of the moment it was issued, and these may have changed. */
  renewToken(): void;
  /** The vendor's clock now, from its Date header and the time since; null before any answer. */
  vendorNow(): Date | null;
  /** The vendor's own name for the newest request, for its support; null where its answers carry none. */
  requestId(): string | null;
  /** True when requests to this URL's origin are allowed (named by the operator or confirmed). */
  allows(url: string): boolean;
  readonly stats: Readonly<HttpStats>;
}
