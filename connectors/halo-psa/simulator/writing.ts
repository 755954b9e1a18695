/**
 * The writing paths: POST of an array to the collection, for create and for update. Without `id` a row is created, with it
 * the given fields change. The answer is 201 with one object, the last, unless `returnall=true`.
 */
import type { Route } from '../../../src/simulator/exchange.ts';
import { found, type HaloContext, permit, view } from './context.ts';
import { isTrue } from './lists.ts';
import { outcomes, teams } from './lookups.ts';
import { type Agent, apiAgent, applicationName, paragraph } from './model.ts';
import { exception, optionalInteger, type Posted, plain, plainText, postedRows, type Saved, text } from './posted.ts';
import { actionRow, agentDetail } from './rows.ts';
import { saveTicket, setStatus, touch } from './ticket-writes.ts';

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
    if (!instance.statuses.all.some((each) => each.id === status)) throw plain(`Status ${status} does not exist`);
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
