/** From what is wanted of a ticket to the properties that say so. Statuses, types and subtypes have other ids on each board. */

import type { LookupValue } from '../../src/connector/contract.ts';
import { type Names, rejected } from '../../src/connector/psa/names.ts';
import type { FieldValue, FieldValues } from '../../src/connector/writer.ts';
import type { Properties, Property } from './patch.ts';
import type { Reference, TicketRow } from './rows.ts';

const longestTitle = 100;
const neverEmpty = ['title', 'boardName', 'status', 'priority', 'companyExternalId'];

/** @param before the ticket as it is; null: a new one. @throws Rejected with the field */
export async function ticketProperties(
  fields: FieldValues,
  before: TicketRow | null,
  names: Names,
  signal: AbortSignal,
): Promise<Properties> {
  for (const field of neverEmpty) {
    if (fields[field] !== undefined && String(fields[field] ?? '').trim() === '')
      throw rejected(field, 'No ticket of ConnectWise is without it; it cannot be emptied.');
  }
  const { title, companyExternalId, contactExternalId, assigneeExternalId, priority } = fields;
  if (typeof title === 'string' && title.trim().length > longestTitle) {
    throw rejected(
      'title',
      `ConnectWise takes ${longestTitle} characters as a title; this has ${title.trim().length}.`,
    );
  }
  return {
    ...(title === undefined ? {} : { summary: String(title).trim() }),
    ...(companyExternalId === undefined ? {} : { company: reference(companyExternalId) }),
    ...(contactExternalId === undefined ? {} : { contact: reference(contactExternalId) }),
    ...(assigneeExternalId === undefined ? {} : { owner: reference(assigneeExternalId) }),
    ...(priority === undefined
      ? {}
      : { priority: idOf(await names.value({ list: 'priorities', field: 'priority', name: priority }, signal)) }),
    ...(await ofBoard(fields, before, names, signal)),
  };
}

/** The board, and what is numbered within it. A ticket that moves takes along what the new board has by the same name. */
async function ofBoard(
  fields: FieldValues,
  before: TicketRow | null,
  names: Names,
  signal: AbortSignal,
): Promise<Properties> {
  const name = fields.boardName;
  const wanted = name == null ? null : await names.value({ list: 'boards', field: 'boardName', name }, signal);
  const board = wanted?.id ?? String(before?.board?.id ?? '');
  const moves = wanted !== null && Number(wanted.id) !== before?.board?.id;
  const properties: Record<string, Property> = moves ? { board: idOf(wanted) } : {};
  const parts: readonly [string, string, string, string, Reference][] = [
    ['status', 'status', 'statuses', 'status', before?.status],
    ['typeName', 'type', 'ticketTypes', 'type', before?.type],
    ['categoryName', 'subType', 'subTypes', 'subtype', before?.subType],
  ];
  for (const [field, property, list, word, present] of parts) {
    const value = fields[field];
    if (value === null) properties[property] = null;
    else if (value !== undefined) {
      properties[property] = idOf(await names.value({ list, field, name: value, parent: board }, signal));
    } else if (moves && present?.name != null) {
      const same = ((await names.lists(signal))[list] ?? []).find(
        ({ parent, name, inactive }) => parent === board && name === present.name && inactive !== true,
      );
      if (same === undefined) {
        const lost = `The board "${wanted.name}" has no ${word} "${present.name}", which the ticket has now.`;
        throw rejected(field, `${lost} Say a ${word} of that board as well.`);
      }
      properties[property] = idOf(same);
    }
  }
  return properties;
}

const idOf = ({ id }: LookupValue) => ({ id: Number(id) });
const reference = (id: FieldValue) => (id === null ? null : { id: Number(id) });
