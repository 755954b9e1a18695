import { describe, expect, it, test } from 'vitest';
import { accountAddress, subdomainOf } from '../../../connectors/syncro/address.ts';
import { sameAccount } from '../../../connectors/syncro/checks.ts';
import { noPermission, said } from '../../../connectors/syncro/failures.ts';
import {
  closedStatusesOf,
  contactRow,
  customerRow,
  type Selection,
  ticketRow,
  toCompany,
  toContact,
  toTicket,
  toUser,
} from '../../../connectors/syncro/mapping.ts';

const selection: Selection = {
  includeInactive: true,
  closedWithinDays: 0,
  groups: [],
  closedStatuses: closedStatusesOf('Resolved, Invoiced'),
};
const now = Date.parse('2026-05-01T00:00:00Z');

describe('the subdomain field', () => {
  it.each([
    ['acme-it', 'acme-it'],
    [' ACME-IT ', 'acme-it'],
    ['https://acme-it.syncromsp.com/tickets?page=2#top', 'acme-it'],
    ['http://www.acme-it.syncromsp.com', 'acme-it'],
    ['acme-it.syncromsp.com', 'acme-it'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080'],
    ['acme.repairshopr.com', null],
    ['docs.syncrosecure.com', null],
    ['dana@acme-it.example', null],
    ['acme.syncromsp.com.evil.example', null],
    ['evil.example/acme.syncromsp.com', null],
    ['acme-it.syncromsp.com:8443', null],
    ['http://10.0.0.1:80', null],
    ['-acme', null],
    ['a'.repeat(64), null],
    ['', null],
    ['T00000000000000000-00000000000000000000000000000000', null],
  ])('%j is %j', (typed, name) => expect(subdomainOf(typed)).toBe(name));

  it('is always an https address of Syncro', () => {
    expect(accountAddress('acme-it')).toBe('https://acme-it.syncromsp.com');
  });

  it('that the token does not belong to is told, with the right one to take', () => {
    expect(sameAccount('acme', 'Other-IT')).toMatchObject({
      status: 'failed',
      suggest: { field: 'subdomain', value: 'other-it' },
    });
    expect(sameAccount('acme', 'ACME').status).toBe('passed');
    expect(sameAccount('acme', null).status).toBe('passed');
  });
});

describe('customers', () => {
  const company = (change: object, chosen = selection) => toCompany(customerRow.parse({ id: 5501, ...change }), chosen);

  it.each([
    [{ business_name: ' Holt Dental LLC ' }, 'Holt Dental LLC'],
    [{ business_name: null, business_then_name: 'Mara Holt' }, 'Mara Holt'],
    [{ business_name: '', fullname: 'Mara Holt' }, 'Mara Holt'],
    [{ firstname: 'Mara', lastname: 'Holt' }, 'Mara Holt'],
    [{ email: 'mara@holt.example' }, 'mara@holt.example'],
    [{}, 'Customer 5501'],
  ])('%j is named %s', (change, name) => expect(company(change)).toMatchObject({ record: { name } }));

  it('have address_2 and zip, and neither country nor website to tell', () => {
    const item = company({
      business_name: 'Holt',
      address: '12 Pine St',
      address_2: 'Suite 4',
      city: 'Salem',
      state: 'OR',
      zip: 97301,
      phone: null,
      mobile: '5035550142',
      disabled: true,
      updated_at: '2026-03-04T09:10:12.345-08:00',
      online_profile_url: 'https://x.example/?portal_key=k1',
    });
    expect(item).toEqual({
      kind: 'record',
      externalId: '5501',
      modifiedAt: '2026-03-04T17:10:12.345Z',
      record: {
        name: 'Holt',
        phone: '5035550142',
        address: '12 Pine St, Suite 4',
        city: 'Salem',
        state: 'OR',
        postalCode: '97301',
        isActive: false,
        createdAt: null,
        updatedAt: '2026-03-04T17:10:12.345Z',
      },
    });
  });

  it('that are disabled and not wanted are held, not lost', () => {
    expect(company({ disabled: true }, { ...selection, includeInactive: false })).toMatchObject({
      kind: 'held',
      reason: 'not-selected',
    });
  });
});

describe('contacts', () => {
  const contact = (change: object) => toContact(contactRow.parse({ id: 88001, customer_id: 5501, ...change }));

  it.each([
    ['Jonas Pike', 'Jonas', 'Pike'],
    ['Ana Maria  de la Cruz', 'Ana Maria de la', 'Cruz'],
    ['Cher', 'Cher', null],
    ['', null, null],
    [null, null, null],
  ])('%j is %j and %j', (name, firstName, lastName) =>
    expect(contact({ name })).toMatchObject({ record: { firstName, lastName } }),
  );

  it('have their title among the properties and their extension beside the number', () => {
    expect(
      contact({ phone: '657.325.3258', extension: '330', mobile: '', properties: { title: 'Owner', x: 1 } }),
    ).toMatchObject({ record: { phone: '657.325.3258 ext 330', mobile: null, title: 'Owner', isActive: true } });
    expect(contact({ extension: '330', properties: { title: { odd: true } } })).toMatchObject({
      record: { phone: null, title: null },
    });
    expect(contact({ properties: 'odd' })).toMatchObject({ record: { title: null } });
  });

  it('of vendors belong to no customer and are left out', () => {
    expect(contact({ customer_id: null, vendor_id: 4 })).toBeNull();
  });
});

test('a technician of whom only the pair is known keeps what the portal knows', () => {
  expect(toUser({ id: 101, name: 'Dana Reyes' }, undefined)).toEqual({
    kind: 'record',
    externalId: '101',
    modifiedAt: null,
    record: { fullName: 'Dana Reyes', status: 'active' },
  });
});

describe('tickets', () => {
  const row = { id: 108440001, number: 5028, subject: 'Scanner jams', customer_id: 5501 };
  const ticket = (change: object, chosen = selection) => toTicket(ticketRow.parse({ ...row, ...change }), chosen, now);

  it('take the comment with the smallest id as their description, wherever it is', () => {
    const comments = [
      { id: 900102, body: 'Roller ordered.' },
      { id: 900100, body: 'It jams.' },
      { id: 900101, body: 'Called.' },
    ];
    expect(ticket({ comments })).toMatchObject({ record: { description: 'It jams.' } });
    expect(ticket({ comments: [] })).toMatchObject({ record: { description: null } });
    expect(ticket({})).not.toHaveProperty('record.description');
  });

  it.each([
    [{ status: 'In Progress', resolved_at: null }, false, null],
    [{ status: 'In Progress', resolved_at: '2026-03-01T00:00:00Z' }, true, '2026-03-01T00:00:00.000Z'],
    [{ status: 'INVOICED', resolved_at: null }, true, null],
    [{ status: 'Closed', resolved_at: null }, false, null],
    [{ status: null }, false, null],
  ])('%j: closed is %j', (change, isClosed, closedAt) =>
    expect(ticket(change)).toMatchObject({ record: { isClosed, closedAt } }),
  );

  it('are closed in the statuses that the operator names', () => {
    const chosen = { ...selection, closedStatuses: closedStatusesOf(' closed ,, On Hold') };
    expect(ticket({ status: 'Closed' }, chosen)).toMatchObject({ record: { isClosed: true } });
    expect(ticket({ status: 'Resolved' }, chosen)).toMatchObject({ record: { isClosed: false } });
  });

  it('closed long ago are held when only recent ones are wanted, with or without a resolution time', () => {
    const chosen = { ...selection, closedWithinDays: 30 };
    const old = '2026-01-01T00:00:00Z';
    for (const change of [{ resolved_at: old }, { status: 'Invoiced', updated_at: old }]) {
      expect(ticket(change, chosen)).toMatchObject({
        kind: 'held',
        reason: 'not-selected',
        label: '5028 Scanner jams',
      });
    }
    expect(ticket({ resolved_at: '2026-04-20T00:00:00Z' }, chosen).kind).toBe('record');
    expect(ticket({ updated_at: old }, chosen).kind).toBe('record');
  });

  it('say the same as a list row and alone', () => {
    const listed = { contact_id: 8, contact_fullname: 'Jonas Pike', ticket_type_id: 9, ticket_type_name: 'Incident' };
    const alone = { contact_id: 8, contact: { id: 8, name: 'Jonas Pike' }, ticket_type: { id: 9, name: 'Incident' } };
    expect(ticket(alone)).toEqual(ticket(listed));
    expect(ticket(listed)).toMatchObject({ record: { contactName: 'Jonas Pike', typeName: 'Incident' } });
  });

  it('keep account-defined texts, and name nobody where nobody is', () => {
    const item = ticket({
      priority: '2 Normal',
      problem_type: 'Hardware',
      user_id: null,
      user: null,
      contact_id: null,
    });
    expect(item).toMatchObject({
      record: {
        ticketNumber: '5028',
        priority: '2 Normal',
        categoryName: 'Hardware',
        assigneeExternalId: null,
        assignedTo: null,
        contactExternalId: null,
        contactName: null,
      },
    });
    expect(ticket({ user_id: 7, user: null })).not.toHaveProperty('record.assignedTo');
    expect(ticket({ contact_id: 7, contact_fullname: null })).not.toHaveProperty('record.contactName');
  });
});

test.each([
  [{ error: 'Not authorized.' }, 'Not authorized.'],
  [{ message: 'Not found' }, 'Not found'],
  [{ success: false, message: ['Email is not an email'], params: { email: 'canary' } }, 'Email is not an email'],
  [{ record: { name: 'canary' }, errors: "Customer can't be blank" }, "Customer can't be blank"],
  [{ errors: { mute_for: ['is not valid'] } }, 'mute_for is not valid'],
  [{ errors: ['a', 'b'] }, 'a; b'],
  [{ success: false, error: 'No', message: 'No' }, 'No'],
  ['<html>', ''],
  [null, ''],
])('the words of %j', (body, text) => expect(said(body)).toBe(text));

test.each([
  ['/api/v1/customers', 'Customers - List/Search'],
  ['/api/v1/contacts', 'Customers - View Detail'],
  ['/api/v1/tickets', 'Tickets - List/Search'],
  ['/api/v1/tickets/108440001', 'Tickets - View Details'],
])('%s needs %s', (path, permission) => {
  expect(noPermission('GET', path)).toMatchObject({ what: permission });
  expect(noPermission('GET', path).fix).toContain(`"${permission}"`);
});
