/**
 * The JSON of each row: thin in lists, full when read singly. Undefined stands for null, which Halo leaves out;
 * some ids are decimals on the wire; tickets tell UTC with Z, clients, sites and users without a zone.
 */
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Instance } from './instance.ts';
import { outcomes, priorities, relationships, slaNames, teams, ticketTypes } from './lookups.ts';
import { type Action, type Agent, type Client, paragraph, type Site, type Ticket, type User } from './model.ts';

export interface Presentation {
  readonly instance: Instance;
  /** Names and titles are attacks. */
  readonly hostile: boolean;
  /** POST replies spell the update time `flastupdate`. */
  readonly renamedUpdate: boolean;
}

/** Halo's ways of saying "no date". */
const noDate = '1900-01-01T00:00:00';
const neverMailed = '0001-01-01T00:00:00';

/** Seven fractional digits and Z; the last four differ from row to row. */
export const zuluDate = (at: number, id: number): string =>
  `${new Date(at).toISOString().slice(0, -1)}${String((id * 7919) % 10_000).padStart(4, '0')}Z`;

/** No zone, trailing zeros cut. */
export const zonelessDate = (at: number): string =>
  new Date(at)
    .toISOString()
    .slice(0, -1)
    .replace(/\.?0+$/, '');

// Node has JSON.rawJSON, the type library does not know it yet.
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
const decimal = (value: number): unknown => rawJSON(`${value}.0`);

const say = (view: Presentation, text: string, id: number): string => (view.hostile ? hostileText(text, id) : text);

export function clientRow(client: Client, view: Presentation, withWebsite = false): object {
  const relationship = relationships.find(({ name }) => name === client.relationship);
  return {
    id: client.id,
    name: say(view, client.name, client.id),
    toplevel_id: 1,
    toplevel_name: 'Customers',
    inactive: client.inactive,
    colour: '#3366cc',
    notes: '',
    use: 'client',
    accountsid: '',
    customer_relationship: relationship ? [{ id: String(relationship.id), name: relationship.name }] : [],
    is_vip: false,
    website: withWebsite ? client.website : undefined,
  };
}

export function clientDetail(client: Client, view: Presentation): object {
  const site = view.instance.sites.get(client.mainSite);
  return {
    ...clientRow(client, view, true),
    main_site_id: client.mainSite,
    main_site_name: site?.name,
    main_phonenumber: site?.phone ?? '',
    main_delivery_address: site && address(site),
    customertype: 0,
    datecreated: zonelessDate(client.created),
    alastupdate: zonelessDate(client.modified),
  };
}

export function siteRow(site: Site, view: Presentation, withAddress = false): object {
  const client = say(view, view.instance.clients.get(site.client)?.name ?? '', site.client);
  return {
    id: site.id,
    name: site.name,
    client_id: decimal(site.client),
    client_name: client,
    clientsite_name: `${client}/${site.name}`,
    inactive: false,
    sla_id: 1,
    phonenumber: site.phone,
    country_code_name: site.country || undefined,
    region_code_name: site.region || undefined,
    ...(withAddress ? addressLines(site) : {}),
  };
}

export function siteDetail(site: Site, view: Presentation): object {
  return {
    ...siteRow(site, view, true),
    isinvoicesite: true,
    delivery_address: address(site),
    slastupdate: zonelessDate(site.modified),
  };
}

export function userRow(user: User, view: Presentation): object {
  const { instance } = view;
  return {
    id: user.id,
    name: say(view, instance.userName(user), user.id),
    firstname: say(view, user.firstName, user.id),
    surname: say(view, user.surname, user.id),
    initials: `${[...user.firstName][0] ?? ''}${[...user.surname][0] ?? ''}`,
    title: user.title ?? undefined,
    emailaddress: user.email ?? undefined,
    phonenumber_preferred: user.phone ?? undefined,
    sitephonenumber: instance.sites.get(user.site)?.phone,
    mobilenumber: user.mobile ?? undefined,
    site_id: decimal(user.site),
    site_id_int: user.site,
    site_name: instance.sites.get(user.site)?.name,
    client_id: user.client,
    client_name: say(view, instance.clients.get(user.client)?.name ?? '', user.client),
    inactive: user.inactive,
    linked_agent_id: user.linkedAgent,
    isserviceaccount: false,
    isimportantcontact: false,
    neversendemails: false,
    use: 'user',
  };
}

export function userDetail(user: User, view: Presentation): object {
  return {
    ...userRow(user, view),
    datecreated: zonelessDate(user.created),
    ulastupdate: zonelessDate(user.modified),
    lastlogindate: noDate,
  };
}

export function agentRow(agent: Agent, view: Presentation): object {
  return {
    id: agent.id,
    name: say(view, agent.name, agent.id),
    firstname: agent.firstName ?? undefined,
    surname: agent.surname ?? undefined,
    email: agent.email ?? undefined,
    jobtitle: agent.jobTitle ?? undefined,
    team: agent.team,
    isdisabled: agent.disabled,
    isapiagent: agent.api,
    is_agent: true,
    initials: agent.name
      .split(' ')
      .map((word) => [...word][0] ?? '')
      .join(''),
    colour: '#3366cc',
    lastlogindate: agent.lastLogin === null ? '1899-12-30T00:00:00' : zonelessDate(agent.lastLogin),
  };
}

export function agentDetail(agent: Agent, view: Presentation): object {
  const team = teams.find(({ name }) => name === agent.team);
  return {
    ...agentRow(agent, view),
    teams: team ? [{ team_id: team.id, team_name: team.name, department_id: team.department_id }] : [],
    last_modified: zonelessDate(agent.modified),
  };
}

export interface TicketNames {
  readonly status?: boolean;
  readonly agent?: boolean;
  readonly type?: boolean;
}

export function ticketRow(ticket: Ticket, view: Presentation, names: TicketNames = {}): object {
  const { instance } = view;
  const user = instance.users.get(ticket.user);
  return {
    id: ticket.id,
    dateoccurred: zuluDate(ticket.created, ticket.id),
    summary: say(view, ticket.summary, ticket.id),
    details: ticket.details,
    status_id: ticket.status,
    tickettype_id: ticket.type,
    sla_id: slaOf(ticket),
    priority_id: ticket.priority,
    client_id: ticket.client,
    client_name: say(view, instance.clients.get(ticket.client)?.name ?? '', ticket.client),
    site_id: ticket.site,
    site_name: instance.sites.get(ticket.site)?.name,
    user_id: ticket.user,
    user_name: user && say(view, instance.userName(user), user.id),
    team: ticket.team,
    agent_id: ticket.agent,
    category_1: ticket.category || undefined,
    child_count: 0,
    onhold: false,
    lastactiondate: zuluDate(ticket.lastAction, ticket.id),
    last_update: zuluDate(ticket.modified, ticket.id),
    reportedby: ticket.reportedBy ?? undefined,
    user_email: user?.email ?? undefined,
    targetdate: noDate,
    targettime: '00:00:00',
    dateclosed: ticket.closed === null ? undefined : zuluDate(ticket.closed, ticket.id),
    hasbeenclosed: ticket.wasClosed || undefined,
    inactive: false,
    merged_into_id: ticket.mergedInto,
    use: ticket.use,
    status_name: names.status ? instance.statuses.all.find(({ id }) => id === ticket.status)?.name : undefined,
    agent_name: names.agent ? instance.agents.get(ticket.agent)?.name : undefined,
    tickettype_name: names.type ? ticketTypes.find(({ id }) => id === ticket.type)?.name : undefined,
  };
}

export function ticketDetail(ticket: Ticket, view: Presentation): object {
  const sla = slaOf(ticket);
  const level = priorities.find(({ slaid, priorityid }) => slaid === sla && priorityid === ticket.priority);
  return {
    ...ticketRow(ticket, view, { status: true, agent: true, type: true }),
    details_html: ticket.html ?? paragraph(ticket.details),
    datecreated: zuluDate(ticket.created, ticket.id),
    sla_name: slaNames[sla],
    priority: level && { id: level.id, slaid: level.slaid, priorityid: level.priorityid, name: level.name },
    team_id: teams.find(({ name }) => name === ticket.team)?.id,
    reference: `${ticket.type === 1 ? 'IN' : 'SR'}-${String(ticket.id).padStart(7, '0')}`,
    client_reference: ticket.clientReference,
    customfields: ticket.customFields,
    lastincomingemail: neverMailed,
    deleted: ticket.deleted,
    changeseq: ticket.changeSeq,
    is_project: ticket.use === 'project',
    is_opportunity: ticket.use === 'opportunity',
    source: 0,
  };
}

/** What a write answers: the single form, with the update time spelt as this version spells it. */
export function ticketReply(ticket: Ticket, view: Presentation): object {
  const detail = ticketDetail(ticket, view) as Record<string, unknown>;
  if (!view.renamedUpdate) return detail;
  const { last_update, ...rest } = detail;
  return { ...rest, flastupdate: last_update };
}

export function actionRow(action: Action, ticket: Ticket, withHtml = true): object {
  return {
    ticket_id: ticket.id,
    id: action.id,
    outcome: outcomes.find(({ id }) => id === action.outcome)?.outcome ?? '',
    outcome_id: action.outcome,
    who: action.who,
    who_type: action.agent > 0 ? 1 : 0,
    who_agentid: action.agent,
    datetime: zuluDate(action.at, action.id),
    actiondatecreated: zuluDate(action.at, action.id),
    note: action.note,
    note_html: withHtml ? action.html : undefined,
    hiddenfromuser: action.hidden,
    timetaken: action.hours,
    actionby_agent_id: action.agent,
    actionby_application_id: action.application ?? undefined,
  };
}

export const slaOf = (ticket: Pick<Ticket, 'type'>): number =>
  ticketTypes.find(({ id }) => id === ticket.type)?.sla ?? 1;

function address(site: Site): object {
  const [line1, line2, line3, line4] = site.lines;
  return {
    id: 10_000 + site.id,
    type: -2,
    line1,
    line2,
    line3,
    line4,
    postcode: site.postcode,
    primary: true,
    inactive: false,
    site_id: site.id,
  };
}

function addressLines(site: Site): object {
  const lines = [...site.lines, site.postcode];
  return Object.fromEntries(lines.map((line, index) => [`delivery_address_line${index + 1}`, line]));
}
