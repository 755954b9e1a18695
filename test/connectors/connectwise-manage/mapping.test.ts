import { expect, test } from 'vitest';
import { explain } from '../../../connectors/connectwise-manage/failures.ts';
import {
  mapRow,
  type Selection,
  toCompany,
  toContact,
  toTicket,
  toUser,
} from '../../../connectors/connectwise-manage/mapping.ts';
import { companyRow, contactRow, memberRow, ticketRow } from '../../../connectors/connectwise-manage/rows.ts';
import type { HttpFailure } from '../../../src/connector/http.ts';

const everything: Selection = {
  includeInactive: true,
  closedWithinDays: 0,
  groups: [],
  licences: ['F'],
  withoutCompany: null,
};
const now = Date.parse('2026-02-01T00:00:00Z');
const _info = { lastUpdated: '2026-01-30T17:22:05Z', updatedBy: 'jsmith', dateEntered: '2021-04-02T09:00:00Z' };
const inactive = (status: number) => status === 2;

const company = (row: object, selection = everything) =>
  toCompany(companyRow.parse({ id: 250, name: 'Blue Harbor Dental', _info, ...row }), inactive, selection);
const contact = (row: object) => toContact(contactRow.parse({ id: 77, _info, ...row }), everything);
const member = (row: object, selection = everything) =>
  toUser(memberRow.parse({ id: 176, licenseClass: 'F', _info, ...row }), selection);
const ticket = (row: object, selection = everything) =>
  toTicket(ticketRow.parse({ id: 50123, _info, ...row }), selection, now);

test('a company, as newer releases tell it', () => {
  const told = company({
    identifier: 'BlueHarbor',
    status: { id: 1, name: 'Active' },
    addressLine1: '12 Quay Road',
    city: 'Portland',
    state: 'OR',
    zip: '97201',
    country: { id: 1, name: 'United States' },
    phoneNumber: '5035550110',
    website: 'www.blueharbor.example',
    types: [{ id: 1, name: 'Client' }],
    deletedFlag: false,
  });
  expect(told).toEqual({
    kind: 'record',
    externalId: '250',
    modifiedAt: '2026-01-30T17:22:05.000Z',
    record: {
      name: 'Blue Harbor Dental',
      website: 'www.blueharbor.example',
      phone: '5035550110',
      address: '12 Quay Road',
      city: 'Portland',
      state: 'OR',
      postalCode: '97201',
      country: 'United States',
      isActive: true,
      types: ['Client'],
      createdAt: '2021-04-02T09:00:00.000Z',
      updatedAt: '2026-01-30T17:22:05.000Z',
    },
  });
});

test('nulls of older releases and absent properties are the same', () => {
  const names = Object.keys(companyRow.shape).filter((name) => !['id', 'name', '_info'].includes(name));
  expect(company(Object.fromEntries(names.map((name) => [name, null])))).toEqual(company({}));
});

test('a company is inactive by its status row, not by the name of the status, and gone when marked deleted', () => {
  expect(company({ status: { id: 2, name: 'Dormant' } })).toMatchObject({ record: { isActive: false } });
  expect(company({ status: { id: 3, name: 'Inactive on paper' } })).toMatchObject({ record: { isActive: true } });
  expect(company({ status: { id: 2 } }, { ...everything, includeInactive: false })).toMatchObject({
    kind: 'held',
    reason: 'not-selected',
  });
  expect(company({ deletedFlag: true })).toMatchObject({ kind: 'gone', externalId: '250' });
  expect(company({ identifier: 'ACMEIT' }, { ...everything, withoutCompany: 'acmeit' })).toMatchObject({
    kind: 'held',
  });
});

const item = (communicationType: string, value: string, defaultFlag = false, type = 'Direct') => ({
  communicationType,
  value,
  defaultFlag,
  type: { id: 1, name: type },
});

test.each([
  [
    'the address marked default',
    [item('Email', 'old@x.example'), item('Email', 'new@x.example', true)],
    'new@x.example',
  ],
  ['the first, where none is marked', [item('Email', 'a@x.example'), item('Email', 'b@x.example')], 'a@x.example'],
  ['no blank one', [item('Email', ' ', true), item('Email', 'b@x.example')], 'b@x.example'],
  ['none', [item('Phone', '1')], null],
])('the e-mail of a contact: %s', (_, communicationItems, email) => {
  expect(contact({ communicationItems })).toMatchObject({ record: { email } });
});

test('the phones of a contact: its default number, the mobile by what the tenant calls it', () => {
  const communicationItems = [
    item('Phone', '111', false, 'Cell phone'),
    item('Phone', '222'),
    item('Fax', '333', true),
  ];
  expect(contact({ communicationItems })).toMatchObject({ record: { phone: '222', mobile: '111' } });
  const told = { communicationItems, defaultPhoneNbr: '444', defaultPhoneExtension: '5' };
  expect(contact(told)).toMatchObject({ record: { phone: '444 ext 5', mobile: '111' } });
});

test('a contact without a company or a last name', () => {
  expect(contact({ firstName: 'Dana', lastName: null, company: null })).toMatchObject({
    record: { companyExternalId: null, firstName: 'Dana', lastName: null, fullName: 'Dana' },
  });
});

test('members by their licence: persons only, and the wanted kinds of them', () => {
  expect(member({ licenseClass: 'A' })).toBeNull();
  expect(member({ licenseClass: 'X', firstName: 'Casual' })).toMatchObject({
    kind: 'held',
    label: 'Casual',
    detail: 'Members with the licence "subcontractor" are not wanted.',
  });
  expect(member({ licenseClass: 'X' }, { ...everything, licences: [] })).toMatchObject({ kind: 'record' });
});

test.each([
  [{ primaryEmail: 'p@x.example', officeEmail: 'o@x.example' }, 'p@x.example'],
  [{ defaultEmail: 'Mobile', officeEmail: 'o@x.example', mobileEmail: 'm@x.example' }, 'm@x.example'],
  [{ defaultEmail: 'Home' }, null],
])('the e-mail of a member: %o', (row, email) => {
  expect(member(row)).toMatchObject({ record: { email } });
});

test('a member may lack a last name, or both names', () => {
  expect(member({ firstName: 'Jo', identifier: 'jsmith' })).toMatchObject({ record: { fullName: 'Jo' } });
  expect(member({ identifier: 'jsmith', inactiveFlag: true })).toMatchObject({
    record: { fullName: 'jsmith', status: 'disabled' },
  });
});

test('a ticket', () => {
  const told = ticket({
    summary: 'Printer\u0000 offline',
    recordType: 'ServiceTicket',
    board: { id: 1, name: 'Help Desk' },
    status: { id: 16, name: 'New' },
    company: { id: 250, identifier: 'BlueHarbor', name: 'Blue Harbor Dental' },
    contact: { id: 77, name: 'Dana Reyes' },
    contactEmailAddress: 'dana@blueharbor.example',
    type: { id: 8, name: 'Hardware' },
    subType: { id: 3, name: 'Printer' },
    item: { id: 4, name: 'Laser' },
    owner: { id: 176, identifier: 'jsmith', name: 'Jo Smith' },
    priority: { id: 8, name: 'Priority 3 - Normal' },
    budgetHours: 2,
    closedFlag: false,
  });
  expect(told).toEqual({
    kind: 'record',
    externalId: '50123',
    modifiedAt: '2026-01-30T17:22:05.000Z',
    modifiedBy: 'jsmith',
    record: {
      ticketNumber: '50123',
      title: 'Printer offline',
      companyExternalId: '250',
      contactExternalId: '77',
      contactName: 'Dana Reyes',
      contactEmail: 'dana@blueharbor.example',
      assigneeExternalId: '176',
      assignedTo: 'Jo Smith',
      status: 'New',
      isClosed: false,
      closedAt: null,
      priority: 'Priority 3 - Normal',
      boardName: 'Help Desk',
      typeName: 'Hardware',
      categoryName: 'Printer',
      issueTypeName: 'Laser',
      hoursBudgeted: 2,
      hoursActual: null,
      createdAt: '2021-04-02T09:00:00.000Z',
      updatedAt: '2026-01-30T17:22:05.000Z',
      source: 'psa',
    },
  });
});

test.each([
  [{ status: { id: 1, name: 'Completed' }, closedFlag: false, closedDate: null }, false, null],
  [{ status: { id: 1, name: 'Closed' }, closedFlag: false }, false, null],
  [
    { status: { id: 1, name: 'Done' }, closedFlag: true, closedDate: '2026-01-31T11:40:09Z' },
    true,
    '2026-01-31T11:40:09.000Z',
  ],
  // Re-opened: the date of the first closing may stay.
  [{ closedFlag: false, closedDate: '2026-01-31T11:40:09Z' }, false, null],
  [{ closedFlag: null, closedDate: '2026-01-31T11:40:09Z' }, true, '2026-01-31T11:40:09.000Z'],
])('closed is what is flagged, not what is called so: %o', (row, isClosed, closedAt) => {
  expect(ticket(row)).toMatchObject({ record: { isClosed, closedAt } });
});

test('tickets that are none, were merged away, or are not wanted', () => {
  expect(ticket({ recordType: 'ProjectTicket' })).toBeNull();
  expect(ticket({ mergedParentTicket: { id: 5 } })).toMatchObject({ kind: 'gone' });
  expect(ticket({ board: { id: 3, name: 'Alerts' } }, { ...everything, groups: ['1'] })).toMatchObject({
    kind: 'held',
    detail: 'Its board (Alerts) is not among the chosen ones.',
  });
  const old = { closedFlag: true, closedDate: '2025-01-01T00:00:00Z' };
  expect(ticket(old, { ...everything, closedWithinDays: 90 })).toMatchObject({ kind: 'held' });
});

test('a row that is not as documented is held by itself', () => {
  const map = (row: Parameters<typeof toTicket>[0]) => toTicket(row, everything, now);
  expect(mapRow({ id: 7, summary: 12 } as { id: number }, ticketRow, map)).toMatchObject({
    kind: 'held',
    externalId: '7',
    reason: 'malformed',
    detail: expect.stringContaining('summary'),
  });
});

const failure = (status: number, body: unknown, path = 'service/tickets'): HttpFailure => ({
  status,
  body,
  headers: {},
  method: 'GET',
  url: `https://api-na.myconnectwise.net/v2025_1/apis/3.0/${path}`,
  signedIn: true,
});

test.each([
  // The status of this one is not documented.
  [200, { code: 'Security', message: 'SSL is required.', errors: null }, 'not-found', /for signing in/],
  [401, { code: 'Security', message: 'SSL is required.', errors: null }, 'not-found', /for signing in/],
  [400, 'Cannot route. Codebase/company is invalid', 'not-found', /cannot route/],
  [401, { code: 'Unauthorized', message: 'x' }, 'unauthorized', /API keys/],
  [401, '<html>', 'unauthorized', /API keys/],
  [400, 'Missing clientId header', 'unauthorized', /Client ID/],
  [403, { code: 'Security', message: 'You do not have security permission' }, 'forbidden', /may not read tickets/],
  [500, { code: 'ConnectWiseApi', message: 'Error converting value "x"' }, 'rejected', /Error converting/],
  [
    400,
    {
      code: 'InvalidObject',
      message: 'ticket object\r\nis invalid',
      errors: [{ code: 'NotFound', message: 'Service Status 99 not found', field: 'status/id' }],
    },
    'rejected',
    /ticket object is invalid Service Status 99 not found/,
  ],
])('%i %o is explained', (status, body, code, reason) => {
  const error = explain(failure(status, body));
  expect(error).toMatchObject({ code });
  expect(error?.reason).toMatch(reason);
});

test.each([
  [429, { error: 'ConnectWiseAPI', message: 'Too many requests. Please try again in 30 seconds.' }],
  [403, '<!DOCTYPE html><title>Access denied</title>'],
  [500, { code: 'ConnectWiseApi', message: 'A timeout has occured. Please try again.' }],
  [502, '<html>'],
])('%i %o is left to the general wording', (status, body) => {
  expect(explain(failure(status, body))).toBeUndefined();
});
