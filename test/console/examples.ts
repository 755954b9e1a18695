/** Invented things for the screen to show: a connector, its checks, integrations in every state, a run under way. */
import { z } from 'zod';
import { catalogue } from '../../connectors/index.ts';
import type { Manifest } from '../../src/connector/manifest.ts';
import type { CheckView } from '../../src/engine/engine.ts';
import type { IntegrationView, RunProgress, Snapshot } from '../../src/engine/snapshot.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import { noCounters } from '../../src/portal/run.ts';

export const now = Date.parse('2026-03-01T12:00:00Z');
export const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();

export const manifest: Manifest = {
  id: 'halo-psa',
  name: 'Halo PSA',
  summary: 'full ticketing, company and user sync',
  family: 'psa',
  credentials: [
    {
      key: 'address',
      label: 'Resource Server',
      secret: false,
      required: true,
      schema: z
        .string()
        .trim()
        .regex(/^https:\/\/[^ ]+$/, 'Enter the whole address, beginning with https://'),
      example: 'https://acme.psa.example',
      where: 'Configuration > Integrations > API',
    },
    {
      key: 'clientId',
      label: 'Client ID',
      secret: false,
      required: true,
      schema: z.string().trim().min(4, 'A Client ID is longer than this.'),
      example: 'client-0001',
      where: 'The application, after saving',
    },
    {
      key: 'clientSecret',
      label: 'Client Secret',
      secret: true,
      required: true,
      schema: z.string().trim().min(8, 'A Client Secret is longer than this.'),
      example: 'not-a-real-secret',
      where: 'Shown once, when the application is saved',
    },
    {
      key: 'tenant',
      label: 'Tenant',
      secret: false,
      required: false,
      schema: z.string(),
      example: 'acme',
      where: 'API Details',
      advanced: true,
    },
  ],
  options: [
    {
      kind: 'choices',
      key: 'ticketTypes',
      label: 'Ticket types',
      help: 'Only tickets of these types are imported. None chosen: all.',
      fallback: [],
      choices: 'vendor',
    },
    { kind: 'boolean', key: 'inactive', label: 'Inactive companies', help: 'Imports those too.', fallback: true },
    {
      kind: 'integer',
      key: 'days',
      label: 'Closed tickets',
      help: 'Of the last days.',
      fallback: 30,
      min: 0,
      max: 365,
      unit: 'days',
    },
  ],
  recordTypes: [
    {
      type: 'companies',
      direction: 'pull',
      vendorName: 'Clients',
      changes: 'modified-since',
      permission: 'read:customers',
    },
    {
      type: 'contacts',
      direction: 'pull',
      vendorName: 'Users',
      changes: 'modified-since',
      permission: 'read:customers',
    },
    { type: 'users', direction: 'pull', vendorName: 'Agents', changes: 'compare', permission: 'all' },
    {
      type: 'tickets',
      direction: 'pull',
      vendorName: 'Tickets',
      changes: 'modified-since',
      permission: 'read:tickets',
    },
  ],
  budgets: [{ name: 'all', concurrency: 2, intervalCap: 100, intervalMs: 60_000 }],
};

export const guide = `# Halo PSA

Make an API application first.

## Credentials

### address

Open Configuration, then Integrations, and copy the Resource Server.

### clientId

Save the application; its ID is shown then.

### clientSecret

Shown once only, when the application is saved.
`;

export const passing: readonly CheckView[] = ['Reaches the server', 'Signs in', 'Reads tickets'].map(
  (label, index) => ({
    id: `check-${index}`,
    label,
    status: 'passed',
    ms: 12 + index,
    detail: null,
    cause: null,
    fix: null,
  }),
);

export function failing(change: Partial<CheckView>): readonly CheckView[] {
  return passing.map((check, index) =>
    index === 1
      ? {
          ...check,
          status: 'failed',
          cause: 'The client ID or secret is not accepted.',
          fix: 'Copy both again.',
          ...change,
        }
      : check,
  );
}

export function integration(id: string, change: Partial<IntegrationView> = {}): IntegrationView {
  const entry = catalogue.find((candidate) => candidate.id === id)!;
  return {
    id,
    name: entry.name,
    summary: entry.summary,
    family: entry.family,
    available: true,
    configured: true,
    enabled: true,
    status: 'connected',
    error: null,
    lastSync: at(-4),
    nextSync: at(11),
    failures: 0,
    records: { companies: 240, contacts: 1180, users: 12, tickets: 10908 },
    issues: 3,
    leftOut: 0,
    outbox: {},
    types: ['companies', 'contacts', 'users', 'tickets'],
    intervalMinutes: 15,
    sync: {},
    options: {},
    credentials: { address: 'https://acme.psa.example', clientId: 'client-0001', clientSecret: '…9f3a' },
    run: null,
    recentRuns: ['succeeded', 'succeeded', 'failed', 'succeeded'],
    ...change,
  };
}

export const fresh = (id: string): IntegrationView =>
  integration(id, {
    configured: false,
    enabled: false,
    status: 'disconnected',
    lastSync: null,
    nextSync: null,
    records: {},
    issues: 0,
    types: [],
    credentials: {},
    recentRuns: [],
  });

export const coming = (id: string): IntegrationView => ({ ...fresh(id), available: false });

export function progress(change: Partial<RunProgress> = {}): RunProgress {
  const done = { ...noCounters(), state: 'done' as const };
  return {
    runId: 'run-1',
    trigger: 'manual',
    phase: 'running',
    startedAt: at(-1),
    type: 'tickets',
    types: {
      companies: { ...done, read: 240, created: 12, updated: 3, unchanged: 225, total: 240 },
      contacts: { ...done, read: 1180, held: 2, unchanged: 1178, total: 1180 },
      users: { ...done, read: 12, unchanged: 12, total: null },
      tickets: { ...noCounters(), read: 4200, created: 4200, state: 'running', total: 20_000 },
    },
    requests: 61,
    waiting: null,
    rate: 340,
    remainingMs: 47_000,
    ...change,
  };
}

/** As if no record were in two integrations. */
function totalsOf(views: readonly IntegrationView[]): Snapshot['totals'] {
  const totals: Partial<Record<RecordType, number>> = {};
  for (const [type, count] of views.flatMap(({ records }) => Object.entries(records) as [RecordType, number][])) {
    totals[type] = (totals[type] ?? 0) + count;
  }
  return totals;
}

export function snapshotOf(views: readonly IntegrationView[], change: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: 1,
    integrations: catalogue.map(({ id }) => views.find((view) => view.id === id) ?? coming(id)),
    totals: totalsOf(views),
    queue: { running: 0, waiting: 0, order: [] },
    owner: { access: 'own', pid: 4242, host: 'console.example', since: at(-60) },
    notices: [],
    ...change,
  };
}
