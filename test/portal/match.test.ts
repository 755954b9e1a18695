import { beforeEach, expect, test } from 'vitest';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { Linking } from '../../src/engine/linking.ts';
import type { Portal } from '../../src/portal/portal.ts';
import type { RecordType, SourceRecords } from '../../src/portal/records/index.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { temporaryFile } from './fixture.ts';

const later = '2026-03-02T12:00:00Z';
let portal: Portal;
let ids = 0;
beforeEach(() => {
  const file = temporaryFile();
  portal = openPortal({ file, now: () => Date.parse('2026-03-01T12:00:00Z'), newId: () => `r${++ids}`, owner: 'test' });
  for (const id of ['halo-psa', 'autotask', 'ninjarmm']) {
    portal.beginRun({ id, integration: id, trigger: 'manual', startedAt: '2026-03-01T12:00:00Z' });
  }
  return () => portal.close();
});

function give<T extends RecordType>(
  integration: string,
  type: T,
  rows: Record<string, SourceRecords[T]>,
  linkOnly = false,
) {
  const items = Object.entries(rows).map(
    ([externalId, record]) => ({ kind: 'record', externalId, modifiedAt: null, record }) as SourceItem,
  );
  return portal.apply({
    integration,
    type,
    runId: integration,
    items,
    cursor: {},
    at: '2026-03-01T12:00:00Z',
    linkOnly,
  });
}
const names = (type: RecordType) => portal.query({ type }).records.map((record) => record.name ?? record.fullName);

test('the same company from two PSAs is one record with two links; the second only fills blanks', () => {
  give('halo-psa', 'companies', { '1': { name: 'Northwind Dental', phone: '1', city: null } });
  const second = give('autotask', 'companies', { '900': { name: 'NORTHWIND DENTAL', phone: '2', city: 'Leeds' } });
  expect(second).toMatchObject({ created: 0, updated: 1, changes: [{ outcome: 'linked' }] });
  const [company] = portal.query({ type: 'companies' }).records;
  expect(company).toMatchObject({ name: 'Northwind Dental', phone: '1', city: 'Leeds', provider: 'halo-psa' });
  expect(portal.links('companies', company!.id).map(({ integration }) => integration)).toEqual([
    'autotask',
    'halo-psa',
  ]);
  expect(portal.counts('autotask')).toEqual({ companies: 1 });

  expect(
    give('autotask', 'companies', { '900': { name: 'NORTHWIND DENTAL', phone: '3', city: 'York' } }),
  ).toMatchObject({ updated: 0 });
  expect(portal.query({ type: 'companies' }).records[0]).toMatchObject({ phone: '1', city: 'Leeds' });
  give('halo-psa', 'companies', { '1': { name: 'Northwind Dental Ltd', phone: null, city: 'Hull' } });
  expect(portal.query({ type: 'companies' }).records[0]).toMatchObject({
    name: 'Northwind Dental Ltd',
    phone: '1',
    city: 'Hull',
  });
});

test('two companies of one name in one PSA stay two; another PSA that cannot know which waits for a person', () => {
  give('halo-psa', 'companies', { '1': { name: 'Twin' }, '2': { name: 'Twin' } });
  expect(names('companies')).toEqual(['Twin', 'Twin']);
  expect(give('autotask', 'companies', { '9': { name: 'Twin' } })).toMatchObject({ created: 0, held: 1 });
  expect(portal.issues({ integration: 'autotask' })).toMatchObject([{ reason: 'doubtful-match', externalId: '9' }]);
});

test('a domain matches where the name does not, and a part of a domain matches nothing', () => {
  give('halo-psa', 'companies', { '1': { name: 'Northwind', website: 'https://www.northwind.example/about' } });
  expect(
    give('autotask', 'companies', { '9': { name: 'Northwind Dental', website: 'northwind.example' } }),
  ).toMatchObject({ created: 0 });
  expect(give('autotask', 'companies', { '8': { name: 'Wind', website: 'wind.example' } })).toMatchObject({
    created: 1,
  });
});

test('people are matched by e-mail, contacts only within their company', () => {
  for (const psa of ['halo-psa', 'autotask']) {
    give(psa, 'companies', { '1': { name: 'A' }, '2': { name: 'B' } });
    give(psa, 'users', { '7': { fullName: 'Sam Field', email: 'sam@msp.example' } });
    give(psa, 'contacts', {
      '5': { fullName: 'Info', email: 'info@shared.example', companyExternalId: psa === 'halo-psa' ? '1' : '2' },
    });
  }
  expect(names('users')).toEqual(['Sam Field']);
  expect(names('contacts')).toHaveLength(2);
});

test('an RMM ties its organizations to companies, makes none, and says which it could not tie', () => {
  give('halo-psa', 'companies', { '1': { name: 'Northwind Dental', phone: '1' } });
  const linked = give(
    'ninjarmm',
    'companies',
    { '2': { name: 'Northwind Dental', phone: '9' }, '3': { name: 'Stranger' } },
    true,
  );
  expect(linked).toMatchObject({ created: 0, updated: 1, held: 1 });
  expect(portal.query({ type: 'companies' }).records).toMatchObject([{ name: 'Northwind Dental', phone: '1' }]);
  expect(portal.issues({ integration: 'ninjarmm' })).toMatchObject([
    { reason: 'company-not-imported', label: 'Stranger' },
  ]);

  give('halo-psa', 'companies', { '4': { name: 'Stranger' } });
  expect(
    give('ninjarmm', 'companies', { '2': { name: 'Northwind Dental', phone: '9' }, '3': { name: 'Stranger' } }, true),
  ).toMatchObject({
    unchanged: 1,
    updated: 1,
  });
  expect(portal.issues({ integration: 'ninjarmm' })).toHaveLength(0);
});

test('a learner is tied to the contact with its address whatever the company, and waits when two have it', () => {
  const companies = { '1': { name: 'Northwind Dental' }, '2': { name: 'Quarry Foods' } };
  give('halo-psa', 'companies', companies);
  give('halo-psa', 'contacts', {
    '1': { fullName: 'Ada Quill', email: 'Ada@northwind.example', companyExternalId: '1' },
    '2': { fullName: 'Sam Field', email: 'sam@shared.example', companyExternalId: '1' },
    '3': { fullName: 'Sam Field', email: 'sam@shared.example', companyExternalId: '2' },
  });
  const rows = ['ada@northwind.example', 'sam@shared.example', 'who@nowhere.example'];
  give('autotask', 'contacts', Object.fromEntries(rows.map((email) => [email, { email }])), true);
  expect(
    portal
      .issues({ integration: 'autotask' })
      .map(({ reason, label }) => [label, reason])
      .sort(),
  ).toEqual([
    ['sam@shared.example', 'doubtful-match'],
    ['who@nowhere.example', 'reference-missing'],
  ]);
  expect(portal.issues({ integration: 'autotask' }).find(({ label }) => label.startsWith('who'))?.detail).toContain(
    'has this e-mail address',
  );

  const learner = (email: string) => ({ email, fullName: email, contactExternalId: email });
  give('autotask', 'learners', Object.fromEntries(rows.map((email) => [email, learner(email)])));
  const companyOf = (email: string) =>
    portal.query({ type: 'learners', where: [{ field: 'email', op: '=', value: email }] }).records[0]?.companyName;
  expect(rows.map(companyOf)).toEqual(['Northwind Dental', null, null]);
});

const one = (name: string) =>
  portal.query({ type: 'companies', where: [{ field: 'name', op: '=', value: name }] }).records[0]!;
const at = (integration: string, externalId: string, type: RecordType = 'companies') => ({
  integration,
  type,
  externalId,
});
const idsOf = (id: string) => portal.links('companies', id).map((link) => `${link.integration}/${link.externalId}`);

test('a doubtful row is kept: linked, made a record of its own, or ignored, and it stays so', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme', city: 'Oslo' }, '2': { name: 'Acme', city: null } });
  const rows = { a: { name: 'Acme', phone: '7' }, b: { name: 'ACME' }, c: { name: 'acme' } };
  expect(give('autotask', 'companies', rows)).toMatchObject({ held: 3, created: 0 });
  const waiting = portal.pendingMatches({ integration: 'autotask' });
  expect(waiting.map(({ externalId, hasRow }) => [externalId, hasRow])).toEqual([
    ['a', true],
    ['b', true],
    ['c', true],
  ]);
  expect(waiting[0]!.candidates.map(({ by, confidence }) => [by, confidence])).toEqual([
    ['name', 1],
    ['name', 1],
  ]);

  const { recordId } = waiting[0]!.candidates[1]!;
  portal.link(at('autotask', 'a'), recordId);
  expect(portal.get('companies', recordId)).toMatchObject({ phone: '7', provider: 'halo-psa' });
  const made = portal.createFrom(at('autotask', 'b'));
  expect(portal.get('companies', made)).toMatchObject({ name: 'ACME', provider: 'autotask' });
  portal.ignore(at('autotask', 'c'));
  expect(portal.pendingMatches({})).toEqual([]);
  expect(portal.issues({})).toHaveLength(0);
  expect([portal.counts().companies, portal.counts('autotask').companies]).toEqual([3, 2]);

  expect(give('autotask', 'companies', { ...rows, c: { name: 'acme', phone: '9' } })).toMatchObject({
    unchanged: 2,
    held: 1,
    created: 0,
    updated: 0,
  });
  expect(portal.issues({})).toHaveLength(0);
});

test('what was unlinked is not linked again by itself; the record follows another of its rows', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme', phone: '1' } });
  give('autotask', 'companies', { '9': { name: 'Acme', phone: '2' } });
  const { id } = one('Acme');
  expect(portal.unlink(at('halo-psa', '1'))).toBe(true);
  expect(portal.unlink(at('halo-psa', '1'))).toBe(false);
  expect(portal.pendingMatches({})).toMatchObject([{ externalId: '1', label: 'Acme', hasRow: false }]);
  expect(idsOf(id)).toEqual(['autotask/9']);
  expect(portal.counts('halo-psa')).toEqual({});
  expect(give('halo-psa', 'companies', { '1': { name: 'Acme', phone: '3' } })).toMatchObject({ held: 1 });
  give('autotask', 'companies', { '9': { name: 'Acme', phone: '2' } });
  expect(portal.get('companies', id)).toMatchObject({ provider: 'autotask', phone: '2' });
  portal.link(at('halo-psa', '1'), id);
  expect(idsOf(id)).toEqual(['autotask/9', 'halo-psa/1']);
});

test('a link that moves takes along what refers to it; the record that is left with nothing is gone', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme' } });
  give('autotask', 'companies', { '9': { name: 'Acme Ltd' } });
  give('autotask', 'tickets', { t: { title: 'Printer', companyExternalId: '9' } });
  const [acme, other] = [one('Acme').id, one('Acme Ltd').id];
  portal.link(at('autotask', '9'), acme);
  expect(portal.query({ type: 'tickets' }).records[0]).toMatchObject({ companyId: acme, companyName: 'Acme' });
  expect(portal.query({ type: 'companies' }).records.map(({ id }) => id)).toEqual([acme]);
  expect(portal.counts()).toEqual({ companies: 1, tickets: 1 });
  expect(idsOf(other)).toEqual([]);
  expect(portal.verify()).toEqual([]);
});

test('merging two companies keeps every link, moves what refers to them, and fills blanks', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme', city: null } });
  give('autotask', 'companies', { '9': { name: 'Acme Limited', city: 'Oslo', phone: '2' } });
  give('ninjarmm', 'companies', { n: { name: 'Acme Limited' } }, true);
  give('autotask', 'contacts', { k: { fullName: 'Kim', companyExternalId: '9' } });
  const [keep, drop] = [one('Acme').id, one('Acme Limited').id];
  portal.mergeRecords('companies', keep, drop);
  expect(idsOf(keep)).toEqual(['autotask/9', 'halo-psa/1', 'ninjarmm/n']);
  expect(portal.get('companies', keep)).toMatchObject({ name: 'Acme', city: 'Oslo', phone: '2', provider: 'halo-psa' });
  expect(portal.get('companies', drop)).toBeNull();
  expect(portal.query({ type: 'contacts' }).records[0]).toMatchObject({ companyId: keep, companyName: 'Acme' });
  expect(portal.counts()).toEqual({ companies: 1, contacts: 1 });
  expect(portal.verify()).toEqual([]);
  // Read again, the second row makes no second company, and does not take the lead.
  expect(give('autotask', 'companies', { '9': { name: 'Acme Limited', city: 'Bergen' } })).toMatchObject({
    created: 0,
  });
  expect(portal.get('companies', keep)).toMatchObject({ name: 'Acme', city: 'Oslo' });
  expect(() => portal.mergeRecords('companies', keep, keep)).toThrow(/itself/);
});

test('the grid: companies by integrations, searched, only those that lack a link, page by page', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme' }, '2': { name: 'Beta' }, '3': { name: 'Gamma' } });
  give('autotask', 'companies', { '9': { name: 'acme' } });
  const integrations = ['halo-psa', 'autotask'];
  const first = portal.grid({ integrations, limit: 2 });
  expect(first.rows.map(({ label, links }) => [label, links])).toEqual([
    ['Acme', { 'halo-psa': ['1'], autotask: ['9'] }],
    ['Beta', { 'halo-psa': ['2'] }],
  ]);
  expect(portal.grid({ integrations, limit: 2, after: first.next }).rows.map(({ label }) => label)).toEqual(['Gamma']);
  expect(portal.grid({ integrations, missingOnly: true }).rows.map(({ label }) => label)).toEqual(['Beta', 'Gamma']);
  expect(portal.grid({ integrations, search: 'AMM' }).rows.map(({ label }) => label)).toEqual(['Gamma']);
  const lacking = { integrations, missingOnly: true, limit: 1, descending: true } as const;
  const last = portal.grid(lacking);
  expect(last.rows.map(({ label }) => label)).toEqual(['Gamma']);
  expect(portal.grid({ ...lacking, after: last.next }).rows.map(({ label }) => label)).toEqual(['Beta']);
  const where = [{ field: 'name', op: '!contains', value: 'amm' }] as const;
  expect(portal.grid({ ...lacking, where }).rows.map(({ label }) => label)).toEqual(['Beta']);
  expect(portal.count({ type: 'companies', lacking: integrations })).toBe(2);
  expect(portal.count({ type: 'companies', lacking: integrations, where })).toBe(1);
  // A link whose row is gone at the vendor is lacking again.
  portal.apply({
    integration: 'autotask',
    type: 'companies',
    runId: 'gone',
    items: [{ kind: 'gone', externalId: '9' }],
    cursor: {},
    at: '2026-03-01T12:00:00Z',
  });
  expect(portal.count({ type: 'companies', lacking: integrations })).toBe(3);
});

test('a row that only links has candidates of a similar name', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme Dental' } });
  give('ninjarmm', 'companies', { n: { name: 'ACME Dental, Ltd.' } }, true);
  expect(portal.pendingMatches({})).toMatchObject([
    { externalId: 'n', candidates: [{ by: 'similar', confidence: 0.8 }] },
  ]);
});

test('a link that only points to a company neither keeps it nor takes it along', () => {
  const gone = (integration: string, externalId: string, linkOnly: boolean) =>
    portal.apply({
      integration,
      type: 'companies',
      runId: integration,
      items: [{ kind: 'gone', externalId }],
      cursor: {},
      at: '2026-03-01T12:00:00Z',
      linkOnly,
    });
  give('halo-psa', 'companies', { '1': { name: 'Northwind' } });
  give('ninjarmm', 'companies', { '7': { name: 'Northwind' } }, true);
  gone('ninjarmm', '7', true);
  expect(names('companies')).toEqual(['Northwind']);
  give('ninjarmm', 'companies', { '7': { name: 'Northwind' } }, true);
  gone('halo-psa', '1', false);
  expect(names('companies')).toEqual([]);
  give('ninjarmm', 'companies', { '7': { name: 'Northwind', phone: '1' } }, true);
  expect(names('companies')).toEqual([]);
});

test('a held row of somebody who only links makes no record when what it waits for comes', () => {
  const person = { fullName: 'Ann Berg', email: 'ann@acme.example', phone: '7', companyExternalId: 'c1' };
  give('ninjarmm', 'contacts', { p1: person }, true);
  expect(portal.issues({}).map(({ reason }) => reason)).toEqual(['company-not-imported']);
  give('halo-psa', 'companies', { '1': { name: 'Acme' } });
  give('ninjarmm', 'companies', { c1: { name: 'Acme' } }, true);
  expect(portal.retryHeld('ninjarmm', 'contacts', 'ninjarmm')).toMatchObject({ created: 0, held: 1 });
  expect(names('contacts')).toEqual([]);
  expect(portal.issues({}).map(({ reason }) => reason)).toEqual(['reference-missing']);
});

test('tying such a row by hand changes nothing of the record, and does not keep it', () => {
  give('halo-psa', 'companies', { '1': { name: 'Acme Dental', phone: null } });
  give('ninjarmm', 'companies', { n: { name: 'ACME Dental, Ltd.', phone: '7' } }, true);
  const [record] = portal.query({ type: 'companies' }).records;
  portal.link({ integration: 'ninjarmm', type: 'companies', externalId: 'n' }, record!.id);
  expect(portal.get('companies', record!.id)).toMatchObject({ name: 'Acme Dental', phone: null });
  expect(portal.linkOf('ninjarmm', 'companies', 'n')).toMatchObject({ recordId: record!.id });
  const items = [{ kind: 'gone', externalId: '1' }] as const;
  portal.apply({ integration: 'halo-psa', type: 'companies', runId: 'halo-psa', items, cursor: {}, at: later });
  expect(names('companies')).toEqual([]);
});

test('a row that is held as it was before writes nothing, and counts all the same', () => {
  const rows = { n: { name: 'Nobody Ltd' }, m: { name: 'Someone Ltd' } };
  give('ninjarmm', 'companies', rows, true);
  const before = portal.issues({});
  const again = (more: object) => {
    const items = Object.entries({ ...rows, ...more }).map(([externalId, record]) => ({
      ...({ kind: 'record', externalId, modifiedAt: null } as const),
      record,
    }));
    const page = { integration: 'ninjarmm', type: 'companies', runId: 'ninjarmm', cursor: {}, at: later } as const;
    return { ...page, items, linkOnly: true };
  };
  expect(portal.apply(again({}))).toMatchObject({ held: 2, unchanged: 0, changes: [{ outcome: 'held' }, {}] });
  expect(portal.issues({})).toEqual(before);

  // In a full pass too, which puts aside what differs and takes it at the end.
  const pass = again({ m: { name: 'Someone else Ltd' } });
  expect(portal.stage({ ...pass, first: true })).toMatchObject({ read: 2, held: 1, unchanged: 0 });
  expect(portal.takeStaged(pass)).toMatchObject({ complete: true, outcome: { held: 1, read: 0 } });
  const at = Object.fromEntries(portal.issues({}).map(({ label, lastSeen }) => [label, lastSeen]));
  expect(at).toEqual({ 'Nobody Ltd': before[0]!.lastSeen, 'Someone else Ltd': later });
});

test('quick match links what one record alone fits, says why and how sure, and leaves what was unlinked by hand', async () => {
  const linking = new Linking({ reader: portal, own: () => portal, changed: () => {} });
  give('halo-psa', 'companies', { '1': { name: 'Acme Ltd' }, '2': { name: 'Bolt' }, '3': { name: 'Bolt' } });
  const { id } = one('Acme Ltd');
  give('ninjarmm', 'companies', { '7': { name: 'ACME' }, '8': { name: 'Bolt' } }, true);
  expect(await linking.quickMatch({})).toMatchObject([
    { externalId: '7', to: { recordId: id, by: 'similar', confidence: 0.8 } },
  ]);
  expect(idsOf(id)).toEqual(['halo-psa/1', 'ninjarmm/7']);
  expect(await linking.quickMatch({})).toEqual([]);

  portal.unlink(at('ninjarmm', '7'));
  give('ninjarmm', 'companies', { '7': { name: 'ACME' } }, true);
  expect(portal.pendingMatches({}).find(({ externalId }) => externalId === '7')).toMatchObject({ unlinked: true });
  expect(await linking.quickMatch({})).toEqual([]);
  expect(idsOf(id)).toEqual(['halo-psa/1']);
});
