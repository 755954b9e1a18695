/** The engine's socket: other consoles and commands of the same user act through it on the process that owns the data folder. */
import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { LocalEngine } from '../engine/local-engine.ts';
import { type Endpoint, newKey, removeEndpoint, socketPath, writeEndpoint } from './endpoint.ts';
import { LineChannel } from './line-channel.ts';
import { type Greeting, type Hello, protocol, type Welcome } from './protocol.ts';
import { serveClient } from './session.ts';

export interface EngineServer {
  readonly socket: string;
  /** No new clients; those that are there stay. Before the lock is released, so that a next owner can listen at once. */
  stopAccepting(): void;
  /** Ends the clients that are left, after what was sent to them. */
  close(): Promise<void>;
}

/** The engine, as each client is to have it. */
export type Servable = Pick<LocalEngine, 'actingFor'>;

export interface ServerOptions {
  readonly engine: Servable;
  /** `Paths.endpoint`. */
  readonly endpointFile: string;
  /** The program's version. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A peer that says nothing is let go after so long, milliseconds. */
const patience = 5_000;
const mostClients = 64;

/** The caller holds the lock of the data folder: a socket file that is there is left over. */
export async function listen({ engine, endpointFile, program, env }: ServerOptions): Promise<EngineServer> {
  const endpoint: Endpoint = { pid: process.pid, socket: socketPath(endpointFile, env), key: newKey() };
  const channels = new Set<LineChannel>();
  const server = createServer((socket) => {
    const channel = new LineChannel(socket);
    channels.add(channel);
    void channel.closed.then(() => channels.delete(channel));
    void greet(channel, engine, endpoint, program);
  });
  server.maxConnections = mostClients;
  rmSync(endpoint.socket, { force: true });
  await bind(server, endpoint.socket);
  writeEndpoint(endpointFile, endpoint);
  // The owner lives as long as its command does, not as long as somebody listens.
  server.unref();
  return {
    socket: endpoint.socket,
    stopAccepting() {
      removeEndpoint(endpointFile);
      // Removes the socket's file as well.
      server.close();
    },
    async close() {
      for (const channel of channels) channel.end();
      const all = Promise.all([...channels].map((channel) => channel.closed));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
      for (const channel of channels) channel.drop();
    },
  };
}

/** For the owner's eyes only from the first moment: connecting needs the right to write to the file. */
async function bind(server: Server, path: string): Promise<void> {
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await once(server, 'listening');
  chmodSync(path, 0o600);
}

async function greet(channel: LineChannel, engine: Servable, { pid, key }: Endpoint, program: string): Promise<void> {
  const timer = setTimeout(() => channel.drop(), patience);
  void channel.closed.then(() => clearTimeout(timer));
  channel.send({ protocol, program, pid } satisfies Greeting);
  const hello = Object(await channel.next()) as Partial<Hello>;
  clearTimeout(timer);
  // A client of another protocol has read the greeting and tells its operator itself.
  if (hello.protocol !== protocol || !sameKey(String(hello.key), key)) {
    channel.send({ refused: 'it does not accept this client' } satisfies Welcome);
    channel.end();
    return;
  }
  serveClient(channel, engine.actingFor(plainName(hello.who)));
}

function sameKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** It goes into the log and onto other people's screens. */
const plainName = (who: unknown): string =>
  String(who ?? 'unknown')
    .replace(/[^\w@.:/-]/g, '_')
    .slice(0, 80);
