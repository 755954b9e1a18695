/** Autotask answers a write with an id only: what became of it is read afterwards. */
import { Cancelled, ConnectorError, VendorFault } from '../../src/connector/errors.ts';

/**
 * Reads what was written. Whatever goes wrong here does not undo the write: it is told as "perhaps done", so that the engine
 * looks, and never as a refusal.
 * @throws VendorFault also for null: a new row may take a moment to show
 */
export async function readBack<T>(what: string, read: () => Promise<T | null>): Promise<T> {
  const found = await read().catch((error: unknown) => {
    if (!(error instanceof ConnectorError) || error instanceof Cancelled) throw error;
    throw notShown(what, error);
  });
  if (found === null) throw notShown(what);
  return found;
}

function notShown(what: string, cause?: ConnectorError): VendorFault {
  const reason = `Autotask took ${what}, but does not show it yet.${cause === undefined ? '' : ` ${cause.reason}`}`;
  return new VendorFault({ reason, fix: 'Nothing to do: the next sync looks for it.' }, { cause });
}
