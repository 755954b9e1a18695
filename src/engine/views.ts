/** Puts together what a snapshot says of one integration. Pure. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { RecordType } from '../portal/records/index.ts';
import { isRecordType } from '../portal/records/names.ts';
import type { RunStatus } from '../portal/run.ts';
import type { Stored } from './integrations.ts';
import type { IntegrationStatus, IntegrationView, RunProgress } from './snapshot.ts';

export interface LiveFacts {
  readonly run: RunProgress | null;
  readonly nextSync: number | null;
  readonly records: Partial<Record<RecordType, number>>;
  readonly issues: number;
  readonly leftOut: number;
  readonly outbox: IntegrationView['outbox'];
  readonly credentials: Readonly<Record<string, string>>;
  readonly recentRuns: readonly RunStatus[];
}

export function viewOf(entry: CatalogueEntry, stored: Stored | null, live: LiveFacts): IntegrationView {
  const configured = Object.keys(stored?.credentials ?? {}).length > 0;
  return {
    id: entry.id,
    name: entry.name,
    summary: entry.summary,
    family: entry.family,
    available: entry.load !== undefined,
    configured,
    enabled: stored?.enabled ?? false,
    status: statusOf(stored, configured, live.run),
    error: stored?.last.error == null ? null : { ...withoutUndefined(stored.last.error) },
    lastSync: stored?.last.lastSync ?? null,
    nextSync: live.nextSync === null ? null : new Date(live.nextSync).toISOString(),
    failures: stored?.last.failures ?? 0,
    records: live.records,
    issues: live.issues,
    leftOut: live.leftOut,
    outbox: live.outbox,
    types: (stored?.settings.types ?? []).filter(isRecordType),
    intervalMinutes: stored?.settings.intervalMinutes ?? 15,
    sync: syncOf(stored?.settings),
    options: { ...stored?.options },
    credentials: live.credentials,
    run: live.run,
    recentRuns: live.recentRuns,
  };
}

function syncOf(settings: Stored['settings'] | undefined): IntegrationView['sync'] {
  const { conflicts, readOnly, blanksErase, mapping } = settings ?? {};
  return {
    ...(conflicts === undefined ? {} : { conflicts }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(blanksErase === undefined ? {} : { blanksErase }),
    ...(mapping === undefined ? {} : { mapping }),
  };
}

/** Waiting in the queue is not yet syncing: nothing is under way. */
function statusOf(stored: Stored | null, configured: boolean, run: RunProgress | null): IntegrationStatus {
  if (run !== null && run.phase !== 'waiting') return 'syncing';
  if (stored === null || !configured) return 'disconnected';
  return stored.last.status;
}

function withoutUndefined({ code, cause, fix, detail }: NonNullable<Stored['last']['error']>) {
  return { code, cause, fix, ...(detail === undefined ? {} : { detail }) };
}
