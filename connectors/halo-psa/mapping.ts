/**
 * Halo's rows to canonical records. Pure.
 *
 * Halo leaves nulls out, sends some ids as decimals (18.0), writes "no date" as 1899, 1900 or 0001, and
 * marks clients', users' and sites' times with no zone though they are UTC.
 */
import { z } from 'zod';
import { type Listed, named, type Value } from '../../src/connector/psa/names.ts';
import {
  type Grouping,
  inactiveNotWanted,
  notSelected,
  type PsaSelection,
  whyNotWanted,
} from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { joined, orNull, splitName, utcTime } from '../../src/connector/values.ts';
import type { SourceRecords } from '../../src/portal/records/index.ts';
import { ticketLists } from './writes.ts';

const id = z.number().transform(Math.trunc);
const text = z.string().optional();
const flag = z.boolean().optional();

export const clientRow = z.object({
  id,
  name: z.string(),
  inactive: flag,
  website: text,
  customer_relationship: z.array(z.object({ name: z.string() })).optional(),
});
export const siteRow = z.object({
  id,
  client_id: id,
  client_name: text,
  name: text,
  inactive: flag,
  phonenumber: text,
  country_code_name: text,
  delivery_address_line1: text,
  delivery_address_line2: text,
  delivery_address_line3: text,
  delivery_address_line4: text,
  delivery_address_line5: text,
});
export const userRow = z.object({
  id,
  name: text,
  firstname: text,
  surname: text,
  emailaddress: text,
  phonenumber_preferred: text,
  phonenumber: text,
  sitephonenumber: text,
  mobilenumber: text,
  title: text,
  inactive: flag,
  isserviceaccount: flag,
  isimportantcontact: flag,
  client_id: id.optional(),
  client_name: text,
  site_id: id.optional(),
  site_id_int: id.optional(),
});
export const agentRow = z.object({
  id,
  name: text,
  firstname: text,
  surname: text,
  email: text,
  jobtitle: text,
  isdisabled: flag,
  isapiagent: flag,
});
export const ticketRow = z.object({
  id,
  summary: text,
  details: text,
  client_id: id.optional(),
  client_name: text,
  user_id: id.optional(),
  user_name: text,
  user_email: text,
  agent_id: id.optional(),
  status_id: id.optional(),
  hasbeenclosed: flag,
  sla_id: id.optional(),
  priority_id: id.optional(),
  team: text,
  tickettype_id: id.optional(),
  category_1: text,
  client_reference: text,
  dateoccurred: text,
  dateclosed: text,
  // GET, POST and older builds spell the update time in three ways.
  last_update: text,
  lastupdate: text,
  flastupdate: text,
  use: text,
  deleted: flag,
  merged_into_id: id.optional(),
});
export type ClientRow = z.infer<typeof clientRow>;
export type SiteRow = z.infer<typeof siteRow>;
export type UserRow = z.infer<typeof userRow>;
export type AgentRow = z.infer<typeof agentRow>;
export type TicketRow = z.infer<typeof ticketRow>;

/** Halo's own agent "Unassigned"; never a person. */
export const unassignedAgent = 1;
/** The one status that means the same on every instance. */
const closedStatus = 9;

/** Halo's tickets are grouped by their type. */
export const grouping: Grouping = { key: 'ticketTypes', singular: 'ticket type', label: 'Ticket types' };

export interface Selection extends PsaSelection {
  /** Which free address line holds the city; the next one holds the state. */
  readonly cityLine: 2 | 3 | 4;
}

/** The placeholder for "no client"; it stands for nobody. */
export const isPlaceholderClient = (name: string | undefined) => /^(unknown|unassigned)$/i.test(name?.trim() ?? '');

export function toCompany(row: ClientRow, site: SiteRow | undefined, selection: Selection): SourceItem<'companies'> {
  const externalId = String(row.id);
  if (row.inactive === true && !selection.includeInactive) {
    return notSelected(externalId, row.name, inactiveNotWanted('company'));
  }
  const record: SourceRecords['companies'] = {
    name: row.name,
    isActive: row.inactive !== true,
    types: (row.customer_relationship ?? []).map(({ name }) => name),
    ...(row.website === undefined ? {} : { website: orNull(row.website) }),
    ...addressOf(site, selection),
  };
  return { kind: 'record', externalId, modifiedAt: null, record };
}

/** What a changed site alone tells of its company. */
export function toCompanyAddress(site: SiteRow, selection: Selection): SourceItem<'companies'> {
  const name = site.client_name === undefined ? {} : { name: site.client_name };
  return {
    kind: 'record',
    externalId: String(site.client_id),
    modifiedAt: null,
    record: { ...name, ...addressOf(site, selection) },
  };
}

function addressOf(site: SiteRow | undefined, { cityLine }: Selection): SourceRecords['companies'] {
  if (site === undefined) return {};
  const lines = [
    site.delivery_address_line1,
    site.delivery_address_line2,
    site.delivery_address_line3,
    site.delivery_address_line4,
  ];
  const street = lines.slice(0, cityLine - 1);
  return {
    phone: orNull(site.phonenumber),
    address: joined(street, ', '),
    city: orNull(lines[cityLine - 1]),
    state: orNull(lines[cityLine]),
    postalCode: orNull(site.delivery_address_line5),
    country: orNull(site.country_code_name),
  };
}

/** The list of clients does not name the main site: the active one called "Main", else the oldest active, else the oldest. */
export function mainSite(sites: readonly SiteRow[]): SiteRow | undefined {
  const byAge = [...sites].sort((a, b) => a.id - b.id);
  const active = byAge.filter(({ inactive }) => inactive !== true);
  return active.find(({ name }) => name?.trim().toLowerCase() === 'main') ?? active[0] ?? byAge[0];
}

/** `companyOfSite` answers for rows that name only their site. */
export function toContact(
  row: UserRow,
  companyOfSite: (siteId: number) => number | undefined,
  selection: Selection,
): SourceItem<'contacts'> {
  const externalId = String(row.id);
  const split = splitName(row.name);
  const firstName = orNull(row.firstname) ?? split.first;
  const lastName = orNull(row.surname) ?? split.last;
  const fullName = orNull(row.name) ?? joined([firstName, lastName]);
  if (row.inactive === true && !selection.includeInactive) {
    return notSelected(externalId, fullName ?? externalId, inactiveNotWanted('contact'));
  }
  const siteId = row.site_id_int ?? row.site_id;
  const client = row.client_id ?? (siteId === undefined ? undefined : companyOfSite(siteId));
  return {
    kind: 'record',
    externalId,
    modifiedAt: null,
    record: {
      companyExternalId: client === undefined || isPlaceholderClient(row.client_name) ? null : String(client),
      firstName,
      lastName,
      fullName,
      email: orNull(row.emailaddress),
      phone: orNull(row.phonenumber_preferred) ?? orNull(row.phonenumber) ?? orNull(row.sitephonenumber),
      mobile: orNull(row.mobilenumber),
      title: orNull(row.title),
      contactType:
        row.isserviceaccount === true ? 'Service account' : row.isimportantcontact === true ? 'Important' : null,
      isActive: row.inactive !== true,
    },
  };
}

/** Null for rows that are no person: "Unassigned" and API-only agents. */
export function toUser(row: AgentRow): SourceItem<'users'> | null {
  if (row.id === unassignedAgent || row.isapiagent === true) return null;
  return {
    kind: 'record',
    externalId: String(row.id),
    modifiedAt: null,
    record: {
      fullName: orNull(row.name) ?? joined([row.firstname, row.surname]),
      email: orNull(row.email),
      title: orNull(row.jobtitle),
      status: row.isdisabled === true ? 'disabled' : 'active',
    },
  };
}

/** Null for rows that are no ticket: the endpoint also holds projects and opportunities. */
export function toTicket(
  row: TicketRow,
  listed: Listed,
  selection: Selection,
  now: number,
): SourceItem<'tickets'> | null {
  if (row.use !== undefined && row.use !== 'ticket') return null;
  const externalId = String(row.id);
  const modifiedAt = utcTime(row.last_update ?? row.lastupdate ?? row.flastupdate);
  if (row.deleted === true || (row.merged_into_id ?? 0) > 0) return { kind: 'gone', externalId, modifiedAt };

  const label = `${row.id} ${row.summary ?? ''}`.trim();
  const isClosed = row.status_id === undefined ? row.hasbeenclosed === true : row.status_id === closedStatus;
  const closedAt = isClosed ? utcTime(row.dateclosed) : null;
  const type = row.tickettype_id === undefined ? undefined : String(row.tickettype_id);
  const { names, unnamed } = named({
    status: listed(ticketLists.status, row.status_id),
    typeName: listed(ticketLists.typeName, row.tickettype_id),
    priority: priorityOf(row, listed),
  });
  const group = { id: type ?? null, name: names.typeName };
  const unwanted = whyNotWanted(selection, grouping, { group, closedAt }, now);
  if (unwanted !== null) return notSelected(externalId, label, unwanted, modifiedAt);
  const known = row.client_id !== undefined && row.client_id > 0 && !isPlaceholderClient(row.client_name);
  const assigned = row.agent_id !== undefined && row.agent_id > unassignedAgent;
  return {
    kind: 'record',
    externalId,
    modifiedAt,
    ...unnamed,
    record: {
      ticketNumber: externalId,
      title: orNull(row.summary),
      description: orNull(row.details),
      companyExternalId: known ? String(row.client_id) : null,
      contactExternalId: row.user_id !== undefined && row.user_id > 0 ? String(row.user_id) : null,
      assigneeExternalId: assigned ? String(row.agent_id) : null,
      ...(assigned ? {} : { assignedTo: null }),
      ...(row.user_name === undefined ? {} : { contactName: orNull(row.user_name) }),
      ...(row.user_email === undefined ? {} : { contactEmail: orNull(row.user_email) }),
      isClosed,
      closedAt,
      ...names,
      queueName: orNull(row.team),
      categoryName: orNull(row.category_1),
      createdAt: utcTime(row.dateoccurred),
      updatedAt: modifiedAt,
      source: 'psa',
    },
  };
}

/** Numbered within the SLA; 0 or less is none. A list that tells no SLAs has one numbering for all. */
function priorityOf({ priority_id: id, sla_id }: TicketRow, listed: Listed): Value {
  if (id === undefined || id <= 0) return null;
  const own = listed(ticketLists.priority, id, sla_id ?? 0);
  return own?.name == null ? listed(ticketLists.priority, id, 0) : own;
}
