/** One client of the engine: its calls, and the snapshot as far as it has taken it. */
import type { Engine } from '../engine/engine.ts';
import type { LineChannel } from './line-channel.ts';
import {
  type ClientFunctions,
  type PlainMethods,
  plainMethods,
  type ServerFunctions,
  type Welcome,
} from './protocol.ts';
import { openRpc } from './rpc.ts';
import { patchBetween, type SnapshotPatch } from './snapshot-patch.ts';

/** Serves a client that was let in, from the snapshot it was welcomed with, until its connection ends. */
export function serveClient(channel: LineChannel, engine: Engine): void {
  const calls = new Map<number, AbortController>();
  const abortable = async <T>(call: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const abort = new AbortController();
    calls.set(call, abort);
    try {
      return await work(abort.signal);
    } finally {
      calls.delete(call);
    }
  };
  const plain = Object.fromEntries(plainMethods.map((name) => [name, engine[name].bind(engine)]));
  const rpc = openRpc<ClientFunctions, ServerFunctions>(channel, {
    ...(plain as unknown as PlainMethods),
    test: (call, input) =>
      abortable(call, (signal) => engine.test(input, (checks) => void rpc.told.asEvent(call, checks), signal)),
    choices: (call, input, optionKey) => abortable(call, (signal) => engine.choices(input, optionKey, signal)),
    preview: (call, input) =>
      abortable(call, (signal) => engine.preview(input, (now) => void rpc.told.asEvent(call, now), signal)),
    abort: (call) => calls.get(call)?.abort(),
  });
  const stop = sendChanges(channel, engine, (patch) => rpc.changed.asEvent(patch));
  void channel.closed.then(() => {
    stop();
    rpc.$close();
    // Tests, previews and forms end with whoever looked at them; a sync that was asked for goes on.
    for (const abort of calls.values()) abort.abort();
  });
}

/**
 * At most one difference is on its way: a client that reads slowly, or not at all, costs one message and skips what was in
 * between. Returns what ends it.
 */
function sendChanges(channel: LineChannel, engine: Engine, post: (patch: SnapshotPatch) => Promise<void>): () => void {
  let sent = engine.getSnapshot();
  let underWay = false;
  channel.send({ snapshot: sent } satisfies Welcome);
  const send = async () => {
    if (underWay) return;
    underWay = true;
    for (let next = engine.getSnapshot(); next.revision !== sent.revision; next = engine.getSnapshot()) {
      const patch = patchBetween(sent, next);
      sent = next;
      await post(patch);
      await channel.taken();
    }
    underWay = false;
  };
  return engine.subscribe(() => void send());
}
