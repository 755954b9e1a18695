/** One request on the wire through got: agents, proxy, trust, time limits, size limit, recording. No retry, no sign-in. */
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import tls from 'node:tls';
import got, { RequestError, type Response } from 'got';
import type { Clock } from './clock.ts';
import { Cancelled, Malformed } from './errors.ts';
import type { Exchange, HarRecorder } from './har.ts';
import { unreachable } from './network-failures.ts';
import { isLoopback } from './origins.ts';

export interface TransportOptions {
  readonly vendorName: string;
  readonly userAgent: string;
  /** Trusted beside the usual authorities: PEM text. */
  readonly caFile?: string | undefined;
  /** HTTPS_PROXY and NO_PROXY are read from here. */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly har?: HarRecorder | undefined;
  readonly maxResponseBytes: number;
  /** Name resolution other than the system's. */
  readonly lookup?: LookupFunction | undefined;
}

export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface WireAnswer {
  readonly status: number;
  /** Lower-case names; repeated ones joined with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** Body bytes as they came, before decompression where the server tells. */
  readonly bytes: number;
}

export class Transport {
  readonly #options: TransportOptions;
  readonly #direct: { http: http.Agent; https: https.Agent };
  readonly #outward: { https: https.Agent };

  constructor(options: TransportOptions) {
    this.#options = options;
    const trust = {
      keepAlive: true,
      // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment cannot switch verification off.
      rejectUnauthorized: true,
      ...(options.caFile === undefined ? {} : { ca: [...tls.getCACertificates('default'), options.caFile] }),
    };
    this.#direct = { http: new http.Agent({ keepAlive: true }), https: new https.Agent(trust) };
    // got ignores HTTPS_PROXY; an agent with proxyEnv does not.
    this.#outward = { https: new https.Agent({ ...trust, proxyEnv: options.env }) };
  }

  /** Throws Unreachable, Malformed (too large) or Cancelled; any HTTP status is an answer. */
  async send(request: WireRequest): Promise<WireAnswer> {
    const { clock, har } = this.#options;
    const startedAt = clock.now();
    const started = clock.monotonic();
    const record = (answer: Exchange['answer']) =>
      har?.record({
        startedAt,
        durationMs: Math.round(clock.monotonic() - started),
        method: request.method,
        url: request.url.href,
        requestHeaders: request.headers,
        requestBody: request.body,
        answer,
      });
    try {
      const { response, body, bytes } = await this.#exchange(request);
      const headers = joinHeaders(response.headers);
      const text = decode(body, headers['content-type']);
      record({
        status: response.statusCode,
        statusText: response.statusMessage ?? '',
        httpVersion: `HTTP/${response.httpVersion}`,
        headers,
        body: text,
        phases: { ...response.timings?.phases },
      });
      return { status: response.statusCode, headers, text, bytes };
    } catch (error) {
      record({ error: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  close(): void {
    for (const agent of [this.#direct.http, this.#direct.https, this.#outward.https]) agent.destroy();
  }

  async #exchange(request: WireRequest): Promise<{ response: Response; body: Buffer; bytes: number }> {
    const { vendorName, maxResponseBytes, lookup } = this.#options;
    const { url, timeoutMs, signal } = request;
    if (signal.aborted) throw new Cancelled();
    let issuer: string | undefined;
    const stream = got.stream(url, {
      method: request.method as 'GET',
      headers: { 'user-agent': this.#options.userAgent, ...request.headers },
      // Without a body, got waits for one to be piped into anything but a GET.
      ...(request.method === 'GET' ? {} : { body: request.body ?? '' }),
      agent: isLoopback(url.hostname) ? this.#direct : this.#outward,
      retry: { limit: 0 },
      throwHttpErrors: false,
      followRedirect: false,
      decompress: true,
      signal,
      ...(lookup === undefined ? {} : { dnsLookup: lookup as never }),
      timeout: {
        lookup: Math.min(10_000, timeoutMs),
        connect: Math.min(10_000, timeoutMs),
        secureConnect: Math.min(10_000, timeoutMs),
        send: timeoutMs,
        response: timeoutMs,
        request: 2 * timeoutMs,
      },
    });
    // The only moment at which a certificate that is about to be refused can still be read.
    stream.on('request', (outgoing: http.ClientRequest) =>
      outgoing.once('socket', (socket) => {
        if (!(socket instanceof tls.TLSSocket)) return;
        socket.prependOnceListener('secure', () => {
          const { O, CN } = socket.getPeerCertificate()?.issuer ?? {};
          issuer = [CN, O].flat().find((name) => typeof name === 'string');
        });
      }),
    );
    let response: Response | undefined;
    stream.once('response', (incoming: Response) => {
      response = incoming;
    });
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > maxResponseBytes) throw tooLarge(vendorName, maxResponseBytes);
        chunks.push(chunk);
      }
      if (response === undefined) throw new Error('no answer');
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (error instanceof Malformed) throw error;
      if (error instanceof RequestError && /^Z_|^ERR__ERROR|BROTLI|ZSTD/.test(error.code))
        throw undecodable(vendorName, error);
      throw unreachable(error, { vendorName, url, proxy: proxyOf(url, this.#options.env), issuer, timeoutMs });
    } finally {
      stream.destroy();
    }
    const announced = Number(response.headers['content-length']);
    return { response, body: Buffer.concat(chunks), bytes: Number.isFinite(announced) ? announced : size };
  }
}

function tooLarge(vendorName: string, limit: number): Malformed {
  return new Malformed({
    reason: `${vendorName} sent more than ${Math.round(limit / 1_000_000)} MB in one answer, so reading was stopped.`,
    fix: 'Check that the address is the one of the API. If it is, please report this with a HAR file.',
  });
}

function undecodable(vendorName: string, cause: unknown): Malformed {
  return new Malformed(
    {
      reason: `The compressed answer of ${vendorName} cannot be unpacked.`,
      fix: 'A proxy in between may damage it. If it stays so, please report this with a HAR file.',
    },
    { cause },
  );
}

function joinHeaders(headers: http.IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function decode(body: Buffer, contentType = ''): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

/** The proxy the variables name for this address, for wording only: Node decides (and honours NO_PROXY) itself. */
function proxyOf(url: URL, env: NodeJS.ProcessEnv): URL | null {
  const named = env.https_proxy ?? env.HTTPS_PROXY;
  return !named || isLoopback(url.hostname) || !URL.canParse(named) ? null : new URL(named);
}
