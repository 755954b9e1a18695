/** The engine of another process, as if it were here. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import { Cancelled } from '../connector/errors.ts';
import type { Choice, Manifest } from '../connector/manifest.ts';
import type { Engine, TestInput, TestResult } from '../engine/engine.ts';
import type { Preview } from '../engine/preview-commands.ts';
import type { Notice, Snapshot } from '../engine/snapshot.ts';
import { ConnectionLost } from './errors.ts';
import type { LineChannel } from './line-channel.ts';
import { type ClientFunctions, type PlainMethods, plainMethods, type ServerFunctions } from './protocol.ts';
import { openRpc } from './rpc.ts';
import { applyPatch } from './snapshot-patch.ts';

export interface RemoteParts {
  readonly channel: LineChannel;
  readonly pid: number;
  readonly snapshot: Snapshot;
  /** Manifests hold functions, which do not cross: they are this program's own. */
  readonly catalogue: readonly CatalogueEntry[];
  /** What this side has to tell beside what the other does. */
  readonly notices: readonly Notice[];
}

type OnStep = (step: never) => void;

/** How long the other side may take to end the connection, milliseconds. */
const patience = 500;

export function remoteEngine({ channel, pid, snapshot: first, catalogue, notices }: RemoteParts): Engine {
  const listeners = new Set<() => void>();
  const told = new Map<number, OnStep>();
  const lost = new AbortController();
  let lastCall = 0;
  let raw = first;
  let shown = asAttached(raw, notices);

  const rpc = openRpc<ServerFunctions, ClientFunctions>(channel, {
    changed(patch) {
      raw = applyPatch(raw, patch);
      shown = asAttached(raw, notices);
      for (const listener of listeners) listener();
    },
    // Each call is told what its own method tells.
    told: (call, step) => told.get(call)?.(step as never),
  });
  let closing = false;
  void channel.closed.then(() => {
    const error = new ConnectionLost(pid);
    rpc.$close(error);
    if (!closing) lost.abort(error);
  });

  async function ask<T>(method: keyof ServerFunctions, args: readonly unknown[]): Promise<T> {
    if (closing || lost.signal.aborted) throw new ConnectionLost(pid);
    return (await rpc.$call(method, ...(args as never))) as T;
  }

  /** A call that can be stopped from here, and that may tell how far it is. */
  async function abortable<T>(
    method: 'test' | 'choices' | 'preview',
    args: readonly unknown[],
    how: { onStep?: OnStep | undefined; signal?: AbortSignal | undefined },
  ): Promise<T> {
    lastCall += 1;
    const call = lastCall;
    if (how.signal?.aborted) throw new Cancelled();
    const abort = () => void ask('abort', [call]).catch(() => {});
    if (how.onStep !== undefined) told.set(call, how.onStep);
    how.signal?.addEventListener('abort', abort, { once: true });
    try {
      return await ask<T>(method, [call, ...args]);
    } finally {
      told.delete(call);
      how.signal?.removeEventListener('abort', abort);
    }
  }

  const load = async (id: string) => {
    const entry = catalogue.find((each) => each.id === id);
    if (entry?.load === undefined) throw new Error(`There is no connector for ${id} in this version.`);
    return await entry.load();
  };

  const plain = Object.fromEntries(
    plainMethods.map((name) => [name, (...args: unknown[]) => ask(name, args)]),
  ) as unknown as PlainMethods;
  return {
    ...plain,
    lost: lost.signal,
    getSnapshot: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    manifest: async (id): Promise<Manifest> => (await load(id)).manifest,
    guide: async (id) => (await load(id)).guide,
    test: (input: TestInput, onCheck, signal) => abortable<TestResult>('test', [input], { onStep: onCheck, signal }),
    choices: (input, optionKey, signal) => abortable<readonly Choice[]>('choices', [input, optionKey], { signal }),
    preview: (input, onProgress, signal) => abortable<Preview>('preview', [input], { onStep: onProgress, signal }),
    async close() {
      closing = true;
      listeners.clear();
      channel.end();
      await Promise.race([channel.closed, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
      channel.drop();
    },
  };
}

function asAttached(snapshot: Snapshot, notices: readonly Notice[]): Snapshot {
  const { owner } = snapshot;
  return {
    ...snapshot,
    owner: owner === null ? null : { ...owner, access: 'attached' },
    ...(notices.length === 0 ? {} : { notices: [...snapshot.notices, ...notices] }),
  };
}
