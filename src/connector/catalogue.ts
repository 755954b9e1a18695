import type { Connector } from './contract.ts';
import type { Family } from './manifest.ts';

/** One line of the catalogue: enough to list an integration before its connector is loaded. */
export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly family: Family;
  /** Absent: the connector does not exist yet; the integration is listed as "coming". */
  readonly load?: () => Promise<Connector>;
}
