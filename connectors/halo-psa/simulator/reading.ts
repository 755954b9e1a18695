/** The paths that are read with a token: lists, single rows, notes, lookups. */
import type { Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { found, type HaloContext, listing, one, permit, view } from './context.ts';
import { activity, ids, integer, isTrue, list, listParameters } from './lists.ts';
import { lookupPaths } from './lookup-paths.ts';
import { teams } from './lookups.ts';
import { type Agent, apiAgent, type Client, type Site, type User, unassigned } from './model.ts';
import {
  actionRow,
  agentDetail,
  agentRow,
  clientDetail,
  clientRow,
  siteDetail,
  siteRow,
  ticketDetail,
  userDetail,
  userRow,
} from './rows.ts';
import { ticketList, ticketParameters } from './ticket-list.ts';

const readCustomers = ['read:customers', 'edit:customers'];
const readTickets = ['read:tickets', 'edit:tickets'];
const activityParameters = ['includeactive', 'includeinactive', 'activeinactive'];

export function readingRoutes(context: HaloContext): Route[] {
  const read = (
    path: string,
    query: readonly string[],
    permission: readonly [needed: readonly string[], deniedBy?: string],
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
    read('Agent/me', [], [[]], () => agentDetail(context.instance.agents.get(apiAgent) as Agent, view(context))),
    read('Agent/{id}', ['includedetails'], agents, (request) =>
      agentDetail(one(context.instance.agents, request), view(context)),
    ),
    read('Tickets', [...listParameters, ...ticketParameters], tickets, (request) => ticketList(context, request)),
    read('Tickets/{id}', ['includedetails', 'includeagent', 'nocache'], tickets, (request) =>
      ticketDetail(one(context.instance.tickets, request), view(context)),
    ),
    read('Actions', ['ticket_id', 'excludesys', 'includehtmlnote'], tickets, (request) => actions(context, request)),
    read('Actions/{id}', ['ticket_id', 'includedetails'], tickets, (request) => action(context, request)),
    ...lookupPaths(context.instance).map(({ path, parameters, rows }) =>
      read(path, parameters, lookups, ({ query }) => rows(query)),
    ),
  ];
}

function clients(context: HaloContext, request: SimulatorRequest): object {
  const { visible, ...oddities } = listing(context);
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
    ...oddities,
  });
}

function sites(context: HaloContext, request: SimulatorRequest): object {
  const { visible, ...oddities } = listing(context);
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
    ...oddities,
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
  const { visible, ...oddities } = listing(context);
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
    ...oddities,
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
