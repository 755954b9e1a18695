/** Creating and changing tickets. */
import { found, type HaloContext, view } from './context.ts';
import { closedStatus, priorities, teams, ticketTypes } from './lookups.ts';
import { paragraph, type Ticket, unassigned, unknownId } from './model.ts';
import { exception, optionalInteger, type Posted, plain, plainText, type Saved, text } from './posted.ts';
import { slaOf, ticketReply } from './rows.ts';

export async function saveTicket(context: HaloContext, posted: Posted, creating: { now: number }): Promise<Saved> {
  const { instance } = context;
  const id = optionalInteger(posted, 'id');
  const row = (ticket: Ticket) => () => ticketReply(ticket, view(context));
  if (id !== undefined) {
    const ticket = found(instance.tickets.get(id));
    if (posted._recover === true) ticket.deleted = false;
    confirmClose(context, ticket, posted);
    change(context, ticket, posted);
    return { created: false, row: row(ticket) };
  }
  // The number is given out while the create is under way; a second create beside it gets none.
  const collides = creating.now > 0;
  creating.now++;
  try {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (collides) throw exception(500, 'The ticket number could not be allocated');
    const ticket = newTicket(context, posted);
    instance.tickets.set(ticket.id, ticket);
    return { created: true, row: row(ticket) };
  } finally {
    creating.now--;
  }
}

function newTicket(context: HaloContext, posted: Posted): Ticket {
  const { instance } = context;
  const type = ticketTypes.find(({ id }) => id === (optionalInteger(posted, 'tickettype_id') ?? 1));
  if (!type) throw plain('The ticket type does not exist');
  const lacking = [
    ...(text(posted.summary) ? [] : ['Summary']),
    ...(posted._novalidate === true ? [] : type.mandatory.filter((field) => !given(posted, field))),
  ];
  if (lacking.length > 0) throw plain(`Please enter ${lacking.join(', ')}`);
  const user = instance.users.get(optionalInteger(posted, 'user_id') ?? 0);
  const client = instance.clients.get(optionalInteger(posted, 'client_id') ?? user?.client ?? unknownId);
  const site = user?.site ?? client?.mainSite ?? unknownId;
  const now = instance.clock.now();
  const ticket: Ticket = {
    id: 0,
    use: 'ticket',
    summary: '',
    details: '',
    html: null,
    status: 1,
    type: type.id,
    priority: 3,
    client: client?.id ?? unknownId,
    site,
    user: user?.id ?? instance.generalUser(site),
    agent: unassigned,
    team: type.team,
    category: '',
    created: now,
    modified: now,
    lastAction: now,
    closed: null,
    wasClosed: false,
    mergedInto: 0,
    deleted: false,
    clientReference: '',
    reportedBy: user?.email ?? null,
    customFields: [],
    changeSeq: 0,
    actions: null,
    origin: null,
  };
  change(context, ticket, posted);
  // Only what passed every check takes a number.
  return { ...ticket, id: instance.nextId('ticket') };
}

const given = (posted: Posted, field: 'Details' | 'Category'): boolean =>
  field === 'Details' ? Boolean(text(posted.details) || text(posted.details_html)) : Boolean(text(posted.category_1));

/** Puts the given fields on the ticket; fields that are not given stay. All checks come before the first change. */
function change(context: HaloContext, ticket: Ticket, posted: Posted): void {
  const { instance } = context;
  const next = { ...ticket };
  const reference = (field: string, rows: ReadonlyMap<number, unknown>, put: (id: number) => void) => {
    const id = optionalInteger(posted, field);
    if (id === undefined || (field === 'user_id' && id === -1)) return;
    if (!rows.has(id)) throw plain(`${field} ${id} does not exist`);
    put(id);
  };
  const among = <Row>(
    field: string,
    rows: readonly Row[],
    fits: (row: Row, id: number) => boolean,
    put: (id: number) => void,
  ) => {
    const id = optionalInteger(posted, field);
    if (id === undefined) return;
    if (!rows.some((row) => fits(row, id))) throw plain(`${field} ${id} is not valid for this ticket`);
    put(id);
  };
  const string = (field: string, put: (value: string) => void) => {
    if (typeof posted[field] === 'string') put(posted[field]);
  };
  reference('client_id', instance.clients, (id) => (next.client = id));
  reference('site_id', instance.sites, (id) => (next.site = id));
  reference('user_id', instance.users, (id) => (next.user = id));
  reference('agent_id', instance.agents, (id) => (next.agent = id));
  among(
    'tickettype_id',
    ticketTypes,
    (row, id) => row.id === id,
    (id) => (next.type = id),
  );
  among(
    'status_id',
    instance.statuses.all,
    (row, id) => row.id === id,
    (id) => setStatus(next, id, instance.clock.now()),
  );
  among(
    'priority_id',
    priorities,
    (row, id) => row.slaid === slaOf(next) && row.priorityid === id,
    (id) => (next.priority = id),
  );
  const rewrites = context.faults.isOn('rewrites-text');
  string('summary', (value) => (next.summary = rewrites ? value.replaceAll(/\s+/g, ' ').trim().slice(0, 60) : value));
  string('category_1', (value) => (next.category = value));
  string('team', (value) => {
    if (!teams.some(({ name }) => name === value)) throw plain(`Team ${value} does not exist`);
    next.team = value;
  });
  string('client_reference', (value) => {
    if (value.length > 50) throw plain('client_reference is too long');
    next.clientReference = context.faults.isOn('forgets-reference') ? '' : value;
  });
  string('details', (value) => Object.assign(next, { details: value, html: null }));
  string('details_html', (value) => Object.assign(next, { details: plainText(value), html: value }));
  if (Array.isArray(posted.customfields)) next.customFields = posted.customfields;
  // The description is the first action as well.
  const description = next.actions?.[0];
  if (description) Object.assign(description, { note: next.details, html: next.html ?? paragraph(next.details) });
  touch(context, Object.assign(ticket, next));
}

export function setStatus(ticket: Ticket, status: number, now: number): void {
  if (status === closedStatus && ticket.status !== closedStatus)
    Object.assign(ticket, { closed: now, wasClosed: true });
  if (status !== closedStatus) ticket.closed = null;
  ticket.status = status;
}

export function touch({ instance }: HaloContext, ticket: Ticket): void {
  ticket.modified = instance.clock.now();
  ticket.changeSeq = instance.nextChangeSeq();
}

function confirmClose({ faults }: HaloContext, ticket: Ticket, posted: Posted): void {
  const closes = posted.status_id === closedStatus && ticket.status !== closedStatus;
  if (closes && faults.isOn('close-needs-confirmation') && posted._appointment01_ok !== true) {
    throw exception(400, 'This ticket has open appointments. Confirm to complete them.');
  }
}
