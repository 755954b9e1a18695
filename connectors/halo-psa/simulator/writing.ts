/**
 * The writing paths: POST of an array to the collection, for create and for update. Without `id` a row is created, with it
 * the given fields change. The answer is 201 with one object, the last, unless `returnall=true`.
 */
import { type Answer, Refusal, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Agent, apiAgent, applicationName, paragraph, type Ticket, unassigned, unknownId } from './instance.ts';
import { isTrue } from './lists.ts';
import { closedStatus, outcomes, priorities, statuses, teams, ticketTypes } from './lookups.ts';
import { found, type HaloContext, permit, view } from './reading.ts';
import { actionRow, agentDetail, slaOf, ticketReply } from './rows.ts';

type Posted = Readonly<Record<string, unknown>>;

const ticketFields =
  'id summary details details_html tickettype_id client_id site_id user_id priority_id agent_id team category_1 category_2 category_3 category_4 client_reference status_id customfields usertype userlookup donotapplytemplateintheapi dont_do_rules _novalidate _forcereassign assets impact urgency new_external_link _appointment01_ok _agent01_ok _agent02_ok _ticketclash01_ok _recover _validate_updates'.split(
    ' ',
  );
const actionFields =
  'id ticket_id outcome outcome_id note note_html hiddenfromuser new_status timetaken dont_do_rules'.split(' ');
const agentFields = 'id name firstname surname email jobtitle team isdisabled'.split(' ');

export function writingRoutes(context: HaloContext): Route[] {
  const write = (
    path: string,
    body: readonly string[],
    permission: readonly [needed: readonly string[], deniedBy: string],
    save: (posted: Posted) => Promise<Saved> | Saved,
  ): Route => ({
    method: 'POST',
    path: `/api/${path}`,
    kind: 'write',
    query: ['returnall'],
    body,
    handle: async (request) => {
      permit(context, request, ...permission);
      const saved: Saved[] = [];
      for (const posted of postedRows(request)) saved.push(await save(posted));
      const rows = saved.map(({ row }) => row());
      const created = saved.filter((each) => each.created).length;
      return { status: 201, body: isTrue(request.query.get('returnall')) ? rows : rows.at(-1), created };
    },
  });
  const editTickets = [['edit:tickets'], 'missing-scope-tickets'] as const;
  const editAgents = [['all:teams', 'admin'], 'missing-scope-agents'] as const;
  const creating = { now: 0 };
  return [
    write('Tickets', ticketFields, editTickets, (posted) => saveTicket(context, posted, creating)),
    write('Actions', actionFields, editTickets, (posted) => saveAction(context, posted)),
    write('Agent', agentFields, editAgents, (posted) => saveAgent(context, posted)),
  ];
}

interface Saved {
  readonly created: boolean;
  readonly row: () => object;
}

async function saveTicket(context: HaloContext, posted: Posted, creating: { now: number }): Promise<Saved> {
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
  // Numbers are given out while a create is under way; a second one beside it fails.
  creating.now++;
  try {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (creating.now > 1) throw exception(500, 'The ticket number could not be allocated');
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
    statuses,
    (row, id) => row.id === id,
    (id) => setStatus(next, id, instance.clock.now()),
  );
  among(
    'priority_id',
    priorities,
    (row, id) => row.slaid === slaOf(next) && row.priorityid === id,
    (id) => (next.priority = id),
  );
  string('summary', (value) => (next.summary = value));
  string('category_1', (value) => (next.category = value));
  string('team', (value) => {
    if (!teams.some(({ name }) => name === value)) throw plain(`Team ${value} does not exist`);
    next.team = value;
  });
  string('client_reference', (value) => {
    if (value.length > 50) throw plain('client_reference is too long');
    next.clientReference = value;
  });
  // Either form rewrites the first action.
  string('details', (value) => Object.assign(next, { details: value, html: null, actions: null }));
  string('details_html', (value) => Object.assign(next, { details: plainText(value), html: value, actions: null }));
  if (Array.isArray(posted.customfields)) next.customFields = posted.customfields;
  touch(context, Object.assign(ticket, next));
}

function setStatus(ticket: Ticket, status: number, now: number): void {
  if (status === closedStatus && ticket.status !== closedStatus)
    Object.assign(ticket, { closed: now, wasClosed: true });
  if (status !== closedStatus) ticket.closed = null;
  ticket.status = status;
}

function touch({ instance }: HaloContext, ticket: Ticket): void {
  ticket.modified = instance.clock.now();
  ticket.changeSeq = instance.nextChangeSeq();
}

function confirmClose({ faults }: HaloContext, ticket: Ticket, posted: Posted): void {
  const closes = posted.status_id === closedStatus && ticket.status !== closedStatus;
  if (closes && faults.isOn('close-needs-confirmation') && posted._appointment01_ok !== true) {
    throw exception(400, 'This ticket has open appointments. Confirm to complete them.');
  }
}

function saveAction(context: HaloContext, posted: Posted): Saved {
  const { instance } = context;
  const ticketId = optionalInteger(posted, 'ticket_id');
  if (ticketId === undefined) throw exception(400, 'A ticket must be given for this Action');
  const outcome = outcomes.find((each) =>
    posted.outcome_id === undefined ? each.outcome === posted.outcome : each.id === posted.outcome_id,
  );
  if (!outcome) throw exception(400, 'An Outcome must be entered for this Action');
  const ticket = found(instance.tickets.get(ticketId));
  const status = optionalInteger(posted, 'new_status');
  const actions = instance.actionsOf(ticket);
  const id = optionalInteger(posted, 'id');
  const before = id === undefined ? undefined : found(actions.find((each) => each.id === id));
  const html = text(posted.note_html) ?? paragraph(text(posted.note) ?? before?.note ?? '');
  const action = {
    id: before?.id ?? Math.max(0, ...actions.map((each) => each.id)) + 1,
    outcome: outcome.id,
    who: instance.agents.get(apiAgent)?.name ?? '',
    agent: apiAgent,
    at: before?.at ?? instance.clock.now(),
    note: text(posted.note) ?? plainText(html),
    html,
    hidden: posted.hiddenfromuser === true,
    application: applicationName,
    hours: typeof posted.timetaken === 'number' ? posted.timetaken : 0,
  };
  if (status !== undefined) {
    if (!statuses.some((each) => each.id === status)) throw plain(`Status ${status} does not exist`);
    setStatus(ticket, status, instance.clock.now());
  }
  if (before) actions[actions.indexOf(before)] = action;
  else actions.push(action);
  ticket.lastAction = instance.clock.now();
  touch(context, ticket);
  return { created: !before, row: () => actionRow(action, ticket) };
}

function saveAgent(context: HaloContext, posted: Posted): Saved {
  const { instance } = context;
  const id = optionalInteger(posted, 'id');
  const name = text(posted.name);
  if (id === undefined && !name) throw exception(400, 'A name must be entered');
  const team = text(posted.team);
  if (team && !teams.some((each) => each.name === team)) throw plain(`Team ${team} does not exist`);
  const before = id === undefined ? undefined : found(instance.agents.get(id));
  const agent: Agent = {
    id: before?.id ?? instance.nextId('agent'),
    name: name ?? before?.name ?? '',
    firstName: text(posted.firstname) ?? before?.firstName ?? null,
    surname: text(posted.surname) ?? before?.surname ?? null,
    email: text(posted.email) ?? before?.email ?? null,
    jobTitle: text(posted.jobtitle) ?? before?.jobTitle ?? null,
    team: team ?? before?.team ?? 'Service Desk',
    disabled: typeof posted.isdisabled === 'boolean' ? posted.isdisabled : (before?.disabled ?? false),
    api: before?.api ?? false,
    lastLogin: before?.lastLogin ?? null,
    modified: instance.clock.now(),
  };
  instance.agents.set(agent.id, agent);
  return { created: !before, row: () => agentDetail(agent, view(context)) };
}

/** The array that every write must be. Ids given as decimals or text are refused with the field's place. */
function postedRows(request: SimulatorRequest): readonly Posted[] {
  const decimals = new Map<string, string>();
  let body: unknown;
  try {
    body = JSON.parse(request.text, (key: string, value: unknown, context?: { readonly source?: string }) => {
      if (typeof value === 'number' && context?.source?.includes('.') && isId(key)) decimals.set(key, context.source);
      return value;
    });
  } catch {
    throw plain('The request is not valid JSON');
  }
  if (!Array.isArray(body) || !body.every((row) => typeof row === 'object' && row !== null)) {
    throw new Refusal({ status: 400, body: { '': ['The body must be a JSON array of objects.'] } });
  }
  body.forEach((row: Posted, index) => {
    for (const [field, value] of Object.entries(row)) {
      const source = typeof value === 'string' && value !== '' ? value : decimals.get(field);
      if (!isId(field) || source === undefined) continue;
      const place = `[${index}].${field}`;
      const answer = { [place]: [`Could not convert string to integer: ${source}. Path '${place}'`] };
      throw new Refusal({ status: 400, body: answer });
    }
  });
  return body;
}

const isId = (field: string): boolean => /^(id|new_status)$|_id$/.test(field);

function optionalInteger(posted: Posted, field: string): number | undefined {
  const value = posted[field];
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const plainText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A refusal as a JSON string. */
const plain = (message: string): Refusal => new Refusal(json(400, message));
/** A refusal as a .NET exception. */
const exception = (status: number, message: string): Refusal =>
  new Refusal(json(status, { ClassName: 'System.Exception', Message: message, Data: null }));
// A string body would go out as HTML: encoded here.
const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: typeof body === 'string' ? JSON.stringify(body) : body,
});
