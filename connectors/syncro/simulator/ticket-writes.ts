/** Creating and changing tickets, and commenting on them. */
import { type Context, refuse } from './context.ts';
import { type Comment, closes, ownUser, type Ticket, ticketTypes } from './model.ts';
import { invalid, type Posted, text, whole } from './posted.ts';

export function createTicket(context: Context, body: Posted): Ticket {
  const { instance, faults } = context;
  const customer = knownCustomer(context, body);
  if (text(body.subject) === undefined) throw invalid(["Subject can't be blank"]);
  if (faults.isOn('type-required') && whole(body.ticket_type_id) === undefined) {
    throw invalid(["Ticket type can't be blank"]);
  }
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

/**
 * Puts the given members on the ticket; the others stay. All checks come before the first change. Texts that the account does not define
 * are stored as they are, and ids that it does not know are passed over.
 */
export function changeTicket(context: Context, ticket: Ticket, body: Posted): Ticket {
  const { instance, faults } = context;
  const status = text(body.status);
  if (status !== undefined && closes(status) && !closes(ticket.status) && faults.isOn('outtake-form')) {
    throw invalid(['Outtake form is required before the ticket can be resolved']);
  }
  if ('subject' in body && text(body.subject) === undefined) throw invalid(["Subject can't be blank"]);
  if ('customer_id' in body) ticket.customer = knownCustomer(context, body);

  const keepsBlanks = faults.isOn('blanks-ignored');
  /** Null and blank both empty. */
  const put = <V>(name: string, read: (value: unknown) => V | undefined, set: (value: V | null) => void) => {
    if (!(name in body)) return;
    const value = read(body[name]);
    if (value !== undefined) set(value);
    else if (!keepsBlanks && (body[name] === null || body[name] === '')) set(null);
  };
  const among = (rows: ReadonlyMap<number, unknown>) => (value: unknown) => {
    const id = whole(value);
    return id !== undefined && rows.has(id) ? id : undefined;
  };
  put('priority', text, (value) => (ticket.priority = value));
  put('problem_type', text, (value) => (ticket.problemType = value));
  put('due_date', text, (value) => (ticket.due = value));
  put('ticket_type_id', among(new Map(ticketTypes.map(({ id }) => [id, true]))), (id) => (ticket.type = id));
  put('contact_id', among(instance.contacts), (id) => (ticket.contact = id));
  put('user_id', among(instance.users), (id) => (ticket.user = id));
  if (text(body.subject) !== undefined)
    ticket.subject = stored(context, String(body.subject)).slice(0, longest(context));
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
export function comment(context: Context, ticket: Ticket, body: Posted): Comment {
  const { instance, faults } = context;
  const lacking = (['body', 'subject'] as const).filter((name) => text(body[name]) === undefined);
  if (lacking.length > 0)
    throw invalid(lacking.map((name) => `${name === 'body' ? 'Body' : 'Subject'} can't be blank`));
  if (faults.isOn('mail-refused') && body.do_not_email !== true && body.hidden !== true) {
    throw invalid(['Email could not be delivered']);
  }
  const now = instance.clock.now();
  const made: Comment = {
    id: instance.nextId('comment'),
    subject: String(body.subject),
    body: stored(context, String(body.body)),
    tech: text(body.tech) ?? instance.users.get(ownUser)?.name ?? '',
    hidden: body.hidden === true,
    user: ownUser,
    at: now,
  };
  instance.commentsOf(ticket).push(made);
  ticket.modified = now;
  return made;
}

/** Whether long subjects are cut or refused is not documented. */
const longest = ({ faults }: Context) => (faults.isOn('rewrites-text') ? 255 : undefined);

function stored({ faults }: Context, value: string): string {
  return faults.isOn('rewrites-text') ? value.replaceAll(/\s+/g, ' ').trim() : value;
}

/** @throws Refusal also for one that there is not */
function knownCustomer({ instance }: Context, body: Posted): number {
  const customer = whole(body.customer_id);
  if (customer === undefined || !instance.customers.has(customer))
    throw refuse(422, { error: 'Customer required field' });
  return customer;
}
