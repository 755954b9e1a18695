/** Every path that is read: discovery, lists, single rows, lookups. */
import { type Answer, Refusal, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import {
  type Agent,
  apiAgent,
  type Client,
  type Instance,
  type Site,
  type Ticket,
  type User,
  unassigned,
} from './instance.ts';
import { activity, date, ids, integer, isTrue, list, listParameters } from './lists.ts';
import { closedStatus, lookupLists, outcomes, priorities, statuses, teams, ticketTypes } from './lookups.ts';
import {
  actionRow,
  agentDetail,
  agentRow,
  clientDetail,
  clientRow,
  type Presentation,
  siteDetail,
  siteRow,
  ticketDetail,
  ticketRow,
  userDetail,
  userRow,
} from './rows.ts';
import { allows, application, type SignIn } from './sign-in.ts';

export interface HaloContext {
  readonly instance: Instance;
  readonly signIn: SignIn;
  readonly faults: Faults;
}

export const view = ({ instance, faults }: HaloContext): Presentation => ({
  instance,
  hostile: faults.isOn('hostile-text'),
  renamedUpdate: faults.isOn('renamed-update-field'),
});

/** 403 with an empty body when the token has none of these permissions, or a fault takes the right away. */
export function permit(
  context: HaloContext,
  request: SimulatorRequest,
  needed: readonly string[],
  deniedBy: string,
): void {
  const granted = context.signIn.scopesOf(request) ?? [];
  if (context.faults.isOn(deniedBy) || !(needed.length === 0 || allows(granted, needed))) {
    throw new Refusal({ status: 403 });
  }
}

const readCustomers = ['read:customers', 'edit:customers'];
const readTickets = ['read:tickets', 'edit:tickets'];
const activityParameters = ['includeactive', 'includeinactive', 'activeinactive'];

export function readingRoutes(context: HaloContext): Route[] {
  const read = (
    path: string,
    query: readonly string[],
    permission: readonly [needed: readonly string[], deniedBy: string],
    handle: (request: SimulatorRequest) => unknown,
  ): Route => ({
    method: 'GET',
    path: `/api/${path}`,
    kind: 'read',
    query,
    handle: (request) => {
      permit(context, request, ...permission);
      return { status: 200, body: handle(request) };
    },
  });
  const customers = [readCustomers, 'missing-scope-customers'] as const;
  const tickets = [readTickets, 'missing-scope-tickets'] as const;
  const agents = [[], 'missing-scope-agents'] as const;
  const lookups = [[], 'missing-scope-lookups'] as const;
  return [
    ...discovery(context),
    read(
      'Client',
      [...listParameters, ...activityParameters, 'toplevel_id', 'exclude_internal', 'include_website'],
      customers,
      (request) => clients(context, request),
    ),
    read('Client/{id}', ['includedetails'], customers, (request) =>
      clientDetail(one(context.instance.clients, request), view(context)),
    ),
    read('Site', [...listParameters, ...activityParameters, 'client_id', 'includeaddress'], customers, (request) =>
      sites(context, request),
    ),
    read('Site/{id}', ['includedetails'], customers, (request) =>
      siteDetail(one(context.instance.sites, request), view(context)),
    ),
    read('Users', [...listParameters, ...activityParameters, ...userParameters], customers, (request) =>
      users(context, request),
    ),
    read('Users/{id}', ['includedetails'], customers, (request) =>
      userDetail(one(context.instance.users, request), view(context)),
    ),
    read('Agent', agentParameters, agents, (request) => agentList(context, request)),
    read('Agent/me', [], [[], 'none'], () =>
      agentDetail(context.instance.agents.get(apiAgent) as Agent, view(context)),
    ),
    read('Agent/{id}', ['includedetails'], agents, (request) =>
      agentDetail(one(context.instance.agents, request), view(context)),
    ),
    read('Tickets', [...listParameters, ...ticketParameters], tickets, (request) => ticketList(context, request)),
    read('Tickets/{id}', ['includedetails', 'includeagent', 'nocache'], tickets, (request) =>
      ticketDetail(one(context.instance.tickets, request), view(context)),
    ),
    read('Actions', ['ticket_id', 'excludesys', 'includehtmlnote'], tickets, (request) => actions(context, request)),
    read('Actions/{id}', ['ticket_id', 'includedetails'], tickets, (request) => action(context, request)),
    read('Status', ['type'], lookups, ({ query }) =>
      statuses.filter(({ type }) => query.get('type') !== 'ticket' || type === 0),
    ),
    read('Priority', [], lookups, () =>
      priorities.map(({ fixhours, ...priority }) => ({
        ...priority,
        fixtime: fixhours,
        fixunits: 'H',
        responsetime: 1,
        responseunits: 'H',
      })),
    ),
    read('TicketType', ['can_create_only', 'showall'], lookups, () => ticketTypes.map(ticketType)),
    read('Team', ['type'], lookups, ({ query }) =>
      teams
        .filter(({ forrequests }) => query.get('type') !== 'reqs' || forrequests)
        .map((team, index) => ({ ...team, sequence: index + 1, inactive: false })),
    ),
    read('Category', ['type_id'], lookups, () => categories(context.instance)),
    read('Outcome', [], lookups, () => outcomes),
    read('Lookup', ['lookupid'], lookups, ({ query }) => lookupLists[query.get('lookupid') ?? ''] ?? []),
  ];
}

function discovery({ faults }: HaloContext): Route[] {
  const open = (path: string, body: (urls: SimulatorRequest['urls']) => unknown): Route => ({
    method: 'GET',
    path,
    kind: 'open',
    query: [],
    handle: ({ urls }): Answer => ({ status: 200, body: body(urls) }),
  });
  const authUrl = (urls: SimulatorRequest['urls']) =>
    faults.isOn('shared-auth-host') ? urls.auth : `${urls.main}/auth`;
  return [
    open('/api/authinfo', (urls) => ({
      auth_url: authUrl(urls),
      tenant_id: faults.isOn('missing-tenant') ? undefined : application.tenant,
    })),
    open('/api/InstanceInfo', (urls) => ({
      dbid: '5d0c0000-0000-4000-8000-000000000001',
      app_version: '2.180.12',
      app_name: 'Halo PSA',
      agent_count: 9,
      agent_url: urls.main,
      portal_url: `${urls.main}/portal`,
      auth_url: authUrl(urls),
    })),
  ];
}

/** The row that the path names. @throws Refusal 404 */
export function one<Row>(rows: ReadonlyMap<number, Row>, request: SimulatorRequest): Row {
  return found(rows.get(Number(request.params.id)));
}

export function found<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Refusal({ status: 404, body: { Message: 'Not found' } });
  return row;
}

/** Common to all lists: what the agent cannot see, and a filter that this version does not know. */
const listing = ({ faults }: HaloContext) => ({
  visible: !faults.isOn('no-visibility'),
  filterIgnored: faults.isOn('filter-ignored'),
});

function clients(context: HaloContext, request: SimulatorRequest): object {
  const { visible, filterIgnored } = listing(context);
  const shown = activity(request.query, ['includeactive', 'includeinactive']);
  const website = isTrue(request.query.get('include_website'));
  return list<Client>(request, {
    key: 'clients',
    rows: context.instance.clients.values(),
    keep: (client) => visible && shown(client.inactive),
    column: (client, name) => ({ id: client.id, name: client.name, inactive: client.inactive })[name],
    searched: ['name'],
    modified: (client) => client.modified,
    present: (client) => clientRow(client, view(context), website),
    filterIgnored,
  });
}

function sites(context: HaloContext, request: SimulatorRequest): object {
  const { visible, filterIgnored } = listing(context);
  const shown = activity(request.query, ['includeactive', 'includeinactive']);
  const of = ids(request.query.get('client_id'));
  const withAddress = isTrue(request.query.get('includeaddress'));
  return list<Site>(request, {
    key: 'sites',
    rows: context.instance.sites.values(),
    keep: (site) => visible && shown(false) && (of?.has(site.client) ?? true),
    column: (site, name) => ({ id: site.id, name: site.name, client_id: site.client })[name],
    searched: ['name'],
    modified: (site) => site.modified,
    present: (site) => siteRow(site, view(context), withAddress),
    filterIgnored,
  });
}

const userParameters = [
  'client_id',
  'site_id',
  'exclude_generaluser',
  'exclude_defaultsiteusers',
  'exclude_agents',
  'search_phonenumbers',
];

function users(context: HaloContext, request: SimulatorRequest): object {
  const { visible, filterIgnored } = listing(context);
  const { query } = request;
  const shown = activity(query, ['includeactive', 'includeinactive']);
  const [ofClient, ofSite] = [ids(query.get('client_id')), ids(query.get('site_id'))];
  const noGeneral = isTrue(query.get('exclude_generaluser')) || isTrue(query.get('exclude_defaultsiteusers'));
  const noAgents = isTrue(query.get('exclude_agents'));
  return list<User>(request, {
    key: 'users',
    rows: context.instance.users.values(),
    keep: (user) =>
      visible &&
      shown(user.inactive) &&
      !(noGeneral && user.general) &&
      !(noAgents && user.linkedAgent > 0) &&
      (ofClient?.has(user.client) ?? true) &&
      (ofSite?.has(user.site) ?? true),
    column: (user, name) =>
      ({
        id: user.id,
        name: context.instance.userName(user),
        firstname: user.firstName,
        surname: user.surname,
        emailaddress: user.email,
        client_id: user.client,
        site_id: user.site,
      })[name],
    searched: ['name', 'emailaddress'],
    modified: (user) => user.modified,
    present: (user) => userRow(user, view(context)),
    filterIgnored,
  });
}

const agentParameters = [
  'includeenabled',
  'includedisabled',
  'includeunassigned',
  'includeapiagents',
  'includeroles',
  'search',
  'team_id',
  'showall',
];

function agentList(context: HaloContext, { query }: SimulatorRequest): object[] {
  const shown = activity(query, ['includeenabled', 'includedisabled']);
  const wanted = query.get('search')?.toLowerCase() ?? '';
  const teamIds = ids(query.get('team_id'));
  const inTeams = teamIds && teams.filter(({ id }) => teamIds.has(id)).map(({ name }) => name);
  // The two placeholders come unless they are refused by name.
  const left = (parameter: string) => query.get(parameter)?.toLowerCase() !== 'false';
  const [withUnassigned, withApi] = [left('includeunassigned'), left('includeapiagents')];
  return [...context.instance.agents.values()]
    .filter((agent) => shown(agent.disabled))
    .filter((agent) => (agent.id !== unassigned || withUnassigned) && (!agent.api || withApi))
    .filter((agent) => agent.name.toLowerCase().includes(wanted) && (inTeams?.includes(agent.team) ?? true))
    .map((agent) => agentRow(agent, view(context)));
}

const ticketParameters = [
  'domain',
  'open_only',
  'closed_only',
  'client_id',
  'user_id',
  'agent_id',
  'status',
  'team',
  'requesttype_id',
  'search_summary',
  'client_ref',
  'deleted',
  'includestatus',
  'includeagent',
  'includetickettype',
  'excludeslacalcs',
  'datesearch',
  'startdate',
  'enddate',
];

function ticketList(context: HaloContext, request: SimulatorRequest): object {
  const { visible, filterIgnored } = listing(context);
  const { query } = request;
  const names = {
    status: isTrue(query.get('includestatus')),
    agent: isTrue(query.get('includeagent')),
    type: isTrue(query.get('includetickettype')),
  };
  const body = list<Ticket>(request, {
    key: 'tickets',
    rows: context.instance.tickets.values(),
    keep: visible ? ticketFilter(query) : () => false,
    column: (ticket, name) =>
      ({
        id: ticket.id,
        summary: ticket.summary,
        status_id: ticket.status,
        client_id: ticket.client,
        agent_id: ticket.agent,
        dateoccurred: ticket.created,
        last_update: ticket.modified,
      })[name],
    searched: ['summary', 'id'],
    modified: (ticket) => ticket.modified,
    present: (ticket) => ticketRow(ticket, view(context), names),
    filterIgnored,
  });
  return { ...body, include_children: false };
}

function ticketFilter(query: URLSearchParams): (ticket: Ticket) => boolean {
  const tests: ((ticket: Ticket) => boolean)[] = [];
  const among = (parameter: string, value: (ticket: Ticket) => number) => {
    const wanted = ids(query.get(parameter));
    if (wanted) tests.push((ticket) => wanted.has(value(ticket)));
  };
  const deleted = isTrue(query.get('deleted'));
  tests.push((ticket) => ticket.deleted === deleted);
  if (query.get('domain') === 'reqs') tests.push((ticket) => ticket.use === 'ticket');
  if (isTrue(query.get('open_only'))) tests.push((ticket) => ticket.status !== closedStatus);
  if (isTrue(query.get('closed_only'))) tests.push((ticket) => ticket.status === closedStatus);
  among('client_id', (ticket) => ticket.client);
  among('user_id', (ticket) => ticket.user);
  among('agent_id', (ticket) => ticket.agent);
  among('status', (ticket) => ticket.status);
  among('team', (ticket) => teams.find(({ name }) => name === ticket.team)?.id ?? 0);
  among('requesttype_id', (ticket) => ticket.type);
  const summary = query.get('search_summary')?.toLowerCase();
  if (summary) tests.push((ticket) => ticket.summary.toLowerCase().includes(summary));
  // Whether the vendor compares exactly is not known; containing is what a careless reader falls over.
  const reference = query.get('client_ref');
  if (reference) tests.push((ticket) => ticket.clientReference.includes(reference));
  tests.push(...dateSearch(query));
  return (ticket) => tests.every((test) => test(ticket));
}

function dateSearch(query: URLSearchParams): ((ticket: Ticket) => boolean)[] {
  // The column is spelt with one r, unlike the property.
  const columns: Readonly<Record<string, (ticket: Ticket) => number | null>> = {
    dateoccured: (ticket) => ticket.created,
    datecleared: (ticket) => ticket.closed,
  };
  const column = columns[query.get('datesearch') ?? ''];
  if (!column) return [];
  const from = date(query.get('startdate')) ?? Number.NEGATIVE_INFINITY;
  const to = date(query.get('enddate')) ?? Number.POSITIVE_INFINITY;
  return [
    (ticket) => {
      const at = column(ticket);
      return at !== null && at >= from && at <= to;
    },
  ];
}

function actions({ instance }: HaloContext, { query }: SimulatorRequest): object {
  const ticket = found(instance.tickets.get(integer(query.get('ticket_id'), 0)));
  const rows = instance.actionsOf(ticket);
  const withHtml = isTrue(query.get('includehtmlnote'));
  return {
    ticket_id: ticket.id,
    record_count: rows.length,
    actions: rows.map((row) => actionRow(row, ticket, withHtml)),
  };
}

function action({ instance }: HaloContext, { query, params }: SimulatorRequest): object {
  const ticket = found(instance.tickets.get(integer(query.get('ticket_id'), 0)));
  const row = instance.actionsOf(ticket).find(({ id }) => id === Number(params.id));
  return actionRow(found(row), ticket);
}

function ticketType(type: (typeof ticketTypes)[number], index: number): object {
  return {
    id: type.id,
    name: type.name,
    use: type.use,
    sequence: index + 1,
    default_sla: type.sla,
    default_team: type.team,
    itilrequesttype: index + 1,
    agentscanselect: true,
    cancreate: true,
  };
}

function categories(instance: Instance): object[] {
  const values = new Set<string>();
  for (const ticket of instance.tickets.values()) if (ticket.category) values.add(ticket.category);
  return [...values].sort().map((value, index) => ({ id: index + 1, value, category_name: value, type_id: 1 }));
}
