/** The JSON of each row. Undefined: newer releases leave it out, older ones write null. Everything is told in UTC, whole seconds. */
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Instance } from './instance.ts';
import {
  boards,
  communicationTypes,
  companyStatuses,
  companyTypes,
  priorities,
  sources,
  subTypes,
  teams,
  types,
} from './lookups.ts';
import type { Company, Contact, Member, Note, Ticket } from './model.ts';

export interface View {
  readonly instance: Instance;
  /** Beginning of every link. */
  readonly base: string;
  /** Names and titles are attacks. */
  readonly hostile: boolean;
  /** An older release, which writes null. */
  readonly nulls: boolean;
}

export const seconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const orAbsent = (at: number | null): string | undefined => (at === null ? undefined : seconds(at));
const say = (view: View, text: string, id: number): string => (view.hostile ? hostileText(text, id) : text);

interface Named {
  readonly id: number;
  readonly name: string;
}

/** A reference to a setup row, in a list of them. */
function one(
  list: readonly Named[],
  id: number | null,
  link?: { readonly view: View; readonly path: string },
): object | undefined {
  const row = list.find((each) => each.id === id);
  if (row === undefined) return undefined;
  const { name } = row;
  if (link === undefined) return { id: row.id, name };
  const kind = link.path.split('/').at(-1);
  return { id: row.id, name, _info: { [`${kind}_href`]: `${link.view.base}/${link.path}/${row.id}` } };
}

const stamps = (row: { modified: number; updatedBy: string }) => ({
  lastUpdated: seconds(row.modified),
  updatedBy: row.updatedBy,
});

function companyReference(view: View, id: number | null): object | undefined {
  const company = id === null ? undefined : view.instance.companies.get(id);
  if (company === undefined) return undefined;
  const _info = { company_href: `${view.base}/company/companies/${id}` };
  return { id, identifier: company.identifier, name: say(view, company.name, company.id), _info };
}

export function companyRow(company: Company, view: View): object {
  const [main] = company.sites;
  const contact = view.instance.contacts.get(company.defaultContact ?? 0);
  return shown(view, {
    id: company.id,
    identifier: company.identifier,
    name: say(view, company.name, company.id),
    status: one(companyStatuses, company.status, { view, path: 'company/companies/statuses' }),
    addressLine1: main?.street,
    addressLine2: undefined,
    city: main?.city,
    state: main?.region,
    zip: main?.postcode,
    country: main && { id: 1 + (main.countryCode.charCodeAt(0) % 9), name: main.country },
    phoneNumber: company.phone,
    website: company.website,
    types: [one(companyTypes, company.type)],
    site: { id: company.id * 10, name: 'Main' },
    defaultContact: contact && { id: contact.id, name: say(view, nameOf(contact), contact.id) },
    deletedFlag: company.deleted,
    leadFlag: false,
    isVendorFlag: false,
    _info: { ...stamps(company), dateEntered: seconds(company.created), enteredBy: 'zadmin' },
  });
}

export function siteRows(company: Company, view: View): object[] {
  return company.sites.map((site, index) => ({
    id: company.id * 10 + index,
    name: index === 0 ? 'Main' : site.name,
    addressLine1: site.street,
    city: site.city,
    stateReference: { id: 1, identifier: site.region.slice(0, 2).toUpperCase(), name: site.region },
    zip: site.postcode,
    phoneNumber: site.phone,
    primaryAddressFlag: index === 0,
    inactiveFlag: false,
    company: companyReference(view, company.id),
    _info: stamps(company),
  }));
}

export function contactRow(contact: Contact, view: View): object {
  const item = (id: number, type: number, communicationType: string, value: string | null, defaultFlag: boolean) => {
    if (value === null) return [];
    const { description } = communicationTypes.find((each) => each.id === type) ?? { description: '' };
    const domain = communicationType === 'Email' ? { domain: `@${value.split('@')[1]}` } : {};
    return [{ id, type: { id: type, name: description }, value, defaultFlag, communicationType, ...domain }];
  };
  return shown(view, {
    id: contact.id,
    firstName: say(view, contact.firstName, contact.id),
    lastName: contact.lastName === null ? undefined : say(view, contact.lastName, contact.id),
    company: companyReference(view, contact.company),
    site: contact.company === null ? undefined : { id: contact.company * 10 + contact.site, name: 'Main' },
    inactiveFlag: contact.inactive,
    title: contact.title ?? undefined,
    defaultFlag: contact.isDefault,
    defaultPhoneType: contact.phone === null ? undefined : 'Direct',
    defaultPhoneNbr: contact.phone ?? undefined,
    types: [],
    communicationItems: [
      ...item(contact.id * 10, 2, 'Phone', contact.phone, true),
      ...item(contact.id * 10 + 1, 4, 'Phone', contact.mobile, false),
      // An old address stands first; the one to write to is marked.
      ...(contact.id % 7 === 0 && contact.email !== null
        ? item(contact.id * 10 + 2, 1, 'Email', `old.${contact.email}`, false)
        : []),
      ...item(contact.id * 10 + 3, 1, 'Email', contact.email, true),
    ],
    _info: stamps(contact),
  });
}

export const nameOf = (row: { readonly firstName: string; readonly lastName: string | null }): string =>
  [row.firstName, row.lastName].filter(Boolean).join(' ');

export function memberRow(member: Member, view: View): object {
  return shown(view, {
    id: member.id,
    identifier: member.identifier,
    firstName: say(view, member.firstName, member.id),
    lastName: member.lastName === null ? undefined : say(view, member.lastName, member.id),
    title: member.title,
    licenseClass: member.licence,
    inactiveFlag: member.inactive,
    defaultEmail: 'Office',
    officeEmail: member.email,
    primaryEmail: member.email,
    defaultPhone: 'Office',
    securityRole: { id: 63, name: member.licence === 'A' ? 'MSPortal' : 'Tech' },
    type: { id: 2, name: 'Technician' },
    timeZone: { id: 4, name: 'US Eastern' },
    hireDate: seconds(member.created - (member.created % 86_400_000)),
    lastLogin: orAbsent(member.lastLogin),
    _info: stamps(member),
  });
}

/** The light list, for which less is needed. */
export function memberInfoRow(member: Member, view: View): object {
  return {
    id: member.id,
    identifier: member.identifier,
    firstName: say(view, member.firstName, member.id),
    lastName: member.lastName ?? undefined,
    fullName: say(view, nameOf(member), member.id),
    defaultEmail: member.email,
    licenseClass: member.licence,
    inactiveFlag: member.inactive,
    _info: stamps(member),
  };
}

function memberReference(view: View, id: number | null): object | undefined {
  if (id === null) return undefined;
  const member = view.instance.members.get(id);
  if (member === undefined) return { id, identifier: 'former', name: 'Former Member' };
  return { id, identifier: member.identifier, name: say(view, nameOf(member), id) };
}

export function ticketRow(ticket: Ticket, view: View): object {
  const { instance } = view;
  const contact = ticket.contact === null ? undefined : instance.contacts.get(ticket.contact);
  const owner = ticket.owner === null ? undefined : instance.members.get(ticket.owner);
  const status = instance.statuses.all.find(({ id }) => id === ticket.status);
  const priority = priorities.find(({ id }) => id === ticket.priority);
  return shown(view, {
    id: ticket.id,
    summary: say(view, ticket.summary, ticket.id),
    recordType: 'ServiceTicket',
    board: one(boards, ticket.board, { view, path: 'service/boards' }),
    status: status && { id: status.id, name: status.name, sort: status.sortOrder },
    company: companyReference(view, ticket.company),
    site: { id: ticket.company * 10, name: 'Main' },
    contact: contact && { id: contact.id, name: say(view, nameOf(contact), contact.id) },
    contactName: ticket.contactName === null ? undefined : say(view, ticket.contactName, ticket.id),
    contactEmailAddress: ticket.contactEmail ?? undefined,
    type: one(types, ticket.type),
    subType: one(subTypes, ticket.subType),
    team: one(teams, ticket.team),
    owner: memberReference(view, ticket.owner),
    resources: owner?.identifier,
    priority: priority && { id: priority.id, name: priority.name, sort: priority.sortOrder, level: priority.level },
    source: one(sources, ticket.source),
    severity: ticket.severity,
    impact: ticket.impact,
    externalXRef: ticket.externalXRef ?? undefined,
    actualHours: ticket.closed === null ? undefined : 0.5,
    closedFlag: status?.closedStatus === true,
    closedDate: orAbsent(ticket.closed),
    closedBy: ticket.closedBy ?? undefined,
    customerUpdatedFlag: false,
    hasChildTicket: false,
    mergedParentTicket: ticket.mergedInto === null ? undefined : { id: ticket.mergedInto, summary: ticket.summary },
    customFields: ticket.customFields.map((field) => ({ ...field, entryMethod: 'EntryField', numberOfDecimals: 0 })),
    _info: {
      dateEntered: seconds(ticket.created),
      enteredBy: 'zadmin',
      ...stamps(ticket),
      notes_href: `${view.base}/service/tickets/${ticket.id}/notes`,
    },
  });
}

export function noteRow(note: Note, ticket: Ticket, view: View): object {
  const member = note.member === null ? undefined : view.instance.members.get(note.member);
  return shown(view, {
    id: note.id,
    ticketId: ticket.id,
    text: say(view, note.text, note.id),
    detailDescriptionFlag: note.detailDescriptionFlag,
    internalAnalysisFlag: note.internalAnalysisFlag,
    resolutionFlag: note.resolutionFlag,
    issueFlag: false,
    member: memberReference(view, note.member),
    dateCreated: seconds(note.created),
    createdBy: member?.identifier ?? 'zadmin',
    internalFlag: note.internalAnalysisFlag,
    externalFlag: !note.internalAnalysisFlag,
    _info: { lastUpdated: seconds(note.created), updatedBy: member?.identifier ?? 'zadmin' },
  });
}

function shown(view: View, row: Record<string, unknown>): object {
  if (!view.nulls) return row;
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? null]));
}
