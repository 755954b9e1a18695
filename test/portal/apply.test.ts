import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { apply, at, company, gone, only, open, record, sums, temporaryFile, ticket } from './fixture.ts';

const acme = company('7', { name: 'Acme', isActive: true, types: ['Client'] });
const printer = ticket('1', { ticketNumber: '1', title: 'Printer on fire', status: 'New', companyExternalId: '7' });

/** The write counter of the file as another process sees it: it moves with every transaction that wrote. */
function version(file: string): () => unknown {
  const other = new DatabaseSync(file, { readOnly: true });
  return () => other.prepare('PRAGMA data_version').get()!.data_version;
}

/** A row at which everything stops. */
const powerCut = () =>
  new Proxy(company('cut', { name: 'Cut' }), {
    get: (target, key) => {
      if (key === 'modifiedAt') throw new Error('power cut');
      return Reflect.get(target, key) as unknown;
    },
  });

test('a page is stored with its cursor, its links and the counters of its run', () => {
  const portal = open();
  portal.beginRun({ id: 'run', integration: 'halo-psa', trigger: 'initial', startedAt: at });
  const outcome = apply(portal, 'companies', [acme, company('8', { name: 'Bolt' })], { cursor: { page: 3 } });

  expect(sums(outcome)).toEqual({ read: 2, created: 2 });
  expect(outcome.changes[0]).toEqual({ externalId: '7', outcome: 'created', label: 'Acme' });
  expect(portal.cursor('halo-psa', 'companies')).toEqual({ page: 3 });
  expect(sums(portal.run('run')!.types.companies!)).toEqual({ read: 2, created: 2 });
  expect(portal.counts()).toEqual({ companies: 2 });
  expect(portal.counts('halo-psa')).toEqual({ companies: 2 });
  expect(portal.counts('syncro')).toEqual({});
  const stored = portal.query({ type: 'companies' }).records[0]!;
  expect(stored).toMatchObject({
    name: 'Acme',
    isActive: true,
    types: ['Client'],
    phone: null,
    provider: 'halo-psa',
    externalId: '7',
  });
  expect(portal.links('companies', stored.id)).toEqual([
    {
      integration: 'halo-psa',
      type: 'companies',
      externalId: '7',
      recordId: stored.id,
      modifiedAt: null,
      goneAt: null,
    },
  ]);
  expect(portal.verify()).toEqual([]);
});

test('the same page again writes nothing at all, and still counts in its run', () => {
  const file = temporaryFile();
  const portal = open(file);
  apply(portal, 'companies', [acme]);
  apply(portal, 'tickets', [printer]);
  portal.beginRun({ id: 'run', integration: 'halo-psa', trigger: 'manual', startedAt: at });
  const written = version(file);
  const before = written();

  expect(sums(apply(portal, 'companies', [acme]))).toEqual({ read: 1, unchanged: 1 });
  expect(sums(apply(portal, 'tickets', [printer, printer]))).toEqual({ read: 2, unchanged: 2 });
  expect(written()).toBe(before);
  expect(portal.run('run')!.types.tickets).toMatchObject({ read: 2, unchanged: 2 });

  apply(portal, 'tickets', [printer], { cursor: { page: 2 } });
  expect(written()).not.toBe(before);
});

test('the order of keys does not make a row new', () => {
  const portal = open();
  apply(portal, 'companies', [company('7', { name: 'Acme', city: 'Oslo' })]);
  expect(sums(apply(portal, 'companies', [company('7', { city: 'Oslo', name: 'Acme' })]))).toEqual({
    read: 1,
    unchanged: 1,
  });
});

test('an absent field keeps what is there, null erases it where that is wanted, and fewer fields with nothing new are unchanged', () => {
  const file = temporaryFile();
  const portal = open(file);
  apply(portal, 'companies', [company('7', { name: 'Acme', city: 'Oslo', phone: '1' })]);
  const written = version(file);
  const before = written();
  expect(sums(apply(portal, 'companies', [company('7', { city: 'Oslo' })]))).toEqual({ read: 1, unchanged: 1 });
  expect(written()).toBe(before);

  const change = apply(portal, 'companies', [company('7', { phone: null, city: 'Bergen' })], { blanksErase: true });
  const values = { city: { before: 'Oslo', after: 'Bergen' }, phone: { before: '1', after: null } };
  const fields = ['city', 'phone'];
  expect(change.changes).toEqual([{ externalId: '7', outcome: 'updated', label: 'Acme', fields, values }]);
  expect(only(portal, 'companies')).toMatchObject({ name: 'Acme', city: 'Bergen', phone: null });
  // The first telling again is news now, although it was seen before.
  expect(sums(apply(portal, 'companies', [company('7', { name: 'Acme', city: 'Oslo', phone: '1' })]))).toEqual({
    read: 1,
    updated: 1,
  });
  expect(only(portal, 'companies')).toMatchObject({ city: 'Oslo', phone: '1' });
});

test("a vendor's blank erases no description, and empties a state; the operator may want it otherwise", () => {
  const file = temporaryFile();
  const portal = open(file);
  apply(portal, 'companies', [company('7', { name: 'Acme', phone: '1', isActive: true })]);
  apply(portal, 'tickets', [ticket('1', { title: 'Printer', assigneeExternalId: '5', closedAt: at })]);
  const blank = company('7', { name: 'Acme', phone: null, isActive: true });
  const before = version(file)();
  expect(sums(apply(portal, 'companies', [blank]))).toEqual({ read: 1, unchanged: 1 });
  expect(version(file)()).toBe(before);
  apply(portal, 'companies', [company('7', { name: 'Acme AS', phone: null, isActive: null })]);
  expect(only(portal, 'companies')).toMatchObject({ name: 'Acme AS', phone: '1', isActive: null });
  apply(portal, 'tickets', [ticket('1', { title: 'Printer', assigneeExternalId: null, closedAt: null })]);
  expect(only(portal, 'tickets')).toMatchObject({ assigneeExternalId: null, closedAt: null });
  // Seen before, and yet it counts once it is wanted.
  const again = company('7', { name: 'Acme AS', phone: null, isActive: null });
  expect(sums(apply(portal, 'companies', [again], { blanksErase: true }))).toEqual({ read: 1, updated: 1 });
  expect(only(portal, 'companies').phone).toBeNull();
});

test('one id several times in one page: the last one stands, nothing is doubled', () => {
  const portal = open();
  const outcome = apply(portal, 'companies', [
    acme,
    company('7', { name: 'Acme AS' }),
    company('7', { name: 'Acme AS' }),
  ]);
  expect(sums(outcome)).toEqual({ read: 3, created: 1, updated: 1, unchanged: 1 });
  expect(only(portal, 'companies').name).toBe('Acme AS');
});

test('more than 500 rows go in several transactions, the cursor with the last', () => {
  const portal = open();
  const items = Array.from({ length: 1201 }, (_, n) => company(String(n), { name: `C${n}` }));
  const cut = [...items.slice(0, 600), powerCut(), ...items.slice(600)];
  expect(() => apply(portal, 'companies', cut, { cursor: { page: 9 } })).toThrow('power cut');
  expect(portal.count({ type: 'companies' })).toBe(500);
  expect(portal.cursor('halo-psa', 'companies')).toBeNull();

  const rest = { read: 1201, created: 701, unchanged: 500 };
  expect(sums(apply(portal, 'companies', items, { cursor: { page: 9 } }))).toEqual(rest);
  expect(portal.count({ type: 'companies' })).toBe(1201);
  expect(portal.cursor('halo-psa', 'companies')).toEqual({ page: 9 });
});

test('a row that does not fit is an issue and never stops its page', () => {
  const portal = open();
  const broken = { kind: 'record', externalId: '9', modifiedAt: null, record: { name: 5, isActive: 'yes' } } as never;
  const loop: Record<string, unknown> = { name: 'Loop' };
  loop.types = loop;
  const circular = { kind: 'record', externalId: '10', modifiedAt: null, record: loop } as never;
  const nameless = company('11', { city: 'Oslo' });
  const nothing = { kind: 'record', externalId: '12', modifiedAt: null, record: null } as never;
  const outcome = apply(portal, 'companies', [broken, circular, nameless, nothing, acme]);
  expect(sums(outcome)).toEqual({ read: 5, created: 1, failed: 4 });
  const details = portal.issues({ reason: 'malformed' }).map((issue) => [issue.externalId, issue.detail]);
  expect(details).toHaveLength(4);
  expect(details.find(([id]) => id === '9')![1]).toMatch(/name: .*expected string/);
  expect(details.find(([id]) => id === '11')![1]).toMatch(/name: missing/);

  apply(portal, 'companies', [company('9', { name: 'Mended' })]);
  expect(portal.issues({ externalId: '9' })).toEqual([]);
});

test('hostile and odd text comes back as it went in', () => {
  const portal = open();
  const title = `'); DROP TABLE tickets; -- \u0000 "x" % _ \\ \u001b[31m 日本 😀`;
  apply(portal, 'tickets', [ticket('1', { title, description: 'lone \ud800 half' })]);
  expect(only(portal, 'tickets')).toMatchObject({ title, description: 'lone \ufffd half' });
  expect(sums(apply(portal, 'tickets', [ticket('1', { description: 'lone \ud800 half' })]))).toEqual({
    read: 1,
    unchanged: 1,
  });
});

test('gone and back again: kept, left out of lists and counts, restored under the same id', () => {
  const portal = open();
  apply(portal, 'companies', [acme]);
  const { id } = only(portal, 'companies');
  expect(sums(apply(portal, 'companies', [gone('7'), gone('7'), gone('unknown')]))).toEqual({
    read: 3,
    gone: 1,
    unchanged: 2,
  });
  expect(portal.query({ type: 'companies' }).records).toEqual([]);
  expect(portal.counts()).toEqual({});
  expect(portal.count({ type: 'companies', includeGone: true })).toBe(1);
  expect(portal.links('companies', id)[0]!.goneAt).toBe(at);

  const back = apply(portal, 'companies', [acme]);
  expect(sums(back)).toEqual({ read: 1, updated: 1 });
  expect(back.changes[0]!.outcome).toBe('restored');
  expect(only(portal, 'companies').id).toBe(id);
  expect(portal.counts()).toEqual({ companies: 1 });
  expect(portal.verify()).toEqual([]);
});

test('the same vendor id of two integrations is two records', () => {
  const portal = open();
  apply(portal, 'companies', [acme]);
  apply(portal, 'companies', [company('7', { name: 'Other' })], { integration: 'syncro' });
  const named = (integration: string) => portal.query({ type: 'companies', integration }).records.map((r) => r.name);
  expect([named('halo-psa'), named('syncro')]).toEqual([['Acme'], ['Other']]);
  expect(portal.counts()).toEqual({ companies: 2 });
  expect(portal.counts('syncro')).toEqual({ companies: 1 });
  expect(portal.verify()).toEqual([]);
});

test('a failure inside the transaction leaves neither rows nor cursor', () => {
  const portal = open();
  apply(portal, 'companies', [acme], { cursor: { page: 1 } });
  expect(() =>
    apply(portal, 'companies', [company('8', { name: 'Eight' }), powerCut()], { cursor: { page: 2 } }),
  ).toThrow('power cut');
  expect(only(portal, 'companies').name).toBe('Acme');
  expect(portal.cursor('halo-psa', 'companies')).toEqual({ page: 1 });
  expect(portal.verify()).toEqual([]);
  expect(sums(apply(portal, 'companies', [company('8', { name: 'Eight' })]))).toEqual({ read: 1, created: 1 });
});

test('users and contacts keep their own fields', () => {
  const portal = open();
  apply(portal, 'users', [record<'users'>('3', { fullName: 'Ann Lee', status: 'active' })]);
  expect(only(portal, 'users')).toMatchObject({
    fullName: 'Ann Lee',
    status: 'active',
    role: null,
    isPrimaryAdmin: null,
  });
});
