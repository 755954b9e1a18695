import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { PortalReader } from '../portal/portal.ts';
import type { Integrations } from './integrations.ts';
import { issueCounts } from './issue-counts.ts';
import type { MaskedCredentials } from './masked-credentials.ts';
import type { Notice, Snapshot } from './snapshot.ts';
import type { Syncing } from './syncing.ts';
import { viewOf } from './views.ts';

export interface SnapshotParts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly integrations: Integrations;
  readonly reader: PortalReader;
  readonly syncing: Syncing;
  readonly masked: MaskedCredentials;
  readonly owner: Snapshot['owner'];
  readonly notices: () => readonly Notice[];
}

/** How everything stands at this moment. */
export function snapshotOf(revision: number, parts: SnapshotParts): Snapshot {
  const { catalogue, integrations, reader, syncing, masked, owner, notices } = parts;
  const sums = reader.issueSums();
  return {
    revision,
    integrations: catalogue.map((entry) => {
      const { id } = entry;
      const stored = integrations.get(id);
      return viewOf(entry, stored, {
        run: syncing.progress(id),
        nextSync: syncing.nextSync(id),
        records: stored === null ? {} : reader.counts(id),
        ...issueCounts(sums, id),
        outbox: stored === null ? {} : reader.changeCounts(id),
        credentials: masked.of(id),
        recentRuns:
          stored === null
            ? []
            : reader
                .runs({ integration: id, limit: 20 })
                .map(({ status }) => status)
                .reverse(),
      });
    }),
    totals: reader.counts(),
    queue: syncing.queue,
    owner,
    notices: notices(),
  };
}
