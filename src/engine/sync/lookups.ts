/** The vendor's lists that the portal keeps for forms and tables of values, and how a run brings them up to date. */
import type { Connection, Lookups } from '../../connector/contract.ts';
import { ConnectorError } from '../../connector/errors.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { SourceItem } from '../../connector/source-item.ts';
import type { Log } from '../../log/log.ts';
import type { Portal } from '../../portal/portal.ts';
import { nameKey } from '../../portal/same.ts';

const everyMs = 86_400_000;
/** So many values without a place in any list are remembered; a vendor with more of them is not asked for its lists any more often. */
const mostVain = 1000;

export interface KeptListsEnvironment {
  readonly integration: string;
  readonly connection: Connection;
  readonly types: readonly RecordTypeSpec[];
  readonly portal: Portal;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Values that reading the lists did not bring (a list may be hidden from us). Of the integration, longer than a run. */
  readonly vain: Set<string>;
}

/**
 * Of one run. Lists are kept only where a form or a table has asked for them once: some vendors need several requests per board.
 * They are read anew once a day, and at once when a row has a value that they lack, but no more than once in a run. That it fails is no
 * failure of the run's.
 */
export class KeptLists {
  readonly #env: KeptListsEnvironment;
  /** By list, as names are compared; null where nobody has asked for any. */
  #known: ReadonlyMap<string, ReadonlySet<unknown>> | null;
  #renewed = false;

  constructor(env: KeptListsEnvironment) {
    this.#env = env;
    const kept = env.connection.lookups === undefined ? null : env.portal.lookups(env.integration);
    this.#known = kept === null ? null : namesOf(kept.lists);
  }

  /** The connection; what it reads is held against the lists before it is handed on. */
  watched(): Connection {
    const { connection, types } = this.#env;
    if (this.#known === null) return connection;
    const look = (type: string, items: readonly SourceItem[]) => {
      const named = Object.entries(types.find((spec) => spec.type === type)?.named ?? {});
      return named.length === 0 ? undefined : this.#look(type, named, items);
    };
    return {
      ...connection,
      async *read(request) {
        for await (const page of connection.read(request)) {
          await look(request.type, page.items);
          yield page;
        }
      },
    };
  }

  /** At the end of a run. */
  async end(): Promise<void> {
    const { portal, integration, now } = this.#env;
    if (this.#known === null || this.#renewed) return;
    const at = portal.lookups(integration)?.at;
    if (at === undefined || now() - Date.parse(at) >= everyMs) await this.#renew();
  }

  async #look(type: string, named: readonly [field: string, list: string][], items: readonly SourceItem[]) {
    for (const item of items) {
      if (item.kind !== 'record') continue;
      const values: Readonly<Record<string, unknown>> = { ...item.record, ...item.unnamed };
      for (const [field, list] of named) {
        const value = values[field];
        if (typeof value !== 'string' || this.#known?.get(list)?.has(nameKey(value)) === true) continue;
        const key = JSON.stringify([type, field, nameKey(value)]);
        const { vain } = this.#env;
        if (vain.has(key) || vain.size >= mostVain) continue;
        if (!this.#renewed) await this.#renew();
        if (this.#known?.get(list)?.has(nameKey(value)) !== true) vain.add(key);
      }
    }
  }

  async #renew(): Promise<void> {
    const { integration, connection, portal, signal, log } = this.#env;
    this.#renewed = true;
    try {
      const lists = await connection.lookups!(signal);
      portal.saveLookups(integration, lists);
      this.#known = namesOf(lists);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      log.warn('the lists of the vendor could not be read', { code: error.code, why: error.reason });
    }
  }
}

function namesOf(lists: Lookups): Map<string, Set<unknown>> {
  return new Map(
    Object.entries(lists).map(([list, values]) => [list, new Set(values.map(({ name }) => nameKey(name)))]),
  );
}
