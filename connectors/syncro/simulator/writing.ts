/**
 * The writing paths. Bodies are flat objects; a wrapper is not opened, so that what is in it is missing. A create
 * answers 200, and there is no way to send it twice safely.
 */
import { jsonBody, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Context, type Permission, refuse } from './context.ts';
import { type Comment, type Contact, type Customer, closes, ownUser, type Ticket } from './model.ts';
import { one } from './reading.ts';
import { commentRow, contactRow, customerRow, ticketDetail } from './rows.ts';

type Posted = Readonly<Record<string, unknown>>;

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
    needed: Permission,
    handle: (posted: Posted, request: SimulatorRequest) => object,
  ): Route => ({
    method,
    path: `/api/v1/${path}`,
    kind: 'write',
    query: ['api_key'],
    body,
    handle: (request) => {
      context.permit([needed]);
      const answer = { status: 200, body: handle(posted(request), request) };
      return method === 'POST' ? { ...answer, created: 1 } : answer;
    },
  });
  const ticketOf = (request: SimulatorRequest) => one(context.instance.tickets, request);
  return [
    write('POST', 'tickets', ticketFields, 'Tickets - Create', (body) => ({
      ticket: ticketDetail(context, createTicket(context, body)),
    })),
    write('PUT', 'tickets/{id}', ticketFields, 'Tickets - Edit', (body, request) => ({
      ticket: ticketDetail(context, changeTicket(context, ticketOf(request), body)),
    })),
    write('POST', 'tickets/{id}/comment', commentFields, 'Tickets - Edit', (body, request) => {
      const ticket = ticketOf(request);
      return { comment: commentRow(context, comment(context, ticket, body), ticket) };
    }),
    write('POST', 'contacts', contactFields, 'Customers - Create', (body) =>
      contactRow(context, createContact(context, body)),
    ),
    write('PUT', 'contacts/{id}', contactFields, 'Customers - Edit', (body, request) =>
      contactRow(context, changeContact(context, one(context.instance.contacts, request), body)),
    ),
    write('POST', 'customers', customerFields, 'Customers - Create', (body) => ({
      customer: customerRow(context, createCustomer(context, body), []),
    })),
    write('PUT', 'customers/{id}', customerFields, 'Customers - Edit', (body, request) => ({
      customer: customerRow(context, changeCustomer(context, one(context.instance.customers, request), body), []),
    })),
  ];
}

function posted(request: SimulatorRequest): Posted {
  const body = jsonBody(request);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Posted) : {};
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
/** Given as text, it is taken too. */
const whole = (value: unknown): number | undefined =>
  Number.isInteger(Number(value ?? undefined)) && value !== '' ? Number(value) : undefined;
const invalid = (message: readonly string[]) => refuse(422, { success: false, message });

function createTicket(context: Context, body: Posted): Ticket {
  const { instance } = context;
  const customer = whole(body.customer_id);
  if (customer === undefined || !instance.customers.has(customer))
    throw refuse(422, { error: 'Customer required field' });
  if (text(body.subject) === undefined) throw invalid(["Subject can't be blank"]);
  const now = instance.clock.now();
  const ticket: Ticket = {
    id: instance.nextId('ticket'),
    number: whole(body.number) ?? instance.nextId('number'),
    subject: '',
    customer,
    contact: null,
    user: null,
    status: 'New',
    priority: null,
    problemType: null,
    type: null,
    tags: [],
    due: null,
    properties: {},
    assets: [],
    resolved: null,
    created: now,
    modified: now,
    comments: [],
    origin: null,
  };
  changeTicket(context, ticket, body);
  for (const each of Array.isArray(body.comments_attributes) ? body.comments_attributes : [])
    comment(context, ticket, each);
  instance.tickets.set(ticket.id, ticket);
  return ticket;
}

/** Puts the given members on the ticket; the others stay. Texts that the account does not define are stored as they are. */
function changeTicket({ instance, faults }: Context, ticket: Ticket, body: Posted): Ticket {
  const status = text(body.status);
  if (status !== undefined && closes(status) && !closes(ticket.status) && faults.isOn('outtake-form')) {
    throw invalid(['Outtake form is required before the ticket can be resolved']);
  }
  if ('subject' in body && text(body.subject) === undefined) throw invalid(["Subject can't be blank"]);
  const link = (name: string, rows: ReadonlyMap<number, unknown>, put: (id: number | null) => void) => {
    const id = whole(body[name]);
    if (body[name] === null) put(null);
    else if (id !== undefined && rows.has(id)) put(id);
  };
  ticket.subject = text(body.subject) ?? ticket.subject;
  ticket.priority = text(body.priority) ?? ticket.priority;
  ticket.problemType = text(body.problem_type) ?? ticket.problemType;
  ticket.due = text(body.due_date) ?? ticket.due;
  ticket.type = whole(body.ticket_type_id) ?? ticket.type;
  ticket.customer = whole(body.customer_id) ?? ticket.customer;
  link('contact_id', instance.contacts, (id) => (ticket.contact = id));
  link('user_id', instance.users, (id) => (ticket.user = id));
  if (Array.isArray(body.tag_list)) ticket.tags = body.tag_list.map(String);
  if (typeof body.properties === 'object' && body.properties !== null)
    Object.assign(ticket.properties, body.properties);
  if (status !== undefined && status !== ticket.status) {
    ticket.status = status;
    ticket.resolved = closes(status) ? (ticket.resolved ?? instance.clock.now()) : null;
  }
  ticket.modified = instance.clock.now();
  return ticket;
}

/** Both texts are demanded. The body is shown as it is: no mark-up is worked on. */
function comment({ instance }: Context, ticket: Ticket, body: Posted): Comment {
  const lacking = (['body', 'subject'] as const).filter((name) => text(body[name]) === undefined);
  if (lacking.length > 0)
    throw invalid(lacking.map((name) => `${name === 'body' ? 'Body' : 'Subject'} can't be blank`));
  const now = instance.clock.now();
  const made: Comment = {
    id: instance.nextId('comment'),
    subject: String(body.subject),
    body: String(body.body),
    tech: text(body.tech) ?? instance.users.get(ownUser)?.name ?? '',
    hidden: body.hidden === true,
    user: ownUser,
    at: now,
  };
  instance.commentsOf(ticket).push(made);
  ticket.modified = now;
  return made;
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
