/** Calls over a channel, by birpc. */
import { type BirpcReturn, createBirpc } from 'birpc';
import { RemoteError, toWire, type WireError } from './errors.ts';
import type { LineChannel } from './line-channel.ts';

/** `Theirs` can be called here, `own` can be called from there. A message that makes no sense ends the connection. */
export function openRpc<Theirs extends object, Own extends object>(
  channel: LineChannel,
  own: Own,
): BirpcReturn<Theirs, Own> {
  return createBirpc<Theirs, Own>(own, {
    post: (message) => channel.send(message),
    on: (receive) =>
      channel.listen((message) => {
        // Typed as if it answered nothing; it is async, and rejects for what is no message of ours.
        Promise.resolve(receive(message)).catch(() => channel.drop());
      }),
    serialize: (message: { e?: unknown }) => (message.e === undefined ? message : { ...message, e: toWire(message.e) }),
    deserialize: (message: { e?: WireError }) =>
      message.e === undefined ? message : { ...message, e: new RemoteError(message.e) },
    // Only what is offered can be called, and nothing that every object inherits.
    resolver: (name, found) => (Object.hasOwn(own, name) ? found : undefined),
    bind: 'functions',
    // A sync takes as long as it takes; a peer that is gone is known by its socket.
    timeout: -1,
  });
}
