/** Autotask's named values for forms, options and writing: the picklists of fields under the names that all PSAs share. */

import type { Lookups } from '../../src/connector/contract.ts';
import type { Choice } from '../../src/connector/manifest.ts';
import type { AutotaskApi } from './api.ts';
import { completeStatus, grouping, ruleNote } from './mapping.ts';
import type { Picklists } from './picklists.ts';
import { entityOf } from './reading.ts';
import { noteEntity } from './writes.ts';

/** @param again past what was kept of the first time */
export async function lookups(api: AutotaskApi, signal: AbortSignal, again: boolean): Promise<Lookups> {
  return ticketLookups(await api.picklists(entityOf.tickets, signal, { fresh: again }));
}

export function ticketLookups(picklists: Picklists): Lookups {
  return {
    statuses: picklists.values('status').map((each) => ({ ...each, closed: each.id === String(completeStatus) })),
    priorities: picklists.values('priority'),
    queues: picklists.values('queueID'),
    ticketTypes: picklists.values('ticketType'),
    ticketCategories: picklists.values('ticketCategory'),
    issueTypes: picklists.values('issueType'),
    subIssueTypes: picklists.values('subIssueType'),
    sources: picklists.values('source'),
  };
}

/** Which field's values an option offers. `none`: what it means to choose nothing. `except`: an id that nobody may choose. */
const offered: Readonly<Record<string, { entity: string; field: string; none?: string; except?: string }>> = {
  // There is no list of queues: they are values of a field of tickets.
  [grouping.key]: { entity: entityOf.tickets, field: 'queueID' },
  newTicketQueue: { entity: entityOf.tickets, field: 'queueID', none: "Autotask's own default" },
  newTicketSource: { entity: entityOf.tickets, field: 'source', none: 'none' },
  noteType: { entity: noteEntity, field: 'noteType', none: "Autotask's own default", except: ruleNote },
};

export async function choices(api: AutotaskApi, optionKey: string, signal: AbortSignal): Promise<Choice[]> {
  const of = offered[optionKey];
  if (of === undefined) return [];
  const { entity, field, none, except } = of;
  const values = (await api.picklists(entity, signal)).values(field);
  // Inactive values are still on old tickets, but nothing new may be given one.
  const fit = none === undefined ? values : values.filter(({ id, inactive }) => inactive !== true && id !== except);
  const listed = fit.map(({ id, name, inactive }) => ({
    value: id,
    label: inactive === true ? `${name} (inactive)` : name,
  }));
  return none === undefined ? listed : [{ value: '', label: none }, ...listed];
}
