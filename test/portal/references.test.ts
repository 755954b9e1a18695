import { expect, test } from 'vitest';
import { apply, at, company, gone, only, open, record, sums, ticket } from './fixture.ts';

const acme = company('7', { name: 'Acme' });
const contact = (id: string, fullName: string, companyExternalId: string | null = '7') =>
  record<'contacts'>(id, { fullName, email: `${id}@acme.example`, companyExternalId });

test('a reference gives the portal id and copies the name; a rename reaches every dependent at once', () => {
  const portal = open();
  apply(portal, 'companies', [acme]);
  apply(portal, 'contacts', [contact('c', 'Ann')]);
  apply(portal, 'tickets', [ticket('1', { title: 'A', companyExternalId: '7' })]);
  expect(only(portal, 'tickets')).toMatchObject({ companyId: only(portal, 'companies').id, companyName: 'Acme' });

  // Only the case changes: still a change.
  expect(sums(apply(portal, 'companies', [company('7', { name: 'ACME' })]))).toEqual({ read: 1, updated: 1 });
  expect(only(portal, 'tickets').companyName).toBe('ACME');
  expect(only(portal, 'contacts').companyName).toBe('ACME');
  // The dependents' own rows are no news afterwards.
  expect(sums(apply(portal, 'tickets', [ticket('1', { title: 'A', companyExternalId: '7' })]))).toEqual({
    read: 1,
    unchanged: 1,
  });
});

test('a copy of a copy follows too: the company of an alert is that of its device', () => {
  const portal = open();
  apply(portal, 'companies', [acme, company('8', { name: 'Other' })]);
  apply(portal, 'devices', [record<'devices'>('d', { name: 'PC-1', companyExternalId: '7' })]);
  apply(portal, 'alerts', [record<'alerts'>('a', { title: 'Disk full', deviceExternalId: 'd' })]);
  expect(only(portal, 'alerts')).toMatchObject({ deviceName: 'PC-1', companyName: 'Acme' });

  apply(portal, 'companies', [company('7', { name: 'Acme Ltd' })]);
  expect(only(portal, 'alerts').companyName).toBe('Acme Ltd');
  apply(portal, 'devices', [record<'devices'>('d', { name: 'PC-2', companyExternalId: '8' })]);
  expect(only(portal, 'alerts')).toMatchObject({
    deviceName: 'PC-2',
    companyName: 'Other',
    companyId: only(portal, 'devices').companyId,
  });
});

test('a row whose company is missing is held, says so, and follows when the company is there', () => {
  const portal = open();
  portal.beginRun({ id: 'run', integration: 'halo-psa', trigger: 'manual', startedAt: at });
  const rows = [
    ticket('1', { ticketNumber: '1', title: 'Printer', companyExternalId: '7' }),
    ticket('2', { title: 'B', companyExternalId: '8' }),
  ];
  const outcome = apply(portal, 'tickets', rows);
  expect(sums(outcome)).toEqual({ read: 2, held: 2 });
  expect(outcome.changes[0]).toEqual({
    externalId: '1',
    outcome: 'held',
    label: '1 Printer',
    reason: 'company-not-imported',
  });
  expect(portal.issues({ externalId: '1' })).toMatchObject([
    {
      reason: 'company-not-imported',
      label: '1 Printer',
      detail: expect.stringContaining('company 7'),
      type: 'tickets',
      firstSeen: at,
    },
  ]);
  expect(sums(portal.retryHeld('halo-psa', 'tickets', 'run'))).toEqual({});

  apply(portal, 'companies', [acme]);
  expect(sums(portal.retryHeld('halo-psa', 'tickets', 'run'))).toEqual({ read: 1, created: 1 });
  expect(only(portal, 'tickets')).toMatchObject({ title: 'Printer', companyName: 'Acme' });
  expect(portal.issues({}).map((issue) => issue.externalId)).toEqual(['2']);
  expect(sums(portal.run('run')!.types.tickets!)).toEqual({ read: 3, held: 2, created: 1 });
});

test('only the newest telling of a held row is applied', () => {
  const portal = open();
  apply(portal, 'tickets', [ticket('1', { title: 'old', companyExternalId: '7' })]);
  apply(portal, 'tickets', [ticket('1', { title: 'new', companyExternalId: '7' })]);
  expect(portal.issues({})).toHaveLength(1);
  apply(portal, 'companies', [acme]);
  portal.retryHeld('halo-psa', 'tickets', 'run');
  expect(only(portal, 'tickets').title).toBe('new');

  // Held for another reason now: there is nothing left to apply later.
  apply(portal, 'tickets', [ticket('2', { title: 'B', companyExternalId: '9' })]);
  apply(portal, 'tickets', [
    { kind: 'held', externalId: '2', label: '2 B', reason: 'not-selected', detail: 'Type not chosen.' },
  ]);
  apply(portal, 'companies', [company('9', { name: 'Nine' })]);
  expect(sums(portal.retryHeld('halo-psa', 'tickets', 'run'))).toEqual({});
  expect(portal.issues({}).map((issue) => issue.reason)).toEqual(['not-selected']);
});

test('an existing record that becomes held stays as it was, and the same row later clears the issue', () => {
  const portal = open();
  const row = ticket('1', { title: 'A' });
  apply(portal, 'tickets', [row]);
  const held = {
    kind: 'held',
    externalId: '1',
    label: 'A',
    reason: 'not-selected',
    detail: 'Board not chosen.',
  } as const;
  expect(sums(apply(portal, 'tickets', [held]))).toEqual({ read: 1, held: 1 });
  expect(only(portal, 'tickets').title).toBe('A');
  expect(portal.issues({ integration: 'halo-psa' })).toHaveLength(1);
  expect(sums(apply(portal, 'tickets', [row]))).toEqual({ read: 1, unchanged: 1 });
  expect(portal.issues({ integration: 'halo-psa' })).toHaveLength(0);
});

test('what the vendor did not say is filled from the other record; what it says goes before', () => {
  const portal = open();
  apply(portal, 'contacts', [contact('c', 'Ann', null), contact('d', 'Bob', null)]);
  apply(portal, 'tickets', [ticket('1', { title: 'A', contactExternalId: 'c', contactName: null })]);
  expect(only(portal, 'tickets')).toMatchObject({ contactName: 'Ann', contactEmail: 'c@acme.example' });
  expect(sums(apply(portal, 'tickets', [ticket('1', { contactName: null })]))).toEqual({ read: 1, unchanged: 1 });
  apply(portal, 'tickets', [ticket('1', { contactExternalId: 'd' })]);
  expect(only(portal, 'tickets')).toMatchObject({ contactName: 'Bob', contactEmail: 'd@acme.example' });
  apply(portal, 'tickets', [ticket('1', { contactExternalId: 'd', contactName: 'Robert' })]);
  expect(only(portal, 'tickets').contactName).toBe('Robert');
  apply(portal, 'tickets', [ticket('1', { contactExternalId: null })]);
  expect(only(portal, 'tickets')).toMatchObject({ contactName: null, contactEmail: null });
});

test('a reference that may be missing is found when the same row comes again', () => {
  const portal = open();
  const row = ticket('1', { title: 'A', contactExternalId: 'c' });
  expect(sums(apply(portal, 'tickets', [row]))).toEqual({ read: 1, created: 1 });
  expect(sums(apply(portal, 'tickets', [row]))).toEqual({ read: 1, unchanged: 1 });
  apply(portal, 'contacts', [contact('c', 'Ann', null)]);
  expect(sums(apply(portal, 'tickets', [row]))).toEqual({ read: 1, updated: 1 });
  expect(only(portal, 'tickets').contactName).toBe('Ann');
});

test('moving to another company, to none, and to one that is gone', () => {
  const portal = open();
  apply(portal, 'companies', [acme, company('8', { name: 'Bolt' })]);
  apply(portal, 'tickets', [ticket('1', { title: 'A', companyExternalId: '7' })]);
  apply(portal, 'tickets', [ticket('1', { companyExternalId: null })]);
  expect(only(portal, 'tickets')).toMatchObject({ companyId: null, companyName: null });
  apply(portal, 'companies', [gone('8')]);
  apply(portal, 'tickets', [ticket('1', { companyExternalId: '8' })]);
  expect(only(portal, 'tickets').companyName).toBe('Bolt');
});

test('an issue about a refused write outlives the next read', () => {
  const portal = open();
  apply(portal, 'tickets', [ticket('1', { title: 'A' })]);
  portal.raiseIssue({
    integration: 'halo-psa',
    type: 'tickets',
    externalId: '1',
    reason: 'refused',
    label: 'A',
    detail: 'No.',
    at,
  });
  apply(portal, 'tickets', [ticket('1', { title: 'B' })]);
  expect(portal.issues({}).map((issue) => issue.reason)).toEqual(['refused']);
});
