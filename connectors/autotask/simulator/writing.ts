/**
 * Creating and changing tickets, their notes and resources. Other entities are written by the vendor's API as well,
 * but nothing here needs it. POST creates, PATCH changes what is sent, PUT empties what is not sent.
 */
import { type Answer, jsonBody, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { noPermission, refuse } from './answers.ts';
import { type Entity, entityNamed } from './entities.ts';
import { apiResource, systemResource } from './fixed-ids.ts';
import type { Instance } from './instance.ts';
import { type Mode, rewritten, type Values, validated, withUserDefined } from './posted.ts';
import type { AutotaskContext } from './reading.ts';
import { base } from './reading.ts';
import type { Row, Value } from './rows.ts';
import { checkTicket, closeOrReopen, filledByCategory, refuseMove } from './ticket-rules.ts';
import { stamp } from './times.ts';

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
      const values = validated(context.instance, entity, jsonBody(request), mode);
      return handle(request, context.faults.isOn('rewrites-text') ? rewritten(values) : values);
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
  if (faults.isOn('no-resource-admin') && name === 'Resources') throw refuse(permissionText);
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

function createTicket({ instance, faults }: AutotaskContext, values: Values, by: number): Answer {
  const filled = filledByCategory(values, instance.clock.now(), faults);
  checkTicket(instance, filled);
  const now = instance.clock.now();
  const id = instance.nextId('Tickets');
  const ticket: Row = {
    ...empty(tickets),
    ...filled,
    id,
    ticketNumber: instance.ticketNumber(now),
    createDate: stamp(now),
    creatorResourceID: by,
    creatorType: 1,
    lastActivityResourceID: by,
    userDefinedFields: withUserDefined([{ name: 'Portal reference', value: null }], values.userDefinedFields),
  };
  instance.touch('Tickets', ticket, true);
  closeOrReopen(instance, ticket, null, by);
  instance.table('Tickets').set(id, ticket);
  if (faults.isOn('workflow-rule')) actAsRule(instance, ticket);
  return { status: 200, body: { itemId: id }, created: 1 };
}

/** As an operator's workflow rule does at once with every new ticket. */
function actAsRule(instance: Instance, ticket: Row): void {
  ticket.status = 8;
  const id = instance.nextId('TicketNotes');
  const now = stamp(instance.clock.now());
  instance.table('TicketNotes').set(id, {
    ...empty(notes),
    id,
    ticketID: ticket.id,
    title: 'Workflow rule',
    description: 'Set to In Progress.',
    // An ordinary type, not the rules' own: rules write with both.
    noteType: 3,
    publish: 2,
    createDateTime: now,
    lastActivityDate: now,
    creatorResourceID: systemResource,
  });
  ticket.lastActivityResourceID = systemResource;
}

function changeTicket({ instance, faults }: AutotaskContext, values: Values, mode: Mode, by: number): Answer {
  const ticket = existing(instance, 'Tickets', values.id);
  const before = ticket.status ?? null;
  const cleared = mode === 'put' ? writable(tickets) : {};
  const userDefinedFields = withUserDefined(ticket.userDefinedFields ?? null, values.userDefinedFields);
  const changed = { ...ticket, ...cleared, ...values, userDefinedFields };
  if (faults.isOn('time-posted')) refuseMove(ticket, changed);
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
