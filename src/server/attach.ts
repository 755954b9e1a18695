/** Finds the process that runs the engine on a data folder, and attaches to it. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { Engine } from '../engine/engine.ts';
import type { Notice } from '../engine/snapshot.ts';
import { type Endpoint, readEndpoint } from './endpoint.ts';
import { NoAnswer, VersionSkew } from './errors.ts';
import { LineChannel } from './line-channel.ts';
import { type Greeting, type Hello, protocol, type Welcome } from './protocol.ts';
import { remoteEngine } from './remote-engine.ts';

export interface AttachOptions {
  /** `Paths.endpoint`. */
  readonly endpointFile: string;
  /** The program's version. */
  readonly program: string;
  /** Who acts: `user@terminal/pid`. */
  readonly who: string;
  readonly catalogue: readonly CatalogueEntry[];
  /** How long the other process may take to answer, milliseconds. */
  readonly patience?: number;
}

export interface Attached {
  readonly engine: Engine;
  readonly pid: number;
  /** The other program's version. */
  readonly program: string;
}

/**
 * Null: nobody listens.
 * @throws VersionSkew the two programs speak different protocols
 * @throws NoAnswer a process listens, but does not answer (it may be stopped) or refuses
 */
export async function attach(options: AttachOptions): Promise<Attached | null> {
  const endpoint = readEndpoint(options.endpointFile);
  if (endpoint === null) return null;
  const socket = await reach(endpoint);
  if (socket === null) return null;
  const channel = new LineChannel(socket);
  try {
    return await introduce(channel, endpoint, options);
  } catch (error) {
    channel.drop();
    throw error;
  }
}

async function introduce(channel: LineChannel, { pid, key }: Endpoint, options: AttachOptions): Promise<Attached> {
  const { program, who, catalogue, patience = 5_000 } = options;
  const greeting = (await answer(channel, pid, patience)) as Greeting;
  if (greeting.protocol !== protocol) throw new VersionSkew(greeting, { program, protocol });
  channel.send({ protocol, program, who, key } satisfies Hello);
  const welcome = (await answer(channel, pid, patience)) as Welcome;
  if ('refused' in welcome) throw new NoAnswer(pid, welcome.refused);
  const notices = greeting.program === program ? [] : [otherVersion(greeting, program)];
  const { snapshot } = welcome;
  return {
    engine: remoteEngine({ channel, pid, snapshot, catalogue, notices }),
    pid,
    program: greeting.program,
  };
}

/** Null when the process that listened is gone. */
async function reach({ socket: path }: Endpoint): Promise<Socket | null> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return null;
    throw error;
  }
}

/** The next message, or the end of patience. */
async function answer(channel: LineChannel, pid: number, patience: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(pid, `it did not answer for ${patience / 1000} s`)), patience);
    void channel.closed.then(() => reject(new NoAnswer(pid, 'it ended the connection')));
  });
  try {
    return await Promise.race([channel.next(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

function otherVersion({ program, pid }: Greeting, own: string): Notice {
  return {
    id: 'other-version',
    level: 'warning',
    text: `Process ${pid} runs the syncs with msportal ${program}; this is ${own}. Restart the older one.`,
  };
}
