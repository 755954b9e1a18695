import { describe, expect, it, test } from 'vitest';
import { ticketLookups } from '../../../connectors/autotask/lookups.ts';
import {
  companyRow,
  contactRow,
  resourceRow,
  ticketRow,
  toCompany,
  toContact,
  toDeletion,
  toMalformed,
  toTicket,
  toUser,
} from '../../../connectors/autotask/mapping.ts';
import { fieldsAnswer, Picklists } from '../../../connectors/autotask/picklists.ts';
import { valuesIn } from '../../../src/connector/psa/names.ts';
import type { PsaSelection } from '../../../src/connector/psa/selection.ts';
import { recordTypes } from '../../../src/portal/records/index.ts';

const all: PsaSelection = { includeInactive: true, closedWithinDays: 0, groups: [] };
const now = Date.parse('2026-09-01T00:00:00Z');

const value = (id: number | string, label: string, more = {}) => ({ value: String(id), label, sortOrder: 1, ...more });
const field = (name: string, ...picklistValues: object[]) => ({ name, isPickList: true, picklistValues });
const picklists = new Picklists(
  fieldsAnswer.parse({
    fields: [
      field(
        'status',
        value(1, 'New'),
        value(8, 'In Progress'),
        value(5, 'Complete'),
        value(12, 'Old', { isActive: false }),
      ),
      field('priority', value(4, 'Critical', { sortOrder: 1 }), value(1, 'High', { sortOrder: 2 })),
      field('queueID', value(29683354, 'Service Desk')),
      field('ticketType', value(2, 'Incident')),
      field('ticketCategory', value(3, 'Standard')),
      field('issueType', value(10, 'Hardware')),
      field('subIssueType', value(136, 'Printer', { parentValue: '10' })),
      field('companyType', value(1, 'Customer')),
      field('licenseType', value(1, 'Professional'), value(7, 'API User')),
      field('userType', value(10, 'Service Desk User'), value(17, 'API User (system) (API-only)')),
      { name: 'title', isPickList: false, picklistValues: null },
    ],
  }),
);

const ticket = (more = {}) => ({
  id: 84860,
  ticketNumber: 'T20260819.0007',
  title: 'Printer offline',
  description: 'Second floor printer',
  companyID: 29683600,
  contactID: 30684001,
  assignedResourceID: 29682900,
  status: 8,
  priority: 1,
  queueID: 29683354,
  ticketType: 2,
  ticketCategory: 3,
  issueType: 10,
  createDate: '2026-08-19T12:00:01.113Z',
  completedDate: null,
  lastActivityDate: '2026-08-19T12:20:44.5Z',
  lastTrackedModificationDateTime: '2026-08-19T12:18:02.207Z',
  ...more,
});
const map = (more = {}, selection = all) =>
  toTicket(ticketRow.parse(ticket(more)), valuesIn(ticketLookups(picklists)), selection, now);

test('a ticket, with the names of its picklists', () => {
  const item = map();
  expect(item).toEqual({
    kind: 'record',
    externalId: '84860',
    modifiedAt: '2026-08-19T12:20:44.500Z',
    record: {
      ticketNumber: 'T20260819.0007',
      title: 'Printer offline',
      description: 'Second floor printer',
      companyExternalId: '29683600',
      contactExternalId: '30684001',
      assigneeExternalId: '29682900',
      status: 'In Progress',
      isClosed: false,
      closedAt: null,
      priority: 'High',
      queueName: 'Service Desk',
      typeName: 'Incident',
      categoryName: 'Standard',
      issueTypeName: 'Hardware',
      createdAt: '2026-08-19T12:00:01.113Z',
      updatedAt: '2026-08-19T12:20:44.500Z',
      source: 'psa',
    },
  });
  expect(recordTypes.tickets.source.safeParse(item.kind === 'record' ? item.record : null).success).toBe(true);
});

describe('the quirks of tickets', () => {
  it.each([
    ['company 0 is a company', { companyID: 0 }, { companyExternalId: '0' }],
    [
      'no contact clears what an earlier one left',
      { contactID: null },
      { contactExternalId: null, contactName: null, contactEmail: null },
    ],
    ['nobody assigned', { assignedResourceID: null }, { assigneeExternalId: null, assignedTo: null }],
    [
      'only Complete is closed',
      { status: 5, completedDate: '2026-08-20T10:00:00' },
      { isClosed: true, closedAt: '2026-08-20T10:00:00.000Z', status: 'Complete' },
    ],
    [
      'a completion date of a ticket that was re-opened',
      { status: 8, completedDate: '2026-08-20T10:00:00Z' },
      { isClosed: false, closedAt: null },
    ],
    ['complete without a date', { status: 5 }, { isClosed: true, closedAt: null }],
    ['a status that is not active any more keeps its name', { status: 12 }, { status: 'Old' }],
    ['an empty text is no text', { description: '', title: '  ' }, { description: null, title: null }],
    ['no queue', { queueID: null }, { queueName: null }],
    [
      'a time without a zone is UTC',
      { createDate: '2016-03-30T13:10:35.563' },
      { createdAt: '2016-03-30T13:10:35.563Z' },
    ],
  ])('%s', (_, row, expected) => {
    const item = map(row);
    expect(item.kind === 'record' ? item.record : null).toMatchObject(expected);
  });

  it('tells values that no list has by their numbers, and gives them no name of its own', () => {
    const item = map({ status: 99, queueID: 7 });
    expect(item).toMatchObject({
      unnamed: { status: '99', queueName: '7' },
      record: { status: null, queueName: null },
    });
    expect(map()).not.toHaveProperty('unnamed');
  });

  it.each([
    ['lastActivityDate', '2026-08-30T00:00:00Z'],
    ['lastTrackedModificationDateTime', '2026-08-30T00:00:00'],
    ['createDate', '2026-08-30T00:00:00.0Z'],
  ])('the newest of the three stamps counts: %s', (stamp, at) => {
    expect(map({ [stamp]: at })).toMatchObject({ modifiedAt: '2026-08-30T00:00:00.000Z' });
  });

  it('holds back what was not chosen, with the reason', () => {
    const other = map({ queueID: 5 }, { ...all, groups: ['29683354'] });
    expect(other).toMatchObject({ kind: 'held', reason: 'not-selected', label: 'T20260819.0007 Printer offline' });
    expect(other).toMatchObject({ detail: expect.stringContaining('queue') });
    expect(map({}, { ...all, groups: ['29683354'] }).kind).toBe('record');
    const old = { status: 5, completedDate: '2026-05-01T00:00:00Z' };
    expect(map(old, { ...all, closedWithinDays: 30 })).toMatchObject({ kind: 'held', reason: 'not-selected' });
    expect(map(old, { ...all, closedWithinDays: 365 }).kind).toBe('record');
  });

  it('knows a deletion by the number of the ticket, not of the log entry', () => {
    expect(toDeletion({ id: 77, ticketID: 84700, deletedDateTime: '2026-08-02T08:00:00Z' })).toEqual({
      kind: 'gone',
      externalId: '84700',
      modifiedAt: '2026-08-02T08:00:00.000Z',
    });
  });

  it('holds back a row that does not have the documented form', () => {
    const parsed = ticketRow.safeParse(ticket({ status: 'open' }));
    expect(parsed.success).toBe(false);
    expect(toMalformed({ id: 0 }, 'status')).toMatchObject({ kind: 'held', externalId: '0', reason: 'malformed' });
  });
});

const names = { picklists, country: (id: number) => (id === 237 ? 'United States' : undefined) };
const company = (more = {}, selection = all) =>
  toCompany(
    companyRow.parse({
      id: 0,
      companyName: 'Northwind Example MSP',
      companyType: 1,
      isActive: true,
      phone: '555-0100',
      webAddress: 'www.northwind.example',
      address1: '1 Sample Street',
      address2: null,
      additionalAddressInformation: '',
      city: 'Springfield',
      state: 'NY',
      postalCode: '00000',
      countryID: 237,
      createDate: '2019-02-01T09:00:00Z',
      lastActivityDate: '2026-08-20T11:04:31.27Z',
      lastTrackedModifiedDateTime: '2024-05-02T08:00:00.113Z',
      ...more,
    }),
    names,
    selection,
  );

describe('companies', () => {
  it('maps the MSP itself, which has the number 0', () => {
    const item = company();
    expect(item).toEqual({
      kind: 'record',
      externalId: '0',
      modifiedAt: '2026-08-20T11:04:31.270Z',
      record: {
        name: 'Northwind Example MSP',
        website: 'www.northwind.example',
        phone: '555-0100',
        address: '1 Sample Street',
        city: 'Springfield',
        state: 'NY',
        postalCode: '00000',
        country: 'United States',
        isActive: true,
        types: ['Customer'],
        createdAt: '2019-02-01T09:00:00.000Z',
        updatedAt: '2026-08-20T11:04:31.270Z',
      },
    });
    expect(recordTypes.companies.source.safeParse(item.kind === 'record' ? item.record : null).success).toBe(true);
  });

  it.each([
    ['without country and type', { countryID: null, companyType: null }, { country: null, types: [] }],
    ['a country that is not listed', { countryID: 999 }, { country: null }],
    [
      'three address lines',
      { address2: 'Floor 2', additionalAddressInformation: 'Door B' },
      { address: '1 Sample Street, Floor 2, Door B' },
    ],
    ['inactive', { isActive: false }, { isActive: false }],
    ['activity not told', { isActive: null }, { isActive: true }],
  ])('%s', (_, row, expected) => {
    const item = company(row);
    expect(item.kind === 'record' ? item.record : null).toMatchObject(expected);
  });

  it('holds back inactive ones that are not wanted', () => {
    expect(company({ isActive: false }, { ...all, includeInactive: false })).toMatchObject({
      kind: 'held',
      reason: 'not-selected',
    });
    expect(company({}, { ...all, includeInactive: false }).kind).toBe('record');
  });
});

const contact = (more = {}, selection = all) =>
  toContact(
    contactRow.parse({
      id: 30684001,
      companyID: 0,
      firstName: 'Dana',
      lastName: 'Sample',
      emailAddress: 'dana@contoso.example',
      phone: '555-0142',
      extension: null,
      mobilePhone: '',
      title: 'Office Manager',
      isActive: 1,
      primaryContact: true,
      createDate: '2023-03-03T10:00:00',
      lastActivityDate: '2026-08-19T15:20:00.5Z',
      lastModifiedDate: '2026-07-30T07:15:12.087Z',
      ...more,
    }),
    selection,
  );

describe('contacts', () => {
  it.each([
    ['1 is active', { isActive: 1 }, { isActive: true, companyExternalId: '0', fullName: 'Dana Sample', mobile: null }],
    ['0 is not', { isActive: 0 }, { isActive: false }],
    ['a boolean is understood too', { isActive: false }, { isActive: false }],
    ['an extension', { extension: '12' }, { phone: '555-0142 ext 12' }],
    ['no e-mail', { emailAddress: '' }, { email: null }],
    ['the main contact', {}, { contactType: 'Primary', createdAt: '2023-03-03T10:00:00.000Z' }],
    ['updated when modified', {}, { updatedAt: '2026-07-30T07:15:12.087Z' }],
    ['or else when active', { lastModifiedDate: null }, { updatedAt: '2026-08-19T15:20:00.500Z' }],
  ])('%s', (_, row, expected) => {
    const item = contact(row);
    expect(item.kind === 'record' ? item.record : null).toMatchObject(expected);
    // Found by any stamp: the newest decides where the next reading begins.
    expect(item.modifiedAt).toBe('2026-08-19T15:20:00.500Z');
  });

  it('holds back inactive ones that are not wanted', () => {
    expect(contact({ isActive: 0 }, { ...all, includeInactive: false })).toMatchObject({
      kind: 'held',
      label: 'Dana Sample',
    });
  });
});

const user = (more = {}) =>
  toUser(
    resourceRow.parse({
      id: 29682900,
      firstName: 'Kim',
      middleName: '',
      lastName: 'Tester',
      email: 'kim@northwind.example',
      title: 'Service Desk Lead',
      isActive: true,
      licenseType: 1,
      userType: 10,
      ...more,
    }),
    picklists,
  );

describe('technicians', () => {
  it('maps a person', () => {
    expect(user()).toEqual({
      kind: 'record',
      externalId: '29682900',
      modifiedAt: null,
      record: { fullName: 'Kim Tester', email: 'kim@northwind.example', title: 'Service Desk Lead', status: 'active' },
    });
    expect(user({ isActive: false })).toMatchObject({ record: { status: 'disabled' } });
  });

  it.each([
    ['an API licence', { licenseType: 7 }],
    ['an API-only security level', { userType: 17 }],
    ['the account of the workflow rules', { id: 4, firstName: 'Autotask', lastName: 'Administrator' }],
  ])('leaves out what is no person: %s', (_, row) => {
    expect(user(row)).toBeNull();
  });

  it('keeps a person whose number is 4', () => {
    expect(user({ id: 4 })).not.toBeNull();
  });
});

test('picklists keep the order of the tenant, their parents, and what is not active any more', () => {
  expect(picklists.values('priority').map(({ id }) => id)).toEqual(['4', '1']);
  expect(picklists.values('STATUS')).toContainEqual({ id: '12', name: 'Old', inactive: true });
  expect(picklists.values('subIssueType')).toEqual([{ id: '136', name: 'Printer', parent: '10' }]);
  expect(picklists.values('title')).toEqual([]);
});
