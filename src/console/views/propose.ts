import { userInfo } from 'node:os';
import type { Proposal } from '../../engine/outbox-commands.ts';
import type { ConsoleStore } from '../app/store.ts';

/** Puts a change into the outbox, can take it back, and says where it is. Throws InvalidInput. */
export async function propose(store: ConsoleStore, proposal: Proposal & { integration: string }): Promise<string> {
  const { engine } = store;
  const { integration } = proposal;
  const change = await engine.propose({ author: userInfo().username, ...proposal });
  store.undoable('the change', async () => {
    await engine.withdrawChange(change.id);
    return 'The change was taken back; it had not been sent.';
  });
  const name = store.snapshot()?.integrations.find(({ id }) => id === integration)?.name ?? integration;
  return `In the outbox; the next sync sends it to ${name}. u takes it back.`;
}
