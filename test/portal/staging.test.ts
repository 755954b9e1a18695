import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { openPortalReader } from '../../src/portal/store/reader.ts';
import { apply, at, company, gone, open, sums, temporaryFile, ticket } from './fixture.ts';

const integration = 'halo-psa';
const pass = { integration, type: 'companies', runId: 'run', at } as const;
const stage = (portal: Portal, items: readonly SourceItem[], cursor: object = { page: 1 }, first = false) =>
  portal.stage({ ...pass, items, cursor: { ...cursor }, first });
const take = (portal: Portal, cursor: object = { page: null }) => portal.takeStaged({ ...pass, cursor: { ...cursor } });
const named = (id: number | string, name = `C${id}`) => company(String(id), { name });
const many = (count: number, name = 'C') => Array.from({ length: count }, (_, n) => named(n, `${name}${n}`));

/** Every row of the tables that a full pass is about. */
function copy(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = ['companies', 'tickets', 'links', 'issues', 'counts', 'decisions'];
  const all = tables.map((name) => database.prepare(`SELECT * FROM "${name}"`).all());
  database.close();
  return JSON.stringify(all);
}
const staged = (file: string): unknown[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('SELECT external_id AS id FROM staged ORDER BY seq').all();
  database.close();
  return rows.map(({ id }) => id);
};
const nameOf = (portal: Portal, id: number | string) =>
  portal.query({ type: 'companies' }).records.find(({ externalId }) => externalId === String(id))?.name;

/** Five companies, and two that are held back. */
function begun(file: string): Portal {
  const portal = open(file);
  apply(portal, 'companies', many(5));
  apply(portal, 'companies', [
    { kind: 'held', externalId: '5', label: 'C5', reason: 'not-selected', detail: 'x' },
    { kind: 'held', externalId: '6', label: 'C6', reason: 'not-selected', detail: 'x' },
  ]);
  return portal;
}

test('staging changes nothing; taking does it all, counts it and stores the cursor', () => {
  const file = temporaryFile();
  const portal = begun(file);
  portal.beginRun({ id: 'run', integration, trigger: 'manual', startedAt: at });
  portal.raiseIssue({ ...pass, externalId: '4', reason: 'malformed', label: 'C4', detail: 'x' });
  const before = copy(file);
  const reader = openPortalReader({ file });

  const page: SourceItem[] = [
    named(0),
    named(1, 'Renamed'),
    gone('2'),
    { kind: 'held', externalId: '3', label: 'C3', reason: 'not-selected', detail: 'x' },
    // As it is stored, which settles its issue.
    named(4),
    // Came back into the selection, and came to be.
    named(5),
    named(7),
    // JSON would make a blank of it.
    company('8', { name: 'C8', phone: Number.NaN as never }),
  ];
  expect(sums(stage(portal, page))).toEqual({ read: 8, unchanged: 1 });
  expect(copy(file)).toBe(before);
  expect(portal.cursor(integration, 'companies')).toEqual({ page: 1 });
  expect(staged(file)).toEqual(['1', '2', '3', '4', '5', '7', '8']);

  const { outcome, complete } = take(portal);
  expect([sums(outcome), complete]).toEqual([
    { updated: 1, gone: 1, created: 2, held: 1, failed: 1, unchanged: 1 },
    true,
  ]);
  expect(sums(portal.run('run')!.types.companies!)).toEqual({ ...sums(outcome), read: 8, unchanged: 2 });
  expect(outcome.changes.map(({ externalId }) => externalId)).toEqual(['1', '2', '3', '5', '7', '8']);
  expect(portal.cursor(integration, 'companies')).toEqual({ page: null });
  expect(staged(file)).toEqual([]);
  expect(reader.counts(integration)).toEqual({ companies: 6 });
  expect(
    reader
      .issues({})
      .map(({ externalId, reason }) => [externalId, reason])
      .sort(),
  ).toEqual([
    ['3', 'not-selected'],
    ['6', 'not-selected'],
    ['8', 'malformed'],
  ]);
  expect(portal.verify()).toEqual([]);
  reader.close();
});

test('a pass that finds nothing new stages nothing, and writes but its cursor', () => {
  const file = temporaryFile();
  const portal = open(file);
  // A blank that erased nothing and a reference that is open: both are looked at again each time, in vain.
  apply(portal, 'companies', [company('7', { name: 'Acme', phone: '1' })]);
  apply(portal, 'companies', [company('7', { name: 'Acme', phone: null })]);
  apply(portal, 'tickets', [ticket('1', { title: 'A', companyExternalId: '7', contactExternalId: '99' })]);
  const other = new DatabaseSync(file, { readOnly: true });
  const version = () => other.prepare('PRAGMA data_version').get()!.data_version;
  const before = version();
  expect(sums(stage(portal, [company('7', { name: 'Acme', phone: null })]))).toEqual({ read: 1, unchanged: 1 });
  const again = ticket('1', { title: 'A', companyExternalId: '7', contactExternalId: '99' });
  portal.stage({ ...pass, type: 'tickets', items: [again], cursor: { page: 1 }, first: true });
  expect(staged(file)).toEqual([]);
  expect(version()).toBe(before);
  other.close();
});

test('what the vendor tells later drops what is staged, also when it tells what is stored', () => {
  const file = temporaryFile();
  const portal = begun(file);
  stage(portal, [named(0, 'Staged'), named(1, 'Staged'), named(2, 'Staged'), named(3, 'Staged')]);

  // The answer to a write of ours.
  const answer = (id: string, name: string) => {
    const recordId = portal.linkOf(integration, 'companies', id)!.recordId;
    portal.addChange({
      ...{ id: `change-${id}`, integration, type: 'companies', kind: 'update', recordId, externalId: id },
      ...{ fields: { name }, author: 'kim', at },
    });
    portal.stepChange(`change-${id}`, { from: ['waiting'], to: 'confirmed', at, item: named(id, name) });
  };
  answer('0', 'Pushed');
  answer('1', 'C1');
  // The same row on a later page, and in a read of the changes.
  stage(portal, [named(2)]);
  apply(portal, 'companies', [named(3, 'Read')]);
  expect(staged(file)).toEqual([]);
  take(portal);
  expect([0, 1, 2, 3].map((id) => nameOf(portal, id))).toEqual(['Pushed', 'C1', 'C2', 'Read']);

  stage(portal, [named(2, 'Old'), named(4, 'Old'), named(2, 'New')]);
  stage(portal, [named(4, 'New')]);
  take(portal);
  expect([2, 4].map((id) => nameOf(portal, id))).toEqual(['New', 'New']);
});

test('what was kept here is older than what is staged, and drops nothing', () => {
  const file = temporaryFile();
  const portal = open(file);
  const ask = ticket('1', { title: 'Old', companyExternalId: '7' });
  apply(portal, 'tickets', [ask]);
  const tickets = { ...pass, type: 'tickets' } as const;
  const news = ticket('1', { title: 'New', companyExternalId: '7' });
  portal.stage({ ...tickets, items: [news], cursor: {}, first: true });
  apply(portal, 'companies', [named(7)]);
  portal.retryHeld(integration, 'tickets', 'run');
  expect(portal.query({ type: 'tickets' }).records[0]?.title).toBe('Old');
  portal.takeStaged({ ...tickets, cursor: {} });
  expect(portal.query({ type: 'tickets' }).records[0]?.title).toBe('New');
  expect(portal.issues({})).toEqual([]);
});

test('a person’s decision made meanwhile stands', () => {
  const portal = open();
  apply(portal, 'companies', many(3));
  stage(portal, [named(0, 'Renamed')]);
  portal.unlink({ integration, type: 'companies', externalId: '0' });
  take(portal);
  expect(portal.linkOf(integration, 'companies', '0')).toBeNull();
  expect(portal.issues({})).toMatchObject([{ externalId: '0', reason: 'doubtful-match' }]);
});

test('a new pass forgets what an earlier one has staged once its first page is stored, however long that is', () => {
  const file = temporaryFile();
  const portal = open(file);
  apply(portal, 'companies', many(1200));
  stage(portal, [named(0, 'Given up'), named('new')], { page: 2 }, true);
  stage(portal, many(1100, 'Page'), { page: 3 }, true);
  expect(staged(file)).toHaveLength(1100);
  take(portal);
  expect([nameOf(portal, 'new'), portal.count({ type: 'companies' })]).toEqual([undefined, 1200]);
});

test('a new beginning, without a cursor, leaves nothing staged', () => {
  const file = temporaryFile();
  const portal = begun(file);
  stage(portal, [named(0, 'X')]);
  portal.saveCursor('syncro', 'companies', null);
  expect(staged(file)).toEqual(['0']);
  portal.saveCursor(integration, 'companies', null);
  expect(staged(file)).toEqual([]);
});

test('a reader sees 2,000 rows at once or none of them; a process that dies between leaves the rest to the next', () => {
  const file = temporaryFile();
  const first = open(file, 'first');
  apply(first, 'companies', many(2500));
  for (let from = 0; from < 2500; from += 100) stage(first, many(2500, 'New').slice(from, from + 100), { from });
  const reader = openPortalReader({ file });
  const renamed = () => reader.count({ type: 'companies', where: [{ field: 'name', op: 'contains', value: 'New' }] });
  expect(renamed()).toBe(0);
  expect(take(first).complete).toBe(false);
  expect([renamed(), reader.cursor(integration, 'companies')]).toEqual([2000, { from: 2400 }]);

  const second = open(file, 'second');
  expect(take(second)).toMatchObject({ complete: true, outcome: { read: 0, updated: 500 } });
  expect([renamed(), reader.cursor(integration, 'companies')]).toEqual([2500, { page: null }]);
  expect(staged(file)).toEqual([]);
  reader.close();
});

test('a staged pass is swept like any other: what it staged was seen', () => {
  const portal = begun(temporaryFile());
  portal.beginPass(integration, 'companies');
  stage(portal, [named(0), named(1, 'Renamed'), named(5)], {}, true);
  stage(portal, [{ kind: 'held', externalId: '2', label: 'C2', reason: 'not-selected', detail: 'x' }]);
  take(portal);
  expect(portal.sweep(integration, 'companies', 'run', { maxShare: 1, minRows: 0 })).toEqual({ gone: 2, refused: 0 });
  expect(portal.counts(integration)).toEqual({ companies: 4 });
  expect(portal.issues({}).map(({ externalId }) => externalId)).toEqual(['2']);
});
