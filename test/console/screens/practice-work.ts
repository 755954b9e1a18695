/** What there is to work on in the practice: issues, matches, what a conflict and a missing record look like, and a log. */

import type { Finding } from '../../../src/engine/doctor/finding.ts';
import type { DuplicateGroup } from '../../../src/engine/duplicates/duplicate.ts';
import type { CheckView, LogEntry } from '../../../src/engine/engine.ts';
import type { Story } from '../../../src/engine/explain/story.ts';
import { heldDetail } from '../../../src/engine/sync/unmapped.ts';
import type { SyncIssue } from '../../../src/portal/issue.ts';
import type { GridRow, PendingMatch } from '../../../src/portal/link-commands.ts';
import { at } from '../examples.ts';

const issue = (id: number, more: Pick<SyncIssue, 'reason' | 'label' | 'detail'> & Partial<SyncIssue>): SyncIssue => ({
  id,
  integration: 'halo-psa',
  type: 'tickets',
  externalId: `4830${id}`,
  firstSeen: at(-60),
  lastSeen: at(-4),
  dismissed: false,
  ...more,
});

export const issues: readonly SyncIssue[] = [
  ...[1, 2, 3].map((id) =>
    issue(id, {
      reason: 'unmapped-value',
      label: `4830${id} Order a replacement screen`,
      detail: heldDetail('tickets', { field: 'status', value: 'With Supplier', named: true }),
    }),
  ),
  issue(4, {
    reason: 'company-not-imported',
    label: '48310 Till does not print',
    detail: 'Its company (the id 88 at the vendor) is not in the portal.',
  }),
  issue(5, {
    type: 'contacts',
    reason: 'no-email',
    label: 'Reception desk',
    detail: 'The contact has no e-mail address.',
    firstSeen: at(-3000),
  }),
];

export const findings: readonly Finding[] = [
  {
    id: 'sync:stripe',
    group: 'sync',
    status: 'failed',
    title: 'Stripe syncs',
    detail: null,
    cause: 'Stripe refused the key: it was revoked.',
    fix: 'Make a new restricted key at Stripe, and connect again with it.',
    command: 'msportal connect stripe',
  },
  {
    id: 'clock',
    group: 'network',
    status: 'warning',
    title: 'Clock',
    detail: '94 s behind the vendors',
    cause: 'The clock of this machine is behind.',
    fix: 'Let it be set from a time server.',
  },
  ...(['program', 'files', 'state', 'store', 'records'] as const).map(
    (group): Finding => ({
      id: group,
      group,
      status: 'ok',
      title: group,
      detail: 'as it should be',
      cause: null,
      fix: null,
    }),
  ),
];

export const story: Story = {
  type: 'tickets',
  asked: '48310',
  outcome: 'held',
  answer: 'The ticket 48310 is at Halo PSA and is held back here: its company is not in the portal.',
  fix: 'Import the company, or link it: then the ticket follows by itself.',
  records: [],
  lines: [
    {
      topic: 'reading',
      at: at(-61),
      integration: 'halo-psa',
      text: 'Read for the first time, changed at the vendor by then.',
    },
    {
      topic: 'issue',
      at: at(-60),
      integration: 'halo-psa',
      text: 'Held: its company (the id 88 at the vendor) is not in the portal.',
    },
    { topic: 'run', at: at(-4), integration: 'halo-psa', text: 'Last looked at: nothing has changed.' },
  ],
};

export const twice: readonly DuplicateGroup[] = [
  {
    type: 'companies',
    confidence: 0.95,
    reasons: ['same domain harbour.example', 'same name but for its legal form'],
    records: [
      { id: 'c2', label: 'Harbour Freight', integration: 'halo-psa', externalId: '12' },
      { id: 'c9', label: 'Harbour Freight Ltd', integration: 'stripe', externalId: 'cus_harbour' },
    ],
  },
];

export const pending: readonly PendingMatch[] = [
  {
    integration: 'ninjarmm',
    type: 'companies',
    externalId: '7',
    label: 'Northwind Dental Practice',
    detail: '2 companies in the portal fit it equally well, so none was chosen.',
    hasRow: true,
    unlinked: false,
    candidates: [
      { recordId: 'c1', label: 'Northwind Dental', by: 'similar', confidence: 0.72 },
      { recordId: 'c2', label: 'Harbour Freight', by: 'domain', confidence: 0.4 },
    ],
  },
];

export const gridRows: readonly GridRow[] = [
  {
    recordId: 'c1',
    label: 'Northwind Dental',
    links: { 'halo-psa': ['11'], ninjarmm: ['7'], stripe: ['cus_northwind'] },
  },
  { recordId: 'c2', label: 'Harbour Freight', links: { 'halo-psa': ['12'], 'microsoft-365': ['harbour'] } },
  { recordId: 'c3', label: '東京サンプル商事', links: { 'halo-psa': ['13'] } },
];

const entry = (minutes: number, level: LogEntry['level'], message: string, more: Partial<LogEntry> = {}): LogEntry => ({
  time: at(minutes),
  level,
  message,
  integration: 'halo-psa',
  ...more,
});

export const entries: readonly LogEntry[] = [
  entry(-6, 'info', 'run started', { run: 'run-9' }),
  entry(-5, 'info', 'updated: 47990 VPN disconnects every hour', { run: 'run-9', type: 'tickets', record: '47990' }),
  entry(-5, 'warn', 'held: 48310 Till does not print', { run: 'run-9', type: 'tickets', record: '48310' }),
  entry(-4, 'info', 'run succeeded', { run: 'run-9' }),
  entry(-3, 'info', 'run started', { integration: 'stripe', run: 'run-10' }),
  entry(-3, 'error', 'Stripe refused the key: it was revoked.', { integration: 'stripe', run: 'run-10' }),
  entry(-1, 'info', 'run started', { run: 'run-11' }),
];

const check = (id: string, label: string, more: Partial<CheckView> = {}): CheckView => ({
  id,
  label,
  status: 'passed',
  ms: 40,
  detail: null,
  cause: null,
  fix: null,
  ...more,
});

export const checks: readonly CheckView[] = [
  check('name', 'Name resolves', { detail: 'psa.example: 192.0.2.10', ms: 3 }),
  check('port', 'Port is reachable', { detail: '192.0.2.10 port 443', ms: 18 }),
  check('tls', 'TLS and certificate', { detail: 'valid for 61 days', ms: 44 }),
  check('sign-in', 'Sign-in with Client ID and Secret', { detail: 'a token for 1 h', ms: 120 }),
  check('companies', 'Read companies', { detail: '214 companies', ms: 90 }),
  check('tickets', 'Read tickets', {
    status: 'warning',
    ms: 75,
    cause: 'The application may not see closed tickets.',
    fix: 'Give it the permission read:tickets:all.',
  }),
];
