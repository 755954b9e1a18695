/** A sync that is disturbed between two of its data calls. */
import type { SyncRequest } from '../../src/engine/engine.ts';
import type { HeldCall } from '../../src/simulator/gate.ts';
import type { House } from './house.ts';

export interface Disturbance extends SyncRequest {
  /** So many data calls pass, the next is held back. */
  readonly after: number;
  /** The held call is cut off before the vendor has looked at it. */
  readonly cut?: boolean;
}

/** Does something while a data call is held back; nothing when the sync makes fewer calls. Ends with the sync, however that ends. */
export async function disturbed(
  { engine, id, control }: House,
  { after, cut = false, ...request }: Disturbance,
  meanwhile: (held: HeldCall) => Promise<unknown>,
): Promise<void> {
  await control('hold', { after });
  const run = engine.sync(id, request).catch(() => null);
  // A run that is over holds nothing any more.
  const over = run.then(() => control('release', {}));
  const { held } = await control<{ held: HeldCall | null }>('held');
  try {
    if (held !== null) await meanwhile(held);
  } finally {
    await control('release', { cut });
    await over;
  }
}
