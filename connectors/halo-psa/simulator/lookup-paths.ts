/** The lookup lists: bare arrays, never paged. */
import type { Instance } from './instance.ts';
import { lookupLists, outcomes, priorities, teams, ticketTypes } from './lookups.ts';

export interface LookupPath {
  readonly path: string;
  readonly parameters: readonly string[];
  readonly rows: (query: URLSearchParams) => readonly object[];
}

export function lookupPaths(instance: Instance): LookupPath[] {
  const path = (path: string, parameters: readonly string[], rows: LookupPath['rows']) => ({ path, parameters, rows });
  return [
    path('Status', ['type'], (query) =>
      instance.statuses.listed.filter(({ type }) => query.get('type') !== 'ticket' || type === 0),
    ),
    path('Priority', [], () => priorities.map(priority)),
    path('TicketType', ['can_create_only', 'showall'], () => ticketTypes.map(ticketType)),
    path('Team', ['type'], (query) =>
      teams
        .filter(({ forrequests }) => query.get('type') !== 'reqs' || forrequests)
        .map((team, index) => ({ ...team, sequence: index + 1, inactive: false })),
    ),
    path('Category', ['type_id'], () => categories(instance)),
    path('Outcome', [], () => outcomes),
    path('Lookup', ['lookupid'], (query) => lookupLists[query.get('lookupid') ?? ''] ?? []),
  ];
}

function priority({ fixhours, ...rest }: (typeof priorities)[number]): object {
  return { ...rest, fixtime: fixhours, fixunits: 'H', responsetime: 1, responseunits: 'H' };
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
