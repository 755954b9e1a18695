/**
 * Creating and changing tickets, their notes and resources. Other entities are written by the vendor's API as well,
 * but nothing here needs it. POST creates, PATCH changes what is sent, PUT empties what is not sent.
 */
import { type Answer, jsonBody, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { noPermission, refuse } from './answers.ts';
import { type Entity, entityNamed, type Field } from './entities.ts';
import { fieldNamed } from './filter.ts';
import { apiResource, type Instance } from './instance.ts';
import { picklists } from './picklists.ts';
import type { AutotaskContext } from './reading.ts';
import { base } from './reading.ts';
import type { Row, Value } from './rows.ts';
import { checkTicket, closeOrReopen } from './ticket-rules.ts';
import { stamp, timeOf } from './times.ts';

type Values = Record<string, Value>;
type Mode = 'create' | 'patch' | 'put';

const tickets = entityNamed('Tickets');
const notes = entityNamed('TicketNotes');
const resources = entityNamed('Resources');

export function writingRoutes(context: AutotaskContext): Route[] {
  const write = (
    method: 'POST' | 'PATCH' | 'PUT',
    path: string,
    entity: Entity,
    handle: (request: SimulatorRequest, values: Values) => Answer,
  ): Route => ({
    method,
    path: `${base}${path}`,
    kind: 'write',
    query: [],
    body: [...entity.fields.map(({ name }) => name), 'userDefinedFields'],
    handle: (request) => {
      refuseWriter(context, request, entity);
      const mode = method === 'POST' ? 'create' : method === 'PATCH' ? 'patch' : 'put';
      return handle(request, validated(context.instance, entity, jsonBody(request), mode));
    },
  });
  const change = (mode: 'patch' | 'put') => (request: SimulatorRequest, values: Values) =>
    changeTicket(context, values, mode, writer(context, request));
  return [
    write('POST', '/Tickets', tickets, (request, values) => createTicket(context, values, writer(context, request))),
    write('PATCH', '/Tickets', tickets, change('patch')),
    write('PUT', '/Tickets', tickets, change('put')),
    write('POST', '/Tickets/{id}/Notes', notes, (request, values) => createNote(context, request, values)),
    write('PATCH', '/Tickets/{id}/Notes', notes, (request, values) => changeNote(context, request, values)),
    write('PATCH', '/Resources', resources, (_, values) => changeResource(context, values)),
  ];
}

function refuseWriter({ faults }: AutotaskContext, { headers }: SimulatorRequest, { name }: Entity): void {
  if (faults.isOn('no-write-permission')) throw refuse(permissionText);
  if (faults.isOn('service-desk-inactive') && name.startsWith('Ticket')) throw refuse(permissionText, 403);
  if (faults.isOn('impersonation-refused') && headers.impersonationresourceid !== undefined) {
    throw refuse('The logged in Resource does not have the adequate permissions to impersonate.', 403);
  }
}
const permissionText = (noPermission().body as { errors: string[] }).errors[0] ?? '';

/** Who a write is told to be by. */
function writer({ instance }: AutotaskContext, { headers }: SimulatorRequest): number {
  const asked = Number(headers.impersonationresourceid ?? apiResource);
  if (!instance.table('Resources').has(asked)) throw refuse('The impersonated resource does not exist.');
  return asked;
}

function createTicket({ instance }: AutotaskContext, values: Values, by: number): Answer {
  checkTicket(instance, values);
  const now = instance.clock.now();
  const id = instance.nextId('Tickets');
  const ticket: Row = {
    ...empty(tickets),
    ticketCategory: 3,
    ...values,
    id,
    ticketNumber: instance.ticketNumber(now),
    createDate: stamp(now),
    creatorResourceID: by,
    creatorType: 1,
    lastActivityResourceID: by,
    userDefinedFields: values.userDefinedFields ?? [],
  };
  instance.touch('Tickets', ticket, true);
  closeOrReopen(instance, ticket, null, by);
  instance.table('Tickets').set(id, ticket);
  return { status: 200, body: { itemId: id }, created: 1 };
}

function changeTicket({ instance, faults }: AutotaskContext, values: Values, mode: Mode, by: number): Answer {
  const ticket = existing(instance, 'Tickets', values.id);
  const before = ticket.status ?? null;
  const cleared = mode === 'put' ? writable(tickets) : {};
  const changed = { ...ticket, ...cleared, ...values };
  checkTicket(instance, changed);
  Object.assign(ticket, changed, { lastActivityResourceID: by });
  instance.touch('Tickets', ticket, !faults.isOn('stuck-tracked-stamp'));
  closeOrReopen(instance, ticket, before, by);
  return { status: 200, body: { itemId: ticket.id } };
}

function createNote(context: AutotaskContext, request: SimulatorRequest, values: Values): Answer {
  const { instance } = context;
  const ticket = existing(instance, 'Tickets', Number(request.params.id));
  const now = stamp(instance.clock.now());
  const table = instance.table('TicketNotes');
  const id = instance.nextId('TicketNotes');
  const by = writer(context, request);
  table.set(id, {
    ...empty(notes),
    ...values,
    id,
    ticketID: ticket.id,
    createDateTime: now,
    lastActivityDate: now,
    creatorResourceID: by,
  });
  // A note is activity of its ticket, but no edit of it.
  instance.touch('Tickets', ticket, false);
  ticket.lastActivityResourceID = by;
  return { status: 200, body: { itemId: id }, created: 1 };
}

function changeNote({ instance }: AutotaskContext, request: SimulatorRequest, values: Values): Answer {
  const note = existing(instance, 'TicketNotes', values.id);
  if (note.ticketID !== Number(request.params.id)) throw refuse('The note does not belong to this ticket.');
  Object.assign(note, values, { lastActivityDate: stamp(instance.clock.now()) });
  return { status: 200, body: { itemId: note.id } };
}

function changeResource({ instance }: AutotaskContext, values: Values): Answer {
  const resource = existing(instance, 'Resources', values.id);
  Object.assign(resource, values);
  return { status: 200, body: { itemId: resource.id } };
}

function existing(instance: Instance, entity: string, id: Value | undefined): Row {
  const row = instance.table(entity).get(Number(id));
  if (id === undefined || row === undefined) throw refuse(`No matching ${entity} record was found.`);
  return row;
}

const empty = (entity: Entity): Values => Object.fromEntries(entity.fields.map(({ name }) => [name, null]));
const writable = (entity: Entity): Values =>
  Object.fromEntries(entity.fields.filter(({ readOnly }) => !readOnly).map(({ name }) => [name, null]));

/** The posted fields under their own names. @throws Refusal in the vendor's words */
function validated(instance: Instance, entity: Entity, body: unknown, mode: Mode): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refuse('The request body must be one object.');
  const values: Values = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.toLowerCase() === 'userdefinedfields') {
      values.userDefinedFields = value as Value;
      continue;
    }
    const field = fieldNamed(entity, name);
    if (field.name === 'id' && mode === 'create') continue;
    if (mode === 'create' && value === null) throw refuse('Object reference not set to an instance of an object.');
    if (field.readOnly && field.name !== 'id') throw refuse(`The field ${field.name} is read-only.`);
    values[field.name] = acceptable(instance, entity, field, value);
  }
  const lacking = entity.fields.find(
    ({ name, required, readOnly }) =>
      required &&
      !readOnly &&
      name !== 'ticketID' &&
      (values[name] ?? null) === null &&
      (mode !== 'patch' || name in values),
  );
  if (lacking !== undefined) throw refuse(`Missing Required Field: ${lacking.name}`);
  return values;
}

function acceptable(instance: Instance, entity: Entity, field: Field, value: unknown): Value {
  if (value === null) return null;
  const fits =
    field.type === 'boolean'
      ? typeof value === 'boolean'
      : field.type === 'integer' || field.type === 'double'
        ? typeof value === 'number'
        : typeof value === 'string';
  if (!fits) {
    const start = String(value).slice(0, 1);
    throw refuse(`Unexpected character encountered while parsing value: ${start}. Path '${field.name}'.`);
  }
  if (field.type === 'string' && field.length > 0 && String(value).length > field.length) {
    throw refuse(`The value of ${field.name} is longer than ${field.length} characters.`);
  }
  if (field.type === 'datetime' && timeOf(String(value)) === null) throw refuse(`${field.name} is not a date.`);
  if (field.picklist) {
    const known = picklists[entity.name]?.[field.name]?.find((each) => each.value === String(value));
    if (!known?.isActive) throw refuse(`Picklist value [${String(value)}] does not exist for ${field.name}.`);
  }
  if (field.reference !== null && !refersToActive(instance, field.reference, Number(value))) {
    const type = field.reference.replace(/ies$/, 'y').replace(/s$/, '');
    throw refuse(`Reference value on field: ${field.name} of type: ${type} does not exist or is invalid.`);
  }
  return value as Value;
}

function refersToActive(instance: Instance, entity: string, id: number): boolean {
  const row = instance.table(entity).get(id);
  // A company may be inactive and still have work done for it.
  return row !== undefined && (entity === 'Companies' || (row.isActive !== false && row.isActive !== 0));
}
