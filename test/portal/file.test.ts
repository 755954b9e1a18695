import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { StoreNotUsable, StoreTakenOver } from '../../src/portal/portal.ts';
import { InvalidQuery } from '../../src/portal/query.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { openPortalReader } from '../../src/portal/store/reader.ts';
import { apply, at, company, only, open, sums, temporaryFile, ticket } from './fixture.ts';

const acme = company('7', { name: 'Acme' });

function lookAt(file: string) {
  const reader = openPortalReader({ file });
  onTestFinished(() => reader.close());
  return reader;
}
function raw(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

test('all files are for the owner alone, also when they were not before', () => {
  const file = temporaryFile();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '', { mode: 0o644 });
  const portal = open(file);
  apply(portal, 'companies', [acme]);
  const names = readdirSync(dirname(file)).sort();
  expect(names).toEqual(['portal.db', 'portal.db-shm', 'portal.db-wal']);
  for (const name of names) expect(statSync(join(dirname(file), name)).mode & 0o777).toBe(0o600);
});

test('commits are durable: WAL with synchronous FULL', () => {
  const file = temporaryFile();
  const portal = open(file);
  apply(portal, 'companies', [acme]);
  const other = new DatabaseSync(file, { readOnly: true });
  expect(other.prepare('PRAGMA journal_mode').get()!.journal_mode).toBe('wal');
  other.close();
});

test('who opens last writes; the one before is stopped at its next write and loses nothing it had stored', () => {
  const file = temporaryFile();
  const first = open(file, 'first');
  first.beginRun({ id: 'run', integration: 'halo-psa', trigger: 'manual', startedAt: at });
  apply(first, 'companies', [acme]);
  const second = open(file, 'second');
  const writes = [
    () => apply(first, 'companies', [company('8', { name: 'Bolt' })]),
    () => apply(first, 'companies', [acme]),
    () => first.saveCursor('halo-psa', 'companies', null),
    () => first.clearIssues({}),
    () => first.endRun('run', { status: 'succeeded', endedAt: at, requests: 0, waitedMs: 0, bytes: 0, failure: null }),
  ];
  for (const write of writes) expect(write).toThrow(StoreTakenOver);
  expect(only(second, 'companies').name).toBe('Acme');
  expect(second.run('run')).toMatchObject({
    status: 'interrupted',
    endedAt: '2026-03-01T10:00:00.000Z',
    types: { companies: { created: 1 } },
  });
  apply(second, 'companies', [company('8', { name: 'Bolt' })]);
  expect(second.verify()).toEqual([]);
});

test('a reader sees an absent file as empty, and each commit of the writer once there is one', () => {
  const file = temporaryFile();
  const reader = lookAt(file);
  expect(reader.query({ type: 'companies' })).toEqual({ records: [], next: null });
  expect([reader.counts(), reader.issues({}), reader.runs({}), reader.cursor('x', 'users'), reader.verify()]).toEqual([
    {},
    [],
    [],
    null,
    [],
  ]);

  const portal = open(file);
  expect(reader.counts()).toEqual({});
  apply(portal, 'companies', [acme]);
  expect(reader.counts()).toEqual({ companies: 1 });
  apply(portal, 'companies', [company('7', { name: 'Bolt' })]);
  expect(only(reader as typeof portal, 'companies').name).toBe('Bolt');
  portal.close();
  expect(only(reader as typeof portal, 'companies').name).toBe('Bolt');
  expect(only(lookAt(file) as typeof portal, 'companies').name).toBe('Bolt');
});

test('a store of a newer program is refused and left as it is', () => {
  const file = temporaryFile();
  open(file).close();
  raw(file, 'PRAGMA user_version = 99');
  expect(() => open(file)).toThrow(/newer msportal .*version 99.*Update msportal/);
  expect(() => lookAt(file)).toThrow(StoreNotUsable);
});

test('a file that is no database is refused with a sentence', () => {
  const file = temporaryFile();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'not a database, and long enough to have a header. '.repeat(50));
  expect(() => open(file)).toThrow(StoreNotUsable);
  expect(() => lookAt(file)).toThrow(/damaged or not a portal store/);
});

test('a definition that grew gets its columns and indexes; rows and what a reader may do are right before and after', () => {
  const file = temporaryFile();
  const before = open(file);
  apply(before, 'companies', [acme]);
  apply(before, 'tickets', [ticket('1', { title: 'A', status: 'New', companyExternalId: '7' })]);
  before.close();
  // As if an older program had made it, that knew neither column.
  raw(
    file,
    'DROP INDEX tickets_status; ALTER TABLE tickets DROP COLUMN status; ALTER TABLE companies DROP COLUMN city',
  );

  expect(() => lookAt(file)).toThrow(/older msportal/);
  const portal = open(file, 'next');
  expect(only(portal, 'tickets')).toMatchObject({ title: 'A', status: null, companyName: 'Acme' });
  expect(sums(apply(portal, 'tickets', [ticket('1', { status: 'Waiting' })]))).toEqual({ read: 1, updated: 1 });
  expect(lookAt(file).count({ type: 'tickets', where: [{ field: 'status', op: '=', value: 'waiting' }] })).toBe(1);
  expect(portal.verify()).toEqual([]);
});

test('verify says what is wrong', () => {
  const file = temporaryFile();
  const portal = open(file);
  apply(portal, 'companies', [acme]);
  apply(portal, 'tickets', [ticket('1', { title: 'A', companyExternalId: '7' })]);
  raw(file, 'PRAGMA foreign_keys = OFF; DELETE FROM companies');
  expect(portal.verify()).toEqual([
    'A row of tickets refers to a record in companies that does not exist.',
    '1 links of companies lead to no record.',
    'There are 0 companies, but the portal counts 1.',
  ]);
});

test('run history: newest first, per integration, with failure and sums', () => {
  const portal = open();
  for (const [id, integration] of [
    ['a', 'halo-psa'],
    ['b', 'syncro'],
    ['c', 'halo-psa'],
  ] as const) {
    portal.beginRun({
      id,
      integration,
      trigger: 'scheduled',
      startedAt: `2026-03-01T10:0${id.charCodeAt(0) - 96}:00Z`,
    });
  }
  const failure = { code: 'unauthorized', cause: 'The key is not accepted.', fix: 'Enter a new one.' };
  portal.endRun('c', { status: 'failed', endedAt: at, requests: 3, waitedMs: 40, bytes: 500, failure });
  expect(portal.runs({}).map((run) => run.id)).toEqual(['c', 'b', 'a']);
  expect(portal.runs({ integration: 'halo-psa', limit: 1 })).toEqual([
    {
      id: 'c',
      integration: 'halo-psa',
      trigger: 'scheduled',
      startedAt: '2026-03-01T10:03:00Z',
      endedAt: at,
      status: 'failed',
      types: {},
      requests: 3,
      waitedMs: 40,
      bytes: 500,
      failure,
    },
  ]);
});

test('issues: raised once per cause, dismissed until they change, cleared by filter', () => {
  const portal = open();
  const guard = {
    integration: 'halo-psa',
    type: 'tickets',
    externalId: null,
    reason: 'deletion-guard',
    label: 'Tickets',
    at,
  } as const;
  portal.raiseIssue({ ...guard, detail: '50 would go.' });
  portal.raiseIssue({ ...guard, detail: '60 would go.', at: '2026-03-02T10:00:00Z' });
  const issue = portal.issues({})[0]!;
  expect(portal.issues({})).toEqual([
    { ...issue, detail: '60 would go.', firstSeen: at, lastSeen: '2026-03-02T10:00:00Z', dismissed: false },
  ]);
  expect(portal.dismissIssues({ ids: [issue.id] })).toEqual([issue.id]);
  expect(portal.dismissIssues({ ids: [issue.id] })).toEqual([]);
  expect([portal.issues({}).length, portal.issues({ includeDismissed: true }).length]).toEqual([0, 1]);
  portal.raiseIssue({ ...guard, detail: '70 would go.' });
  expect(portal.issues({})).toHaveLength(0);
  expect(portal.clearIssues({ integration: 'syncro' })).toBe(0);
  expect(portal.clearIssues({ integration: 'halo-psa', reason: 'deletion-guard' })).toBe(1);
  portal.raiseIssue({ ...guard, detail: 'again' });
  expect(portal.issues({ integration: 'halo-psa' })).toHaveLength(1);
});

test('a query that makes no sense is refused before it reaches the database', () => {
  const portal = open();
  const ask = (where: object) => () => portal.query({ type: 'tickets', where: [where as never] });
  expect(ask({ field: 'status" OR 1=1 --', op: '=', value: 'x' })).toThrow(/tickets have no field/);
  expect(ask({ field: 'isClosed', op: '=', value: 'true' })).toThrow(InvalidQuery);
  expect(ask({ field: 'hoursActual', op: '>', value: 'x' })).toThrow(/is a number/);
  expect(ask({ field: 'status', op: '<', value: null })).toThrow(/blank/);
  expect(() => portal.query({ type: 'tickets', sort: { field: 'nope' } })).toThrow(InvalidQuery);
  expect(() => portal.query({ type: 'tickets', limit: 0 })).toThrow(InvalidQuery);
  expect(() => portal.query({ type: 'tickets', after: 'nonsense' })).toThrow(InvalidQuery);
});

test('opening does not write to a store that is up to date, except for its owner', () => {
  const file = temporaryFile();
  open(file).close();
  const before = new DatabaseSync(file, { readOnly: true })
    .prepare('SELECT group_concat(sql) AS s FROM sqlite_schema')
    .get()!.s;
  openPortal({ file, now: () => 0, newId: () => 'x', owner: 'again' }).close();
  expect(
    new DatabaseSync(file, { readOnly: true }).prepare('SELECT group_concat(sql) AS s FROM sqlite_schema').get()!.s,
  ).toBe(before);
});
