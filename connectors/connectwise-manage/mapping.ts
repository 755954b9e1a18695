/** ConnectWise's rows to canonical records. Pure. */
import { z } from 'zod';
import { named } from '../../src/connector/psa/names.ts';
import {
  type Grouping,
  inactiveNotWanted,
  notSelected,
  type PsaSelection,
  whyNotWanted,
} from '../../src/connector/psa/selection.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { joined, orNull, utcTime } from '../../src/connector/values.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { CompanyRow, ContactRow, MemberRow, Reference, Stamps, TicketRow } from './rows.ts';

/** ConnectWise's tickets are grouped by service board. */
export const grouping: Grouping = { key: 'boards', singular: 'board', label: 'Service boards' };

/** What a member's licence lets him do. `A`, keys for programs, is never a person. */
export const licences: Readonly<Record<string, string>> = { F: 'full', C: 'StreamlineIT', X: 'subcontractor' };
const apiLicence = 'A';

export interface Selection extends PsaSelection {
  /** Licence kinds of the members wanted; empty: all. */
  readonly licences: readonly string[];
  /** The MSP's own organisation, which is a company like any other: its short name, when it is not wanted. */
  readonly withoutCompany: string | null;
}

const modifiedAt = (row: { readonly _info?: Stamps }) => utcTime(row._info?.lastUpdated);
/** The login name of who changed it last. */
const modifiedBy = (row: { readonly _info?: Stamps }) => {
  const by = orNull(row._info?.updatedBy);
  return by === null ? {} : { modifiedBy: by };
};
const nameOf = (named: Reference) => orNull(named?.name);
const idOf = (referred: Reference) => (referred?.id == null ? null : String(referred.id));

/** @param isInactiveStatus of company statuses, which every tenant names as it likes */
export function toCompany(
  row: CompanyRow,
  isInactiveStatus: (statusId: number) => boolean,
  selection: Selection,
): SourceItem<'companies'> {
  const externalId = String(row.id);
  const modified = modifiedAt(row);
  if (row.deletedFlag === true) return { kind: 'gone', externalId, modifiedAt: modified };
  const name = orNull(row.name) ?? orNull(row.identifier) ?? externalId;
  const isActive = row.status?.id == null || !isInactiveStatus(row.status.id);
  if (!isActive && !selection.includeInactive) {
    return notSelected(externalId, name, inactiveNotWanted('company'), modified);
  }
  if (selection.withoutCompany !== null && row.identifier?.toLowerCase() === selection.withoutCompany.toLowerCase()) {
    return notSelected(externalId, name, 'It is your own organisation, which is not wanted.', modified);
  }
  return {
    kind: 'record',
    externalId,
    modifiedAt: modified,
    record: {
      name,
      website: orNull(row.website),
      phone: orNull(row.phoneNumber),
      address: joined([row.addressLine1, row.addressLine2], ', '),
      city: orNull(row.city),
      state: orNull(row.state),
      postalCode: orNull(row.zip),
      country: nameOf(row.country),
      isActive,
      types: (row.types ?? []).map((type) => orNull(type.name)).filter((type) => type !== null),
      createdAt: utcTime(row._info?.dateEntered),
      updatedAt: modified,
    },
  };
}

export function toContact(row: ContactRow, selection: Selection): SourceItem<'contacts'> {
  const externalId = String(row.id);
  const modified = modifiedAt(row);
  const fullName = joined([row.firstName, row.lastName]);
  if (row.inactiveFlag === true && !selection.includeInactive) {
    return notSelected(externalId, fullName ?? externalId, inactiveNotWanted('contact'), modified);
  }
  return {
    kind: 'record',
    externalId,
    modifiedAt: modified,
    record: {
      companyExternalId: idOf(row.company),
      firstName: orNull(row.firstName),
      lastName: orNull(row.lastName),
      fullName,
      ...waysToReach(row),
      title: orNull(row.title),
      contactType: joined(
        (row.types ?? []).map(({ name }) => name),
        ', ',
      ),
      isActive: row.inactiveFlag !== true,
      createdAt: utcTime(row._info?.dateEntered),
      updatedAt: modified,
    },
  };
}

/** A contact has no e-mail of its own, only items: of each kind the one marked default, else the first. */
function waysToReach(row: ContactRow): { email: string | null; phone: string | null; mobile: string | null } {
  const items = row.communicationItems ?? [];
  const value = (fits: (item: (typeof items)[number]) => boolean) => {
    const fitting = items.filter((item) => fits(item) && orNull(item.value) !== null);
    return orNull((fitting.find(({ defaultFlag }) => defaultFlag === true) ?? fitting[0])?.value);
  };
  // Tenants name their own phone types.
  const isMobile = (item: (typeof items)[number]) => /mobile|cell/i.test(item.type?.name ?? '');
  const number = orNull(row.defaultPhoneNbr);
  const extension = orNull(row.defaultPhoneExtension);
  return {
    email: value((item) => item.communicationType === 'Email'),
    phone:
      number === null
        ? value((item) => item.communicationType === 'Phone' && !isMobile(item))
        : joined([number, extension], ' ext '),
    mobile: value((item) => item.communicationType === 'Phone' && isMobile(item)),
  };
}

/** Null for keys of programs. */
export function toUser(row: MemberRow, selection: Selection): SourceItem<'users'> | null {
  const licence = row.licenseClass ?? '';
  if (licence === apiLicence) return null;
  const externalId = String(row.id);
  const modified = modifiedAt(row);
  const fullName = joined([row.firstName, row.lastName]) ?? orNull(row.identifier);
  if (selection.licences.length > 0 && !selection.licences.includes(licence)) {
    const kind = licences[licence] ?? (licence || 'unknown');
    return notSelected(
      externalId,
      fullName ?? externalId,
      `Members with the licence "${kind}" are not wanted.`,
      modified,
    );
  }
  return {
    kind: 'record',
    externalId,
    modifiedAt: modified,
    ...modifiedBy(row),
    record: {
      fullName,
      email: memberEmail(row),
      title: orNull(row.title) ?? nameOf(row.type),
      status: row.inactiveFlag === true ? 'disabled' : 'active',
      lastLogin: utcTime(row.lastLogin),
      updatedAt: modified,
    },
  };
}

/** Where the address of a member is: a main one, or the one of the kind that is named its default. */
export function emailField(row: MemberRow): 'primaryEmail' | 'officeEmail' | 'mobileEmail' | 'homeEmail' {
  if (orNull(row.primaryEmail) !== null) return 'primaryEmail';
  return row.defaultEmail === 'Mobile' ? 'mobileEmail' : row.defaultEmail === 'Home' ? 'homeEmail' : 'officeEmail';
}

function memberEmail(row: MemberRow): string | null {
  const isTold = orNull(row.primaryEmail) !== null || ['Office', 'Mobile', 'Home'].includes(row.defaultEmail ?? '');
  return isTold ? orNull(row[emailField(row)]) : null;
}

/**
 * Null for project work, which is another resource. Closed is what the status says of itself (`closedFlag`), never what it
 * is called: tenants have a "Closed" that is not, and a "Completed" that is.
 */
export function toTicket(row: TicketRow, selection: Selection, now: number): SourceItem<'tickets'> | null {
  if (row.recordType != null && row.recordType !== 'ServiceTicket') return null;
  const externalId = String(row.id);
  const modified = modifiedAt(row);
  if (row.mergedParentTicket?.id != null) return { kind: 'gone', externalId, modifiedAt: modified };

  const isClosed = row.closedFlag ?? row.closedDate != null;
  const closedAt = isClosed ? utcTime(row.closedDate) : null;
  // Names come with the row.
  const { names, unnamed } = named({
    boardName: row.board,
    status: row.status,
    priority: row.priority,
    typeName: row.type,
    categoryName: row.subType,
    issueTypeName: row.item,
  });
  const group = { id: idOf(row.board), name: names.boardName };
  const unwanted = whyNotWanted(selection, grouping, { group, closedAt }, now);
  if (unwanted !== null) return notSelected(externalId, `${row.id} ${row.summary ?? ''}`.trim(), unwanted, modified);
  const contactName = orNull(row.contactName) ?? nameOf(row.contact);
  const contactEmail = orNull(row.contactEmailAddress);
  return {
    kind: 'record',
    externalId,
    modifiedAt: modified,
    ...modifiedBy(row),
    ...unnamed,
    record: {
      ticketNumber: externalId,
      title: orNull(row.summary),
      companyExternalId: idOf(row.company),
      contactExternalId: idOf(row.contact),
      contactName,
      contactEmail,
      assigneeExternalId: idOf(row.owner),
      assignedTo: nameOf(row.owner),
      ...names,
      isClosed,
      closedAt,
      hoursBudgeted: row.budgetHours ?? null,
      hoursActual: row.actualHours ?? null,
      createdAt: utcTime(row._info?.dateEntered),
      updatedAt: modified,
      source: 'psa',
    },
  };
}

/** A row that is not what the vendor documents is held by itself; the others of its page are taken. */
export function mapRow<S extends z.ZodType, T extends RecordType>(
  row: { readonly id: number },
  schema: S,
  map: (row: z.infer<S>) => SourceItem<T> | null,
): SourceItem | null {
  const parsed = schema.safeParse(row);
  if (parsed.success) return map(parsed.data);
  const detail = `ConnectWise sent it in a form that it does not document: ${z.prettifyError(parsed.error)}`.slice(
    0,
    300,
  );
  return { kind: 'held', externalId: String(row.id), label: String(row.id), reason: 'malformed', detail };
}
