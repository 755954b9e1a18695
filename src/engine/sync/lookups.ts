/** Keeps the vendor's lists in the store, for forms and tables of values. */
import type { Connection } from '../../connector/contract.ts';
import { ConnectorError } from '../../connector/errors.ts';
import type { Log } from '../../log/log.ts';
import type { Portal } from '../../portal/portal.ts';

const everyMs = 86_400_000;

export interface LookupsEnvironment {
  readonly connection: Connection;
  readonly portal: Portal;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/**
 * At the end of a run: at once when a value was met that nobody knew, else once a day, and only where a form or a table has asked
 * for them: some vendors need several requests per board. A failure is none of the run's.
 */
export async function keepLookups(integration: string, env: LookupsEnvironment, unknown: boolean): Promise<void> {
  const { connection, portal, now, signal, log } = env;
  if (connection.lookups === undefined) return;
  const kept = portal.lookups(integration);
  if (!unknown && (kept === null || now() - Date.parse(kept.at) < everyMs)) return;
  try {
    portal.saveLookups(integration, await connection.lookups(signal));
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    log.warn('the lists of the vendor could not be read', { code: error.code, why: error.reason });
  }
}
