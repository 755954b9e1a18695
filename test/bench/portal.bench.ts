/**
 * The portal store at a million tickets (or as many as the first argument says). Prints one line per figure.
 *
 *   npm run bench -- portal 1000000 [FILE]
 *
 * With a FILE that exists already the import is left out.
 */
import { randomUUIDv7 } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { Portal } from '../../src/portal/portal.ts';
import type { RecordQuery } from '../../src/portal/query.ts';
import { openPortal } from '../../src/portal/store/open.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const companies = Math.max(1, Math.round(total / 2_000));
const statuses = [
  'Closed',
  'Closed',
  'Closed',
  'Closed',
  'Closed',
  'Closed',
  'Closed',
  'New',
  'In progress',
  'Waiting',
];
const at = '2026-03-01T10:00:00Z';
const integration = 'halo-psa';

function ticket(n: number): SourceItem {
  // Read in the order of their ids, as vendors give them; all but number and creation follow a fixed scramble.
  const scrambled = Math.imul(n, 2654435761) >>> 0;
  const created = Date.UTC(2022, 0, 1) + n * 120_000;
  const createdAt = new Date(created).toISOString();
  const updatedAt = new Date(created + (scrambled % 80_000) * 60_000).toISOString();
  return {
    kind: 'record',
    externalId: String(n),
    modifiedAt: updatedAt,
    record: {
      ticketNumber: String(n).padStart(7, '0'),
      title: `Ticket ${n}: the printer on floor ${scrambled % 40} does not print`,
      description: 'It printed yesterday. '.repeat(30),
      status: statuses[scrambled % statuses.length]!,
      isClosed: scrambled % statuses.length < 7,
      priority: `P${(scrambled % 4) + 1}`,
      assignedTo: `Technician ${scrambled % 30}`,
      boardName: 'Service desk',
      queueName: null,
      typeName: scrambled % 3 === 0 ? 'Incident' : 'Request',
      createdAt,
      updatedAt,
      companyExternalId: String(scrambled % companies),
    },
  };
}

function importAll(portal: Portal): void {
  const apply = (type: 'companies' | 'tickets', items: SourceItem[], n: number): void => {
    const begun = performance.now();
    portal.apply({ integration, type, runId: 'bench', items, cursor: { n }, at });
    pages.push(performance.now() - begun);
  };
  const pages: number[] = [];
  for (let n = 0; n < companies; n += 100) {
    const items = Array.from({ length: Math.min(100, companies - n) }, (_, i): SourceItem => {
      const record = { name: `Company ${n + i}` };
      return { kind: 'record', externalId: String(n + i), modifiedAt: null, record };
    });
    apply('companies', items, n);
  }
  pages.length = 0;
  for (const round of ['import', 'again, unchanged']) {
    const begun = performance.now();
    for (let n = 0; n < total; n += 100)
      apply(
        'tickets',
        Array.from({ length: 100 }, (_, i) => ticket(n + i)),
        n,
      );
    const seconds = (performance.now() - begun) / 1000;
    pages.sort((a, b) => a - b);
    const p = (share: number): string => pages[Math.floor((pages.length - 1) * share)]!.toFixed(1);
    print(
      round,
      `${Math.round(total / seconds)} rows/s, page of 100: p50 ${p(0.5)} ms, p99 ${p(0.99)} ms, max ${p(1)} ms`,
    );
    pages.length = 0;
  }
}

function print(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(52)} ${figure}\n`);
}

/** Median and worst of five, after one to warm up. */
function time<T>(what: string, work: () => T, show: (result: T) => string): void {
  let result = work();
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    result = work();
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  print(what, `${times[2]!.toFixed(2)} ms (worst ${times[4]!.toFixed(2)}), ${show(result)}`);
}

const given = process.argv[3];
const folder = given === undefined ? mkdtempSync(join(tmpdir(), 'portal-bench-')) : null;
const file = given ?? join(folder!, 'portal.db');
const fresh = !existsSync(file);
const portal = openPortal({ file, now: Date.now, newId: randomUUIDv7, owner: 'bench' });
try {
  if (fresh) importAll(portal);
  print('file', `${Math.round(statSync(file).size / 1e6)} MB`);

  const page = (query: Omit<RecordQuery, 'type'>) => () => portal.query({ type: 'tickets', ...query });
  const rows = ({ records }: { records: readonly unknown[] }) => `${records.length} rows`;
  const number = (n: number) => `= ${n}`;
  const byTime = { field: 'updatedAt', descending: true };
  const one = portal.query({ type: 'companies', limit: 1 }).records[0]!;
  const open = { field: 'status', op: '=', value: 'New' } as const;
  const ours = { field: 'companyId', op: '=', value: one.id } as const;

  time('first page, by number', page({}), rows);
  time('first page, by time, newest first', page({ sort: byTime }), rows);
  time('first page, by a column without index', page({ sort: { field: 'priority' } }), rows);
  let after: string | null = null;
  for (let n = 0; n < total / 2; n += 1_000)
    after = portal.query({ type: 'tickets', sort: byTime, limit: 1_000, after }).next;
  time('page in the middle, by time', page({ sort: byTime, after }), rows);
  time('status = New, by time', page({ where: [open], sort: byTime }), rows);
  time('status = Closed, by number', page({ where: [{ ...open, value: 'Closed' }] }), rows);
  time('company, by time', page({ where: [ours], sort: byTime }), rows);
  time('company and status, by time', page({ where: [ours, open], sort: byTime }), rows);
  time('integration, by time', page({ integration, sort: byTime }), rows);
  time('text, on every page', page({ where: [{ op: 'text', value: 'printer' }], sort: byTime }), rows);
  time('text, one match', page({ where: [{ op: 'text', value: 'Ticket 4711:' }], sort: byTime }), rows);
  time('text, no match', page({ where: [{ op: 'text', value: 'zebra' }], sort: byTime }), rows);
  time('counts()', () => portal.counts(), JSON.stringify);
  time('count, all', () => portal.count({ type: 'tickets' }), number);
  time('count, status = New', () => portal.count({ type: 'tickets', where: [open] }), number);
  time(
    'count, status = New, of one integration',
    () => portal.count({ type: 'tickets', where: [open], integration }),
    number,
  );
  time('count, text', () => portal.count({ type: 'tickets', where: [{ op: 'text', value: 'zebra' }] }), number);
} finally {
  portal.close();
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}
