/**
 * Autotask's rows to canonical records. Pure.
 *
 * Empty fields come as null or as "", times with or without a zone (both are UTC), and `isActive` is a boolean on
 * companies and resources but 0 or 1 on contacts. Company 0 is the MSP itself, so no id is ever tested by truth.
 */
import { z } from 'zod';
import { type Listed, named } from '../../src/connector/psa/names.ts';
import {
  type Grouping,
  inactiveNotWanted,
  notSelected,
  type PsaSelection,
  whyNotWanted,
} from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { joined, orNull, utcTime } from '../../src/connector/values.ts';
import type { Picklists } from './picklists.ts';
import { ticketLists } from './writes.ts';

const id = z.number().int();
const text = z.string().nullish();
const number = z.number().int().nullish();
const active = z.union([z.boolean(), z.number()]).nullish();

export const companyRow = z.object({
  id,
  companyName: text,
  companyType: number,
  isActive: active,
  phone: text,
  webAddress: text,
  address1: text,
  address2: text,
  additionalAddressInformation: text,
  city: text,
  state: text,
  postalCode: text,
  countryID: number,
  createDate: text,
  lastActivityDate: text,
  lastTrackedModifiedDateTime: text,
});
export const contactRow = z.object({
  id,
  companyID: number,
  firstName: text,
  lastName: text,
  emailAddress: text,
  phone: text,
  extension: text,
  mobilePhone: text,
  title: text,
  isActive: active,
  primaryContact: z.boolean().nullish(),
  createDate: text,
  lastActivityDate: text,
  lastModifiedDate: text,
});
export const resourceRow = z.object({
  id,
  firstName: text,
  middleName: text,
  lastName: text,
  email: text,
  title: text,
  isActive: active,
  licenseType: number,
  userType: number,
});
export const ticketRow = z.object({
  id,
  ticketNumber: text,
  title: text,
  description: text,
  companyID: number,
  contactID: number,
  assignedResourceID: number,
  status: number,
  priority: number,
  queueID: number,
  ticketType: number,
  ticketCategory: number,
  issueType: number,
  createDate: text,
  completedDate: text,
  lastActivityDate: text,
  lastTrackedModificationDateTime: text,
});
export const deletedTicketRow = z.object({ id, ticketID: id, deletedDateTime: text });
export const countryRow = z.object({ id, displayName: text, name: text });

/** Autotask's own "Complete"; the one status that means the same in every tenant. */
export const completeStatus = 5;
/** Autotask's own "New". */
export const newStatus = 1;
/** The type of the notes that workflow rules write, a value of Autotask's own. */
export const ruleNote = '13';
/** The account that workflow rules act as; no person. */
const systemResource = { id: 4, name: 'Autotask Administrator' } as const;

export const grouping: Grouping = { key: 'queues', singular: 'queue', label: 'Queues' };

export interface CompanyNames {
  readonly picklists: Picklists;
  country(id: number): string | undefined;
}

export function toCompany(
  row: z.infer<typeof companyRow>,
  names: CompanyNames,
  selection: PsaSelection,
): SourceItem<'companies'> {
  const externalId = String(row.id);
  const name = orNull(row.companyName) ?? `Company ${externalId}`;
  const modifiedAt = latest(row.lastTrackedModifiedDateTime, row.lastActivityDate, row.createDate);
  if (!isActive(row.isActive) && !selection.includeInactive) {
    return notSelected(externalId, name, inactiveNotWanted('company'), modifiedAt);
  }
  const type = names.picklists.label('companyType', row.companyType);
  return {
    kind: 'record',
    externalId,
    modifiedAt,
    record: {
      name,
      website: orNull(row.webAddress),
      phone: orNull(row.phone),
      address: joined([row.address1, row.address2, row.additionalAddressInformation], ', '),
      city: orNull(row.city),
      state: orNull(row.state),
      postalCode: orNull(row.postalCode),
      country: typeof row.countryID === 'number' ? (names.country(row.countryID) ?? null) : null,
      isActive: isActive(row.isActive),
      types: type === null ? [] : [type],
      createdAt: utcTime(row.createDate),
      updatedAt: modifiedAt,
    },
  };
}

export function toContact(row: z.infer<typeof contactRow>, selection: PsaSelection): SourceItem<'contacts'> {
  const externalId = String(row.id);
  const fullName = joined([row.firstName, row.lastName]);
  const modifiedAt = latest(row.lastModifiedDate, row.lastActivityDate, row.createDate);
  if (!isActive(row.isActive) && !selection.includeInactive) {
    return notSelected(externalId, fullName ?? externalId, inactiveNotWanted('contact'), modifiedAt);
  }
  return {
    kind: 'record',
    externalId,
    modifiedAt,
    record: {
      companyExternalId: idOrNull(row.companyID),
      firstName: orNull(row.firstName),
      lastName: orNull(row.lastName),
      fullName,
      email: orNull(row.emailAddress),
      phone: joined([row.phone, orNull(row.extension) === null ? null : `ext ${orNull(row.extension)}`]),
      mobile: orNull(row.mobilePhone),
      title: orNull(row.title),
      contactType: row.primaryContact === true ? 'Primary' : null,
      isActive: isActive(row.isActive),
      createdAt: utcTime(row.createDate),
      updatedAt: utcTime(row.lastModifiedDate) ?? utcTime(row.lastActivityDate) ?? utcTime(row.createDate),
    },
  };
}

/** Null for rows that are no person: API-only users, and the account of the workflow rules. */
export function toUser(row: z.infer<typeof resourceRow>, picklists: Picklists): SourceItem<'users'> | null {
  const fullName = joined([row.firstName, row.middleName, row.lastName]);
  if (row.id === systemResource.id && fullName === systemResource.name) return null;
  // The numbers of these values differ between tenants; their labels say "API".
  const kinds = [picklists.label('licenseType', row.licenseType), picklists.label('userType', row.userType)];
  if (kinds.some((label) => label !== null && /\bAPI\b/.test(label))) return null;
  return {
    kind: 'record',
    externalId: String(row.id),
    modifiedAt: null,
    record: {
      fullName,
      email: orNull(row.email),
      title: orNull(row.title),
      status: isActive(row.isActive) ? 'active' : 'disabled',
    },
  };
}

/** @param now the vendor's time, epoch milliseconds */
export function toTicket(
  row: z.infer<typeof ticketRow>,
  listed: Listed,
  selection: PsaSelection,
  now: number,
): SourceItem<'tickets'> {
  const externalId = String(row.id);
  const modifiedAt = latest(row.lastActivityDate, row.lastTrackedModificationDateTime, row.createDate);
  const isClosed = row.status === completeStatus;
  const closedAt = isClosed ? utcTime(row.completedDate) : null;
  const { names, unnamed } = named({
    status: listed(ticketLists.status, row.status),
    priority: listed(ticketLists.priority, row.priority),
    queueName: listed(ticketLists.queueName, row.queueID),
    typeName: listed(ticketLists.typeName, row.ticketType),
    categoryName: listed(ticketLists.categoryName, row.ticketCategory),
    issueTypeName: listed(ticketLists.issueTypeName, row.issueType),
  });
  const queue = { id: idOrNull(row.queueID), name: names.queueName };
  const unwanted = whyNotWanted(selection, grouping, { group: queue, closedAt }, now);
  if (unwanted !== null) {
    const label = joined([row.ticketNumber, row.title]) ?? externalId;
    return notSelected(externalId, label, unwanted, modifiedAt);
  }
  const assignee = idOrNull(row.assignedResourceID);
  const contact = idOrNull(row.contactID);
  return {
    kind: 'record',
    externalId,
    modifiedAt,
    ...unnamed,
    record: {
      ticketNumber: orNull(row.ticketNumber) ?? externalId,
      title: orNull(row.title),
      description: orNull(row.description),
      companyExternalId: idOrNull(row.companyID),
      contactExternalId: contact,
      ...(contact === null ? { contactName: null, contactEmail: null } : {}),
      assigneeExternalId: assignee,
      ...(assignee === null ? { assignedTo: null } : {}),
      ...names,
      isClosed,
      closedAt,
      createdAt: utcTime(row.createDate),
      updatedAt: modifiedAt,
      source: 'psa',
    },
  };
}

/** Deletions on Autotask's screens leave the list of tickets in silence, but are logged. */
export function toDeletion(row: z.infer<typeof deletedTicketRow>): SourceItem<'tickets'> {
  return { kind: 'gone', externalId: String(row.ticketID), modifiedAt: utcTime(row.deletedDateTime) };
}

/** A row that does not have the documented form: one odd row must not stop all others. */
export function toMalformed(row: { readonly id: number }, detail: string): Extract<SourceItem, { kind: 'held' }> {
  const externalId = String(row.id);
  return { kind: 'held', externalId, label: externalId, reason: 'malformed', detail, modifiedAt: null };
}

/** Only a clear no counts; a missing value is not one. */
function isActive(value: boolean | number | null | undefined): boolean {
  return value !== false && value !== 0;
}

function idOrNull(value: number | null | undefined): string | null {
  return typeof value === 'number' ? String(value) : null;
}

function latest(...times: readonly (string | null | undefined)[]): string | null {
  const known = times.map(utcTime).filter((time) => time !== null);
  return known.length === 0 ? null : known.reduce((a, b) => (a > b ? a : b));
}
