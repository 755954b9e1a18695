/**
 * Syncro's rows to canonical records. Pure.
 *
 * Statuses, priorities and problem types are texts that the account defines, and travel as they are. Customers have
 * neither a country nor a web address, so none is told of them.
 */
import { z } from 'zod';
import { inactiveNotWanted, notSelected, type PsaSelection, whyNotWanted } from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { joined, orNull, utcTime } from '../../src/connector/values.ts';

const id = z.number().int();
/** Numbers turn up where texts are documented (ticket numbers, post codes). */
const text = z.union([z.string(), z.number()]).transform(String).nullish();
const flag = z.boolean().nullish();

export const customerRow = z.object({
  id,
  business_name: text,
  business_then_name: text,
  fullname: text,
  firstname: text,
  lastname: text,
  email: text,
  phone: text,
  mobile: text,
  address: text,
  address_2: text,
  city: text,
  state: text,
  zip: text,
  disabled: flag,
  created_at: text,
  updated_at: text,
});
export const contactRow = z.object({
  id,
  customer_id: id.nullish(),
  name: text,
  email: text,
  phone: text,
  extension: text,
  mobile: text,
  /** Free-form; the job title is here although it is written as a field of the contact. */
  properties: z
    .looseObject({ title: text.catch(null) })
    .nullish()
    .catch(null),
  created_at: text,
  updated_at: text,
});
/** As `/users/{id}` tells a technician, and every ticket its assignee. */
export const userDetail = z.object({ id, full_name: text, email: text, created_at: text, updated_at: text });
const commentRow = z.object({ id, body: text });
const named = z.object({ name: text });
/** Of a list, and of a single ticket, which has `ticket_type` and `contact` as objects in place of their names. */
export const ticketRow = z.object({
  id,
  number: text,
  subject: text,
  customer_id: id.nullish(),
  contact_id: id.nullish(),
  contact_fullname: text,
  contact: named.nullish().catch(null),
  user_id: id.nullish(),
  user: userDetail.nullish().catch(null),
  status: text,
  priority: text,
  problem_type: text,
  ticket_type_name: text,
  ticket_type: named.nullish().catch(null),
  resolved_at: text,
  created_at: text,
  updated_at: text,
  comments: z.array(commentRow).optional(),
  tag_list: z.array(z.string()).nullish().catch(null),
});
export type CustomerRow = z.infer<typeof customerRow>;
export type ContactRow = z.infer<typeof contactRow>;
export type UserDetail = z.infer<typeof userDetail>;
export type TicketRow = z.infer<typeof ticketRow>;

export interface Selection extends PsaSelection {
  /** Lower case: statuses in which a ticket is closed, whether it has a resolution time or not. */
  readonly closedStatuses: ReadonlySet<string>;
}

export function closedStatusesOf(option: unknown): ReadonlySet<string> {
  const names = typeof option === 'string' ? option.split(',') : [];
  return new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
}

export function toCompany(row: CustomerRow, selection: PsaSelection): SourceItem<'companies'> {
  const externalId = String(row.id);
  const modifiedAt = utcTime(row.updated_at);
  const name = customerName(row);
  const isActive = row.disabled !== true;
  if (!isActive && !selection.includeInactive) {
    return notSelected(externalId, name, inactiveNotWanted('company'), modifiedAt);
  }
  return {
    kind: 'record',
    externalId,
    modifiedAt,
    record: {
      name,
      phone: orNull(row.phone) ?? orNull(row.mobile),
      address: joined([row.address, row.address_2], ', '),
      city: orNull(row.city),
      state: orNull(row.state),
      postalCode: orNull(row.zip),
      isActive,
      createdAt: utcTime(row.created_at),
      updatedAt: modifiedAt,
    },
  };
}

/** Residential customers have no business name. */
function customerName(row: CustomerRow): string {
  return (
    orNull(row.business_name) ??
    orNull(row.business_then_name) ??
    orNull(row.fullname) ??
    joined([row.firstname, row.lastname]) ??
    orNull(row.email) ??
    `Customer ${row.id}`
  );
}

/** Null for contacts of the MSP's own vendors, which belong to no customer. Contacts have no active flag: while listed, they are. */
export function toContact(row: ContactRow): SourceItem<'contacts'> | null {
  if (row.customer_id === null || row.customer_id === undefined) return null;
  const fullName = orNull(row.name);
  const modifiedAt = utcTime(row.updated_at);
  return {
    kind: 'record',
    externalId: String(row.id),
    modifiedAt,
    record: {
      companyExternalId: String(row.customer_id),
      ...givenAndFamilyName(fullName),
      fullName,
      email: orNull(row.email),
      phone: withExtension(orNull(row.phone), orNull(row.extension)),
      mobile: orNull(row.mobile),
      title: orNull(row.properties?.title),
      isActive: true,
      createdAt: utcTime(row.created_at),
      updatedAt: modifiedAt,
    },
  };
}

/** One field holds the whole name: the last word is the family name, a single word is the first name. */
function givenAndFamilyName(name: string | null): { firstName: string | null; lastName: string | null } {
  const words = name?.split(/\s+/) ?? [];
  if (words.length < 2) return { firstName: name, lastName: null };
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? null };
}

function withExtension(phone: string | null, extension: string | null): string | null {
  return phone === null || extension === null ? phone : `${phone} ext ${extension}`;
}

/** `detail` undefined: only the name is known, and what the portal knows of the rest stays. */
export function toUser(
  technician: { id: number; name: string | null },
  detail: UserDetail | undefined,
): SourceItem<'users'> {
  const modifiedAt = utcTime(detail?.updated_at);
  return {
    kind: 'record',
    externalId: String(technician.id),
    modifiedAt,
    record: {
      fullName: orNull(technician.name) ?? orNull(detail?.full_name),
      // No flag tells who has left; who is listed is taken to be active.
      status: 'active',
      ...(detail === undefined
        ? {}
        : { email: orNull(detail.email), createdAt: utcTime(detail.created_at), updatedAt: modifiedAt }),
    },
  };
}

export function toTicket(row: TicketRow, selection: Selection, now: number): SourceItem<'tickets'> {
  const externalId = String(row.id);
  const modifiedAt = utcTime(row.updated_at);
  const status = orNull(row.status);
  const resolvedAt = utcTime(row.resolved_at);
  const isClosed = resolvedAt !== null || selection.closedStatuses.has(status?.toLowerCase() ?? '');
  // Whether every closed status brings a resolution time is not documented; a closed ticket is rarely touched again.
  const lastOpen = isClosed ? (resolvedAt ?? modifiedAt) : null;
  const unwanted = whyNotWanted(selection, null, { group: { id: null, name: null }, closedAt: lastOpen }, now);
  if (unwanted !== null) {
    return notSelected(externalId, joined([row.number, row.subject]) ?? externalId, unwanted, modifiedAt);
  }
  const reference = (value: number | null | undefined) =>
    value === null || value === undefined ? null : String(value);
  return {
    kind: 'record',
    externalId,
    modifiedAt,
    record: {
      ticketNumber: orNull(row.number),
      title: orNull(row.subject),
      ...(row.comments === undefined ? {} : { description: firstComment(row.comments) }),
      companyExternalId: reference(row.customer_id),
      contactExternalId: reference(row.contact_id),
      assigneeExternalId: reference(row.user_id),
      ...contact(row),
      ...assignee(row),
      status,
      isClosed,
      closedAt: resolvedAt,
      priority: orNull(row.priority),
      typeName: orNull(row.ticket_type_name) ?? orNull(row.ticket_type?.name),
      categoryName: orNull(row.problem_type),
      createdAt: utcTime(row.created_at),
      updatedAt: modifiedAt,
      source: 'psa',
    },
  };
}

/** The e-mail address is the contact's own record's to tell. */
function contact(row: TicketRow): { contactName?: string | null; contactEmail?: null } {
  if (row.contact_id === null || row.contact_id === undefined) return { contactName: null, contactEmail: null };
  const name = orNull(row.contact_fullname) ?? orNull(row.contact?.name);
  return name === null ? {} : { contactName: name };
}

function assignee({ user_id, user }: TicketRow): { assignedTo?: string | null } {
  if (user_id === null || user_id === undefined) return { assignedTo: null };
  const name = orNull(user?.full_name);
  return name === null ? {} : { assignedTo: name };
}

/** The description is the first comment. Lists carry it alone, or all comments, newest first, on accounts not yet changed over. */
function firstComment(comments: NonNullable<TicketRow['comments']>): string | null {
  const oldest = comments.reduce<(typeof comments)[number] | null>(
    (first, each) => (first === null || each.id < first.id ? each : first),
    null,
  );
  return orNull(oldest?.body);
}
