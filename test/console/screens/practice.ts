/** A small practice with something in every integration: what the pictures of the screens show. */

import type { Preview } from '../../../src/engine/preview-commands.ts';
import type { Change } from '../../../src/portal/change.ts';
import type { StoredRecord } from '../../../src/portal/query.ts';
import type { RecordType } from '../../../src/portal/records/index.ts';
import { noCounters } from '../../../src/portal/run.ts';
import { typePreview } from '../changes.ts';
import { at, fresh, integration, manifest, progress, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import * as work from './practice-work.ts';

const day = 24 * 60;
const ofNorthwind = { companyId: 'c1', companyName: 'Northwind Dental' };

const history = Array.from({ length: 90 }, (_, index) => ({
  date: at((index - 89) * day).slice(0, 10),
  score: Math.round((58 + index * 0.16 + 4 * Math.sin(index / 9)) * 100) / 100,
  maxScore: 124,
}));

const controls = [
  ['Ask everyone for a second factor', 9, 0, 'Identity', 'High'],
  ['Block sign-ins that cannot do a second factor', 8, 0.8, 'Identity', 'Low'],
  ['Check links when they are opened', 9, 4.5, 'Apps', 'Moderate'],
  ['Record what is done in mailboxes', 5, 5, 'Apps', 'Low'],
] as const;

const tables: Partial<Record<RecordType, readonly StoredRecord[]>> = {
  companies: [
    {
      id: 'c1',
      name: 'Northwind Dental',
      city: 'Leeds',
      phone: '+44 113 496 0147',
      website: 'northwind.example',
      isActive: true,
      updatedAt: at(-90),
    },
    {
      id: 'c2',
      name: 'Harbour Freight',
      city: 'Malmö',
      phone: '+46 40 555 0444',
      website: 'harbour.example',
      isActive: true,
      updatedAt: at(-4 * day),
    },
    {
      id: 'c3',
      name: '東京サンプル商事',
      city: '東京',
      phone: null,
      website: 'sample.example',
      isActive: true,
      updatedAt: at(-30 * day),
    },
  ],
  contacts: Array.from({ length: 24 }, (_, n) => ({ id: `p${n}`, ...ofNorthwind, fullName: `Person ${n}` })),
  tickets: [
    ['48213', 'Printer on floor 2 prints blank pages', 'New', -25],
    ['48177', 'New starter on Monday: laptop and mailbox', 'In progress', -3 * 60],
    ['47990', 'VPN disconnects every hour', 'Waiting', -2 * day],
  ].map(([ticketNumber, title, status, updated]) => ({
    id: `t${ticketNumber}`,
    ...ofNorthwind,
    ticketNumber,
    title,
    status,
    isClosed: false,
    priority: 'High',
    updatedAt: at(Number(updated)),
  })),
  devices: [
    {
      id: 'd1',
      ...ofNorthwind,
      name: 'NW-RECEPTION',
      status: 'online',
      alertCount: 2,
      healthStatus: 'Unhealthy',
      os: 'Windows 11',
    },
    {
      id: 'd2',
      ...ofNorthwind,
      name: 'NW-SERVER',
      status: 'online',
      alertCount: 0,
      healthStatus: 'Healthy',
      os: 'Windows Server',
    },
    {
      id: 'd3',
      ...ofNorthwind,
      name: 'NW-XRAY',
      status: 'offline',
      alertCount: 0,
      healthStatus: 'Unknown',
      os: 'Windows 10',
    },
  ],
  secureScores: [
    {
      id: 's1',
      ...ofNorthwind,
      tenantId: 'x1',
      tenantName: 'Northwind Dental',
      currentScore: 72.4,
      maxScore: 124,
      percentage: 58.39,
      averageComparativeScore: 41.7,
      history,
    },
  ],
  scoreControls: controls.map(([name, maxScore, score, category, userImpact], n) => ({
    id: `k${n}`,
    ...ofNorthwind,
    tenantId: 'x1',
    name,
    maxScore,
    score,
    gain: maxScore - score,
    category,
    userImpact,
    implementationCost: 'Low',
    state: 'Default',
    description: `${name}.`,
    remediation: 'Open the settings and choose On.',
  })),
  licenses: [{ id: 'l1', ...ofNorthwind, name: 'Business Premium', seats: 30, used: 27, isFree: false }],
  subscriptions: [
    { id: 'b1', ...ofNorthwind, customerId: 'q1', isActive: true, monthlyAmount: 1480, currency: 'GBP', isLive: true },
    {
      id: 'b2',
      companyId: 'c2',
      companyName: 'Harbour Freight',
      customerId: 'q2',
      isActive: true,
      monthlyAmount: 12_600,
      currency: 'SEK',
      isLive: true,
    },
  ],
  invoices: [
    {
      id: 'i1',
      ...ofNorthwind,
      customerId: 'q1',
      number: 'NW-0007',
      isOpen: true,
      amountRemaining: 1480,
      currency: 'GBP',
      dueDate: at(-12 * day),
      isLive: true,
    },
    {
      id: 'i2',
      ...ofNorthwind,
      customerId: 'q1',
      number: 'NW-0008',
      isOpen: true,
      amountRemaining: 1480,
      currency: 'GBP',
      dueDate: at(18 * day),
      isLive: true,
    },
  ],
  learners: Array.from({ length: 12 }, (_, n) => ({ id: `e${n}`, ...ofNorthwind, fullName: `Person ${n}` })),
  enrollments: Array.from({ length: 20 }, (_, n) => ({
    id: `n${n}`,
    ...ofNorthwind,
    status: n < 14 ? 'completed' : 'in_progress',
    dueDate: n === 19 ? at(-day) : at(20 * day),
  })),
};

const statusTable = [
  { vendor: 'New', portal: 'New' },
  { vendor: 'In Progress', portal: 'In progress' },
  { vendor: 'With User', portal: 'Waiting on client' },
  { vendor: 'Closed', portal: 'Closed' },
];

const conflicted: Change = {
  id: 'ch1',
  seq: 1,
  integration: 'halo-psa',
  type: 'tickets',
  kind: 'update',
  recordId: 't48213',
  externalId: '48213',
  fields: { status: 'Closed' },
  base: { status: 'New' },
  state: 'conflicted',
  marker: null,
  attempts: 1,
  reason: 'The status was changed on both sides; say which counts.',
  conflicts: [
    {
      field: 'status',
      base: 'New',
      ours: 'Closed',
      theirs: 'Waiting on client',
      at: at(-2),
      theirsAt: at(-8),
      winner: null,
    },
  ],
  author: 'alex',
  createdAt: at(-20),
  updatedAt: at(-2),
  sentAt: at(-2),
  madeId: null,
  label: '48213 Printer on floor 2 prints blank pages',
};

/** What a full sync of Halo PSA would do. */
const foreseen: Preview = {
  id: 'halo-psa',
  types: {
    companies: typePreview({ read: 240, linked: 1, unchanged: 239 }),
    contacts: typePreview({
      read: 1_180,
      updated: 1,
      unchanged: 1_171,
      held: { 'no-email': 8 },
      examples: [{ externalId: '9', outcome: 'held', label: 'Reception desk', reason: 'no-email' }],
    }),
    tickets: typePreview({
      read: 10_908,
      created: 2,
      updated: 1,
      unchanged: 10_905,
      gone: 1,
      examples: [
        { externalId: '1', outcome: 'created', label: '48301 Scanner does not reach the mail server' },
        { externalId: '2', outcome: 'created', label: '48302 New phone for reception' },
        {
          externalId: '3',
          outcome: 'updated',
          label: '47990 VPN disconnects every hour',
          values: { status: { before: 'New', after: 'Waiting' }, updatedAt: { before: at(-day), after: at(-5) } },
        },
      ],
    }),
  },
  outbox: [
    {
      change: { ...conflicted, id: 'ch2', label: '48177 New starter on Monday: laptop and mailbox' },
      outcome: { kind: 'update', fields: { priority: { theirs: 'Low', ours: 'High' } }, conflicts: [] },
    },
    { change: conflicted, outcome: { kind: 'ask', conflicts: conflicted.conflicts } },
    {
      change: { ...conflicted, id: 'ch3', kind: 'create', label: 'Replace the switch in the X-ray room' },
      outcome: { kind: 'create' },
    },
  ],
  requests: 141,
  durationMs: 38_000,
  failure: null,
};

export function practice(): FakeEngine {
  const sum = (...types: readonly RecordType[]) =>
    Object.fromEntries(types.map((type) => [type, tables[type]?.length ?? 0]));
  const engine = new FakeEngine(
    snapshotOf(
      [
        integration('halo-psa', {
          status: 'syncing',
          run: progress(),
          records: sum('companies', 'contacts', 'tickets'),
          outbox: { conflicted: 1 },
          sync: { mapping: { tickets: { status: statusTable } } },
        }),
        fresh('syncro'),
        integration('ninjarmm', { records: sum('devices'), issues: 0, nextSync: at(3) }),
        integration('microsoft-365', { records: sum('licenses', 'secureScores', 'scoreControls'), issues: 0 }),
        integration('stripe', { records: sum('subscriptions', 'invoices'), issues: 0, enabled: false, nextSync: null }),
        integration('bigger-brains', { records: sum('learners', 'enrollments'), issues: 0, nextSync: at(8) }),
      ],
      { queue: { running: 1, waiting: 0, order: [] } },
    ),
  );
  engine.tables = tables;
  engine.foreseen = foreseen;
  const named = (names: readonly string[]) => names.map((name, id) => ({ id: String(id), name }));
  engine.lists = {
    statuses: named(['New', 'In Progress', 'On Hold', 'With Supplier', 'With User', 'Closed']),
    priorities: named(['Critical', 'High', 'Medium', 'Low']),
    teams: named(['Service Desk', 'Field', 'Projects']),
  };
  engine.described = {
    ...manifest,
    recordTypes: manifest.recordTypes.map((spec) =>
      spec.type === 'tickets'
        ? {
            ...spec,
            named: { status: 'statuses', priority: 'priorities', queueName: 'teams' },
            writes: {
              update: { fields: ['title', 'status', 'priority', 'queueName'] },
              notes: true as const,
              readOnly: { isClosed: 'It follows the status.' },
            },
          }
        : spec,
    ),
  };
  engine.syncIssues = [...work.issues];
  engine.outbox = [conflicted];
  engine.findings = work.findings;
  engine.story = work.story;
  engine.twice = work.twice;
  engine.pending = work.pending;
  engine.gridRows = work.gridRows;
  engine.entries = [...work.entries];
  engine.checks = work.checks;
  engine.history = [1, 16, 31, 46].map((minutes, index) => ({
    id: `run-${index}`,
    integration: 'halo-psa',
    trigger: 'scheduled',
    startedAt: at(-minutes - 2),
    endedAt: at(-minutes),
    status: index === 2 ? 'failed' : 'succeeded',
    types: { tickets: { ...noCounters(), read: 300 * (index + 1), updated: 12 } },
    requests: 14,
    waitedMs: 0,
    bytes: 120_000,
    failure:
      index === 2 ? { code: 'unreachable', cause: 'The server did not answer.', fix: 'Look whether it is up.' } : null,
  }));
  return engine;
}
