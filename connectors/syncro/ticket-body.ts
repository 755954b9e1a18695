/** From the fields of a ticket to what Syncro takes. Sends nothing. */

import { type Names, rejected } from '../../src/connector/psa/names.ts';
import type { FieldValue, FieldValues } from '../../src/connector/writer.ts';
import { fieldWord } from '../../src/portal/records/field-label.ts';
import { tickets } from '../../src/portal/records/ticket.ts';
import { ticketLists } from './writes.ts';

export type TicketBody = Record<string, string | number | null>;

const never = ['title', 'status', 'companyExternalId'];

/** Texts on the ticket, which must be written exactly as the account defines them: `High` is none of `1 High`. */
const listed = { status: 'status', priority: 'priority', categoryName: 'problem_type' } as const;
const references = {
  companyExternalId: 'customer_id',
  contactExternalId: 'contact_id',
  assigneeExternalId: 'user_id',
} as const;

/**
 * The fields given, and no other. The description is none of them: it is a comment.
 * @throws Rejected for a name that the account does not have, and for what it cannot leave empty
 */
export async function ticketBody(names: Names, fields: FieldValues, signal: AbortSignal): Promise<TicketBody> {
  for (const field of never) {
    if (fields[field] !== undefined && isBlank(fields[field])) {
      throw rejected(field, 'Syncro keeps a value here on every ticket; it cannot be emptied.');
    }
  }
  const value = (field: keyof typeof ticketLists, name: FieldValue) =>
    names.value({ list: ticketLists[field], field, name }, signal);
  const body: TicketBody = {};
  if (fields.title !== undefined) body.subject = String(fields.title);
  for (const [field, own] of Object.entries(listed) as [keyof typeof listed, string][]) {
    const name = fields[field];
    if (name === undefined) continue;
    // The account's own lists have an empty entry for none.
    body[own] = isBlank(name) ? '' : (await value(field, name)).name;
  }
  const type = fields.typeName;
  if (type !== undefined) {
    body.ticket_type_id = isBlank(type) ? null : Number((await value('typeName', type)).id);
  }
  for (const [field, own] of Object.entries(references)) {
    const id = fields[field];
    if (id !== undefined) body[own] = isBlank(id) ? null : Number(id);
  }
  return body;
}

/**
 * Syncro answers success also where it passed over what it did not like: an id that it does not know, a value that the account wants
 * on every ticket. Looks at what can go so: references, and what was to be emptied.
 * @param told what the answer says of the ticket
 * @throws Rejected naming the first field that stayed as it was
 */
export function checkTaken(fields: FieldValues, told: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(fields)) {
    const present = told[field];
    if (present === undefined || !(isBlank(value) || field in references)) continue;
    if (isBlank(value) ? present === null : present === String(value)) continue;
    const kept = present === null ? 'empty' : 'as it was';
    throw rejected(field, `Syncro took the change, but left the ${fieldWord(tickets, field)} ${kept}.`);
  }
}

const isBlank = (value: FieldValue | undefined): boolean => value === null || value === undefined || value === '';
