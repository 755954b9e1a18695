/** From the fields of a ticket to what Autotask takes: names become ids, an assignee gets a role. Sends nothing that changes anything. */
import { z } from 'zod';
import type { Options } from '../../src/connector/manifest.ts';
import { type Names, rejected } from '../../src/connector/psa/names.ts';
import type { PsaSelection } from '../../src/connector/psa/selection.ts';
import type { FieldValue, FieldValues } from '../../src/connector/writer.ts';
import type { AutotaskApi } from './api.ts';
import { newStatus } from './mapping.ts';
import { entityOf } from './reading.ts';
import { ticketLists } from './writes.ts';

export type TicketBody = Record<string, string | number | null>;

/** Autotask's fields of those that hold a name of a list. */
const listed = {
  status: 'status',
  priority: 'priority',
  queueName: 'queueID',
  typeName: 'ticketType',
  categoryName: 'ticketCategory',
  issueTypeName: 'issueType',
} as const satisfies Record<keyof typeof ticketLists, string>;

const always = ['title', 'status', 'priority', 'companyExternalId'];

const roleRow = z.object({ roleID: z.number().int(), isDefault: z.boolean().nullish() });

/**
 * The fields given, and no other.
 * @throws Rejected for a name that Autotask does not have, and for what it cannot leave empty
 */
export async function ticketBody(
  api: AutotaskApi,
  names: Names,
  fields: FieldValues,
  signal: AbortSignal,
): Promise<TicketBody> {
  for (const field of always) {
    if (fields[field] !== undefined && isBlank(fields[field])) {
      throw rejected(field, 'Autotask keeps a value here on every ticket; it cannot be emptied.');
    }
  }
  const body: TicketBody = {};
  if (fields.title !== undefined) body.title = String(fields.title);
  if (fields.description !== undefined) body.description = textOrNull(fields.description);
  if (fields.companyExternalId !== undefined) body.companyID = idOrNull('companyExternalId', fields.companyExternalId);
  if (fields.contactExternalId !== undefined) body.contactID = idOrNull('contactExternalId', fields.contactExternalId);
  for (const [field, own] of Object.entries(listed)) {
    const name = fields[field];
    if (name === undefined) continue;
    body[own] = isBlank(name) ? null : await pick(names, field as keyof typeof ticketLists, name, signal);
  }
  if (fields.assigneeExternalId !== undefined) {
    const assignee = idOrNull('assigneeExternalId', fields.assigneeExternalId);
    // Both or none: Autotask refuses a resource without a role, and a role without a resource.
    body.assignedResourceID = assignee;
    body.assignedResourceRoleID = assignee === null ? null : await roleOf(api, assignee, signal);
  }
  return body;
}

/**
 * A whole new ticket. What was not said is what Autotask's own forms begin with, or what the operator chose for it.
 * @throws Rejected when something that Autotask needs is neither said nor chosen
 */
export async function newTicketBody(
  api: AutotaskApi,
  names: Names,
  fields: FieldValues,
  { options, selection }: { readonly options: Options; readonly selection: PsaSelection },
  signal: AbortSignal,
): Promise<TicketBody> {
  const said = await ticketBody(api, names, fields, signal);
  // A null in a create makes Autotask fail.
  const body: TicketBody = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
  const picklists = await api.picklists(entityOf.tickets, signal);
  const initial = (field: string) => {
    const id = picklists.initial(field);
    return id === undefined ? undefined : Number(id);
  };
  body.status ??= initial('status') ?? newStatus;
  const priority = body.priority ?? initial('priority');
  if (priority === undefined) throw rejected('priority', 'Autotask needs one, and has none of its own to begin with.');
  body.priority = priority;

  const queue = body.queueID ?? numberIn(options.newTicketQueue) ?? initial('queueID');
  if (queue !== undefined && queue !== null) body.queueID = queue;
  else if (body.assignedResourceID === undefined) {
    throw rejected('queueName', 'Autotask needs a queue or an assignee. Say one, or choose Queue of new tickets.');
  }
  if (selection.groups.length > 0 && !selection.groups.includes(String(body.queueID))) {
    throw rejected('queueName', 'Tickets of this queue are not imported, so the new one would not show here.');
  }
  const source = numberIn(options.newTicketSource);
  if (source !== undefined) body.source = source;
  const hours = Number(options.newTicketDueHours ?? 0);
  if (hours > 0) body.dueDateTime = new Date(api.now() + hours * 3_600_000).toISOString();
  return body;
}

async function pick(
  names: Names,
  field: keyof typeof ticketLists,
  name: FieldValue,
  signal: AbortSignal,
): Promise<number> {
  const { id, inactive } = await names.value({ list: ticketLists[field], field, name }, signal);
  if (inactive === true) throw rejected(field, `"${String(name)}" is not active in Autotask any more.`);
  return Number(id);
}

/** Nobody is assigned without the role in which they work; a technician's default one is taken. */
async function roleOf(api: AutotaskApi, resource: number, signal: AbortSignal): Promise<number> {
  const rows = await api.list('ResourceServiceDeskRoles', ['id', 'roleID', 'isDefault'], signal, [
    { op: 'eq', field: 'resourceID', value: resource },
    { op: 'eq', field: 'isActive', value: true },
  ]);
  const roles = rows.flatMap((row) => roleRow.safeParse(row).data ?? []);
  const role = roles.find(({ isDefault }) => isDefault === true) ?? roles[0];
  if (role === undefined) {
    throw rejected('assigneeExternalId', 'This technician has no active service desk role in Autotask.');
  }
  return role.roleID;
}

const isBlank = (value: FieldValue | undefined): boolean => String(value ?? '').trim() === '';
const textOrNull = (value: FieldValue): string | null => (isBlank(value) ? null : String(value));

/** Company 0 is the MSP itself, so an id is never tested by truth; and what is no number would be sent as null, which empties. */
function idOrNull(field: string, value: FieldValue): number | null {
  if (isBlank(value)) return null;
  const id = Number(value);
  if (!Number.isSafeInteger(id)) throw rejected(field, `"${String(value)}" is no id of Autotask's; they are numbers.`);
  return id;
}

const numberIn = (option: unknown): number | undefined =>
  option === undefined || option === '' ? undefined : Number(option);
