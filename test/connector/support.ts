import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createHttp } from '../../src/connector/client.ts';
import type { Clock } from '../../src/connector/clock.ts';
import { Cancelled } from '../../src/connector/errors.ts';
import type { HttpOptions } from '../../src/connector/http-options.ts';
import { Runtime } from '../../src/connector/runtime.ts';
import { createRedactor } from '../../src/text/redact.ts';

/** Made for these tests, valid for 100 years, for vendor.example, localhost and 127.0.0.1; trusted nowhere. */
export const certificate = readFileSync(new URL('./certificates/vendor.cert.pem', import.meta.url), 'utf8');
const key = readFileSync(new URL('./certificates/vendor.key.pem', import.meta.url), 'utf8');

export interface Seen {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

type Handler = (seen: Seen, response: http.ServerResponse) => void;

/** A vendor on a free loopback port that answers with `handler` and remembers what it was asked. */
export async function vendor(handler: Handler, options: { tls?: boolean } = {}) {
  const seen: Seen[] = [];
  const listener: http.RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      handler(one, response);
    });
  };
  const server = options.tls ? https.createServer({ cert: certificate, key }, listener) : http.createServer(listener);
  const port = await listen(server);
  return { port, seen, url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}` };
}

/** Starts on a free loopback port; closed with the test. */
export async function listen(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

export function json(
  response: http.ServerResponse,
  body: unknown,
  status = 200,
  headers: http.OutgoingHttpHeaders = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Time passes only where somebody sleeps, and then at once. */
export class TestClock implements Clock {
  readonly slept: number[] = [];
  #now = Date.UTC(2026, 0, 5, 12);
  now = () => this.#now;
  monotonic = () => this.#now;
  advance(ms: number): void {
    this.#now += ms;
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new Cancelled();
    this.slept.push(ms);
    this.#now += ms;
  }
}

/** A client of that vendor, with nothing to wait for unless a test says so. */
export function client(baseUrl: string, given: Partial<HttpOptions> & { clock?: Clock } = {}) {
  const { clock = new TestClock(), ...overrides } = given;
  const runtime = new Runtime({ clock, random: () => 0 });
  const redactor = createRedactor();
  const http = createHttp({
    vendorName: 'Vendor',
    baseUrl,
    budgets: [{ name: 'all', concurrency: 4, intervalCap: 1_000, intervalMs: 1_000 }],
    runtime,
    tokens: runtime.credentialState({}).tokens,
    redactor,
    userAgent: 'msportal/test',
    signal: new AbortController().signal,
    ...overrides,
  });
  onTestFinished(() => http.close());
  return Object.assign(http, { redactor, runtime });
}
