/**
 * The HTTP side of a simulator: listeners on 127.0.0.1, routing, limits, faults, strict mode and the journal.
 * What the vendor says is in the routes.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from './clock.ts';
import { answerControl, type Controlled } from './control.ts';
import { type Answer, isData, Refusal, type Route, type SimulatorRequest } from './exchange.ts';
import type { Faults, Wording } from './faults.ts';
import { Gate } from './gate.ts';
import { type Limit, RollingWindow } from './rolling-window.ts';
import { Journal } from './stats.ts';
import { undocumented } from './undocumented.ts';

export interface VendorApi {
  readonly id: string;
  readonly routes: readonly Route[];
  /** Listeners beside `main`: a vendor whose sign-in is on another host. */
  readonly hosts?: readonly string[];
  /** The vendor takes `/api/tickets` and `/API/Tickets` for the same. */
  readonly ignoreCase?: boolean;
  /** Request headers it documents, beyond what every client sends. */
  readonly headers?: readonly string[];
  readonly limit: Limit;
  readonly wording: Wording & {
    notFound(request: SimulatorRequest): Answer;
    undocumented(lines: readonly string[]): Answer;
  };
  /** Asked before every data call; an answer refuses it. */
  readonly authorise?: (request: SimulatorRequest, route: Route) => Answer | undefined;
  readonly faults: Faults;
  readonly controlled: Controlled;
}

export interface ServeOptions {
  readonly port?: number;
  readonly strict?: boolean;
  readonly clock: Clock;
}

export interface SimulatorServer {
  /** By listener; `main` is always there. */
  readonly urls: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const maximumBody = 10_000_000;

/** @throws the listen error (EADDRINUSE) when the port is taken. */
export async function serve(api: VendorApi, options: ServeOptions): Promise<SimulatorServer> {
  const { clock } = options;
  const journal = new Journal();
  const window = new RollingWindow(api.limit);
  const gate = new Gate();
  const routes = api.routes.map((route) => ({ route, pattern: pattern(route.path, api.ignoreCase ?? false) }));
  const urls: Record<string, string> = {};
  const closing = new AbortController();

  const find = (host: string, method: string, path: string) => {
    for (const { route, pattern } of routes) {
      if (route.method !== method || (route.host ?? 'main') !== host) continue;
      const match = pattern.exec(path);
      if (match) return { route, params: { ...match.groups } };
    }
    return null;
  };

  const answer = async (request: SimulatorRequest, route: Route | null): Promise<Answer> => {
    if (route && isData(route) && !(await gate.pass(request))) return { status: 500, broken: 'reset' };
    const struck = api.faults.before(request, route);
    if (struck) return struck;
    if (!route) return api.wording.notFound(request);
    if (isData(route)) {
      const wait = window.admit(request.at);
      if (wait > 0) return api.wording.throttled(wait);
    }
    const unknown = undocumented(request, route, api.headers ?? []);
    journal.undocumented(unknown);
    if (options.strict && unknown.length > 0) return api.wording.undocumented(unknown);
    const refused = isData(route) ? api.authorise?.(request, route) : undefined;
    if (refused) return refused;
    if (route.kind === 'write') journal.write();
    return api.faults.after(await route.handle(request), route);
  };

  const serveOne = async (host: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(incoming.url ?? '/', 'http://simulator.example');
    const method = incoming.method ?? 'GET';
    const text = await readBody(incoming);
    const found = find(host, method, url.pathname);
    const request: SimulatorRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      params: Object.fromEntries(Object.entries(found?.params ?? {}).map(([key, value]) => [key, decode(value)])),
      text,
      host,
      urls,
      at: clock.now(),
      quota: () => ({ used: window.used(clock.now()), ...window.limit }),
    };
    const send = (reply: Answer) => write(response, reply, clock.now(), closing.signal);
    if (url.pathname.startsWith('/__sim/')) {
      await send(await answerControl(request, { api, journal, window, clock, gate }));
      return;
    }
    journal.begin();
    try {
      journal.path(method, found?.route.path ?? url.pathname);
      const reply = await answer(request, found?.route ?? null).catch(refusalOrDefect);
      if (reply.status === 429) journal.throttle();
      await send(reply);
    } finally {
      journal.end();
    }
  };

  const listen = async (host: string, port: number): Promise<Server> => {
    const server = createServer((incoming, response) => {
      serveOne(host, incoming, response).catch(() => response.destroy());
    });
    // Longer than a client keeps an idle connection, so that it is never closed under a request.
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    urls[host] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return server;
  };

  const servers = [await listen('main', options.port ?? 0)];
  for (const host of api.hosts ?? []) servers.push(await listen(host, 0));
  return {
    urls,
    async close() {
      closing.abort();
      gate.release(false);
      await Promise.all(
        servers.map((server) => {
          const closed = new Promise<void>((resolve) => server.close(() => resolve()));
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
}

function refusalOrDefect(error: unknown): Answer {
  if (error instanceof Refusal) return error.answer;
  return { status: 500, body: { error: `Defect of the simulator: ${error instanceof Error ? error.stack : error}` } };
}

function pattern(path: string, ignoreCase: boolean): RegExp {
  const source = path
    .split(/(\{\w+\})/)
    .map((part) =>
      /^\{\w+\}$/.test(part) ? `(?<${part.slice(1, -1)}>[^/]+)` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}/?$`, ignoreCase ? 'i' : '');
}

function decode(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '');
  } catch {
    return value ?? '';
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBody) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function write(response: ServerResponse, answer: Answer, now: number, closing: AbortSignal): Promise<void> {
  if (answer.delayMs) await pause(answer.delayMs, closing);
  if (answer.broken === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const isText = typeof answer.body === 'string';
  const body = Buffer.from(
    isText ? (answer.body as string) : answer.body === undefined ? '' : JSON.stringify(answer.body),
  );
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(answer.status, {
    // Clients take the vendor's time from here: it must be the simulator's.
    date: new Date(now).toUTCString(),
    ...(answer.body === undefined ? {} : { 'content-type': type }),
    'content-length': String(body.length),
    ...answer.headers,
  });
  if (answer.broken === 'truncated') {
    // The head and half of the body must be on their way before the connection is cut.
    await new Promise<void>((resolve) => response.write(body.subarray(0, Math.ceil(body.length / 2)), () => resolve()));
    response.socket?.destroy();
    return;
  }
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(body, resolve);
  });
}

function pause(milliseconds: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    closing.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
