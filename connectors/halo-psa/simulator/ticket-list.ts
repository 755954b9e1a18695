/** `GET /api/Tickets`: every kind of ticket, unless filtered. */
import type { SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type HaloContext, listing, view } from './context.ts';
import { date, ids, isTrue, list } from './lists.ts';
import { closedStatus, teams } from './lookups.ts';
import type { Ticket } from './model.ts';
import { ticketRow } from './rows.ts';

export const ticketParameters = [
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

export function ticketList(context: HaloContext, request: SimulatorRequest): object {
  const { visible, ...oddities } = listing(context);
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
    ...oddities,
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
