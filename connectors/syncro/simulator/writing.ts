/**
 * The writing paths. Bodies are flat objects; a wrapper is not opened, so that what is in it is missing. A create
 * answers 200, and there is no way to send it twice safely.
 */
import type { Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Context, type Permission, refuse } from './context.ts';
import type { Contact, Customer } from './model.ts';
import { invalid, type Posted, posted, text, whole } from './posted.ts';
import { one } from './reading.ts';
import { commentRow, contactRow, customerRow, ticketDetail } from './rows.ts';
import { changeTicket, comment, createTicket } from './ticket-writes.ts';

const ticketFields =
  'customer_id subject status problem_type priority ticket_type_id contact_id user_id asset_ids location_id sla_id due_date start_at end_at tag_list properties number comments_attributes'.split(
    ' ',
  );
const commentFields = ['subject', 'body', 'hidden', 'do_not_email', 'sms_body', 'tech'];
const contactFields =
  'customer_id name title email phone extension mobile address1 address2 city state zip notes opt_out properties'.split(
    ' ',
  );
const customerFields =
  'business_name firstname lastname email phone mobile address address_2 city state zip notes disabled properties get_sms opt_out no_email invoice_cc_emails notification_email referred_by tax_rate_id location_id'.split(
    ' ',
  );

export function writingRoutes(context: Context): Route[] {
  const write = (
    method: 'POST' | 'PUT',
    path: string,
    body: readonly string[],
    needed: readonly Permission[],
    handle: (posted: Posted, request: SimulatorRequest) => object,
  ): Route => ({
    method,
    path: `/api/v1/${path}`,
    kind: 'write',
    query: ['api_key'],
    body,
    handle: (request) => {
      context.permit(needed);
      const answer = { status: 200, body: handle(posted(request), request) };
      return method === 'POST' ? { ...answer, created: 1 } : answer;
    },
  });
  const ticketOf = (request: SimulatorRequest) => one(context.instance.tickets, request);
  return [
    write('POST', 'tickets', ticketFields, ['Tickets - Create'], (body) => ({
      ticket: ticketDetail(context, createTicket(context, body)),
    })),
    write('PUT', 'tickets/{id}', ticketFields, ['Tickets - Edit'], (body, request) => ({
      ticket: ticketDetail(context, changeTicket(context, ticketOf(request), body)),
    })),
    write(
      'POST',
      'tickets/{id}/comment',
      commentFields,
      ['Tickets - Edit', 'Ticket Comments - New'],
      (body, request) => {
        const ticket = ticketOf(request);
        return { comment: commentRow(context, comment(context, ticket, body), ticket) };
      },
    ),
    write('POST', 'contacts', contactFields, ['Customers - Create'], (body) =>
      contactRow(context, createContact(context, body)),
    ),
    write('PUT', 'contacts/{id}', contactFields, ['Customers - Edit'], (body, request) =>
      contactRow(context, changeContact(context, one(context.instance.contacts, request), body)),
    ),
    write('POST', 'customers', customerFields, ['Customers - Create'], (body) => ({
      customer: customerRow(context, createCustomer(context, body), []),
    })),
    write('PUT', 'customers/{id}', customerFields, ['Customers - Edit'], (body, request) => ({
      customer: customerRow(context, changeCustomer(context, one(context.instance.customers, request), body), []),
    })),
  ];
}

function createContact(context: Context, body: Posted): Contact {
  const { instance } = context;
  const customer = whole(body.customer_id);
  const name = text(body.name);
  const lacking = [
    ...(customer === undefined ? ["Customer can't be blank"] : []),
    ...(name ? [] : ["Name can't be blank"]),
  ];
  if (customer === undefined || name === undefined) {
    throw refuse(422, { record: { id: null, name: name ?? null }, errors: lacking.join(', ') });
  }
  const now = instance.clock.now();
  const id = instance.nextId('contact');
  const blank = { email: null, phone: null, extension: null, mobile: '', title: null, address1: null, notes: '' };
  const contact: Contact = { id, customer, vendor: null, name, ...blank, created: now, modified: now };
  instance.contacts.set(id, contact);
  return changeContact(context, contact, body);
}

function changeContact({ instance }: Context, contact: Contact, body: Posted): Contact {
  contact.name = text(body.name) ?? contact.name;
  for (const field of ['email', 'phone', 'extension', 'title', 'address1'] as const) {
    if (field in body) contact[field] = text(body[field]) ?? null;
  }
  contact.mobile = text(body.mobile) ?? contact.mobile;
  contact.notes = text(body.notes) ?? contact.notes;
  contact.modified = instance.clock.now();
  return contact;
}

function createCustomer(context: Context, body: Posted): Customer {
  const { instance } = context;
  if (!text(body.business_name) && !text(body.firstname)) throw invalid(["Firstname can't be blank"]);
  const now = instance.clock.now();
  const address = { address: '', address2: null, city: '', state: '', zip: '' };
  const blank = {
    businessName: null,
    firstName: '',
    lastName: '',
    email: null,
    phone: null,
    mobile: null,
    notes: null,
  };
  const id = instance.nextId('customer');
  const customer: Customer = { id, ...blank, ...address, disabled: false, properties: {}, created: now, modified: now };
  instance.customers.set(id, changeCustomer(context, customer, body));
  return customer;
}

function changeCustomer({ instance }: Context, customer: Customer, body: Posted): Customer {
  const email = text(body.email);
  if (email !== undefined && !email.includes('@')) {
    throw refuse(422, { success: false, message: ['Email is not an email'], params: { email } });
  }
  customer.businessName = text(body.business_name) ?? customer.businessName;
  customer.firstName = text(body.firstname) ?? customer.firstName;
  customer.lastName = text(body.lastname) ?? customer.lastName;
  customer.email = email ?? customer.email;
  // Kept without their formatting.
  customer.phone = text(body.phone)?.replaceAll(/\D/g, '') ?? customer.phone;
  customer.mobile = text(body.mobile)?.replaceAll(/\D/g, '') ?? customer.mobile;
  customer.address = text(body.address) ?? customer.address;
  customer.address2 = text(body.address_2) ?? customer.address2;
  customer.city = text(body.city) ?? customer.city;
  customer.state = text(body.state) ?? customer.state;
  customer.zip = text(body.zip) ?? customer.zip;
  customer.notes = text(body.notes) ?? customer.notes;
  if (typeof body.disabled === 'boolean') customer.disabled = body.disabled;
  if (typeof body.properties === 'object' && body.properties !== null)
    Object.assign(customer.properties, body.properties);
  customer.modified = instance.clock.now();
  return customer;
}
