/** A recording of the traffic as HAR 1.2, for support: who said what, without the secrets. */
import writeFileAtomic from 'write-file-atomic';
import type { Redactor } from '../text/redact.ts';

/** One request and its answer, or the error that came instead. */
export interface Exchange {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | undefined;
  readonly answer:
    | {
        readonly status: number;
        readonly statusText: string;
        readonly httpVersion: string;
        readonly headers: Readonly<Record<string, string | undefined>>;
        readonly body: string;
        readonly phases: Readonly<Record<string, number | undefined>>;
      }
    | { readonly error: string };
}

export interface HarRecorder {
  record(exchange: Exchange): void;
  /** Writes the file (mode 0600, whole or not at all). Call it at the end, after a failure too. */
  write(): Promise<void>;
}

const redacted = '[redacted]';
const longestBody = 1_000_000;
const longestTotal = 200_000_000;

/** Compared without case, `-` and `_`. */
const secretNames = new Set(
  'authorization proxyauthorization cookie setcookie clientsecret accesstoken refreshtoken idtoken devicetoken token authtoken apikey apitoken xapikey password passwd pwd secret privatekey integrationcode apiintegrationcode assertion clientassertion signature usertoken onlineprofileurl'.split(
    ' ',
  ),
);
/** In a sign-in form `code` is the authorisation code; in JSON it is mostly an error code, which support needs. */
const secretInForms = new Set([...secretNames, 'code', 'key']);
const secretHeader = /authorization|cookie|secret|token|key|password|integrationcode/i;

export function createHarRecorder(options: { path: string; version: string; redactor: Redactor }): HarRecorder {
  const entries: unknown[] = [];
  let kept = 0;
  return {
    record(exchange) {
      const entry = toEntry(exchange, kept < longestTotal ? longestBody : 0);
      kept += exchange.requestBody?.length ?? 0;
      if ('body' in exchange.answer) kept += Math.min(longestBody, exchange.answer.body.length);
      entries.push(entry);
    },
    async write() {
      const log = { version: '1.2', creator: { name: 'msportal', version: options.version }, entries };
      // Literal redaction waits until now: a secret may have become known after the exchange that carried it.
      const text = JSON.stringify(options.redactor.redactDeep({ log }), null, 1);
      await writeFileAtomic(options.path, `${text}\n`, { mode: 0o600 });
    },
  };
}

function toEntry(exchange: Exchange, limit: number): unknown {
  const url = cleanUrl(exchange.url);
  const type = exchange.requestHeaders['content-type'] ?? '';
  const answer = 'error' in exchange.answer ? null : exchange.answer;
  const phases = answer?.phases ?? {};
  const body = answer === null ? '' : cleanBody(answer.body, answer.headers['content-type'] ?? '');
  return {
    startedDateTime: new Date(exchange.startedAt).toISOString(),
    time: exchange.durationMs,
    request: {
      method: exchange.method,
      url: url.href,
      httpVersion: answer?.httpVersion ?? 'HTTP/1.1',
      cookies: [],
      headers: cleanHeaders(exchange.requestHeaders),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...(exchange.requestBody === undefined
        ? {}
        : { postData: { mimeType: type, text: cut(cleanBody(exchange.requestBody, type), limit) } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(exchange.requestBody ?? ''),
    },
    response: {
      status: answer?.status ?? 0,
      statusText: answer?.statusText ?? '',
      httpVersion: answer?.httpVersion ?? '',
      cookies: [],
      headers: answer === null ? [] : cleanHeaders(answer.headers),
      content: {
        size: Buffer.byteLength(answer?.body ?? ''),
        mimeType: answer?.headers['content-type'] ?? 'x-unknown',
        text: cut(body, limit),
        ...(body.length > limit ? { comment: `cut: ${body.length} characters in all` } : {}),
      },
      redirectURL: answer?.headers.location === undefined ? '' : cleanUrl(answer.headers.location, url).href,
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: {
      blocked: phases.wait ?? -1,
      dns: phases.dns ?? -1,
      connect: phases.tcp ?? -1,
      ssl: phases.tls ?? -1,
      send: phases.request ?? 0,
      wait: phases.firstByte ?? exchange.durationMs,
      receive: phases.download ?? 0,
    },
    ...('error' in exchange.answer ? { _error: exchange.answer.error } : {}),
  };
}

function cleanUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : new URL('about:blank');
  url.username = '';
  url.password = '';
  for (const name of new Set(url.searchParams.keys())) {
    if (secretInForms.has(plain(name))) url.searchParams.set(name, redacted);
  }
  return url;
}

function cleanHeaders(headers: Readonly<Record<string, string | undefined>>): { name: string; value: string }[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (name.toLowerCase() === 'location')
      return [{ name, value: cleanUrl(value, new URL('http://relative.invalid')).href }];
    return [{ name, value: secretHeader.test(name) ? redacted : value }];
  });
}

function cleanBody(text: string, type: string): string {
  if (type.includes('x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    for (const name of new Set(form.keys())) if (secretInForms.has(plain(name))) form.set(name, redacted);
    return form.toString();
  }
  try {
    return JSON.stringify(JSON.parse(text), (key, value: unknown) => (secretNames.has(plain(key)) ? redacted : value));
  } catch {
    return text;
  }
}

function cut(text: string, limit: number): string {
  return text.length > limit ? text.slice(0, limit) : text;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
