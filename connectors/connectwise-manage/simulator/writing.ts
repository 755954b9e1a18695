/** The writing paths: tickets, their notes, profiles of members. PATCH is an array of operations in a dialect of its own. */
import type { Answer, Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Context, found, type Right } from './context.ts';
import { apiMember } from './instance.ts';
import { boards, type OfBoard, priorities, sources, statusOf, subTypes, teams, types } from './lookups.ts';
import type { CustomField, Member, Note, Ticket } from './model.ts';
import { idIn, invalid, limited, missing, type Operation, operations, type Posted, posted } from './posted.ts';
import { root, viewOf } from './reading.ts';
import { memberRow, nameOf, noteRow, ticketRow } from './rows.ts';
import { memberSchema, ticketSchema } from './schema.ts';

const ticketFields =
  'summary recordType board company contact contactName contactEmailAddress contactEmailLookup status priority type subType item team owner source severity impact initialDescription initialInternalAnalysis initialResolution externalXRef poNumber processNotifications skipCallback customFields site'.split(
    ' ',
  );
const noteFields =
  'text detailDescriptionFlag internalAnalysisFlag resolutionFlag processNotifications member contact customerUpdatedFlag'.split(
    ' ',
  );
const operationFields = ['op', 'path', 'value'];

export function writingRoutes(context: Context): Route[] {
  const { instance } = context;
  const write = (
    method: 'POST' | 'PATCH',
    path: string,
    right: Right,
    body: readonly string[],
    handle: (request: SimulatorRequest) => Answer,
  ): Route => ({
    method,
    path: `${root}/${path}`,
    kind: 'write',
    query: [],
    body,
    handle: (request) => {
      if (!/json/i.test(request.headers['content-type'] ?? '')) return { status: 415 };
      context.permit(right);
      context.permit('write');
      return handle(request);
    },
  });
  const ticketOf = (request: SimulatorRequest) => found(instance.tickets.get(Number(request.params.id)));
  return [
    write('POST', 'service/tickets', 'tickets', ticketFields, (request) => {
      const ticket = createTicket(context, posted(request));
      const row = ticketRow(ticket, viewOf(context, request));
      const location = `${request.urls.main}${request.path}/${ticket.id}`;
      return { status: 201, headers: { location }, body: row, created: 1 };
    }),
    write('PATCH', 'service/tickets/{id}', 'tickets', operationFields, (request) => {
      const ticket = ticketOf(request);
      patchTicket(context, ticket, operations(request));
      return { status: 200, body: ticketRow(ticket, viewOf(context, request)) };
    }),
    write('POST', 'service/tickets/{id}/notes', 'tickets', noteFields, (request) => {
      const ticket = ticketOf(request);
      const note = createNote(context, ticket, posted(request));
      return { status: 201, body: noteRow(note, ticket, viewOf(context, request)), created: 1 };
    }),
    write('PATCH', 'system/members/{id}', 'members', operationFields, (request) => {
      const member = found(instance.members.get(Number(request.params.id)));
      patchMember(context, member, operations(request));
      return { status: 200, body: memberRow(member, viewOf(context, request)) };
    }),
  ];
}

/** What one property does to a ticket; null clears it. Later ones see what earlier ones did. */
function setTicket(context: Context, ticket: Ticket, field: string, value: unknown): void {
  const { instance } = context;
  const onBoard = (rows: readonly OfBoard[]) => rows.filter(({ board }) => board === ticket.board);
  const optional = (rows: Parameters<typeof idIn>[0], what: string) =>
    value === null ? null : idIn(rows, field, value, what);
  switch (field) {
    case 'summary':
      ticket.summary = context.stored(limited(field, value, 100) ?? '');
      if (ticket.summary === '') throw missing('summary');
      return;
    case 'externalXRef':
      ticket.externalXRef = limited(field, value, 100);
      return;
    case 'contactName':
      ticket.contactName = limited(field, value, 62);
      return;
    case 'contactEmailAddress':
      ticket.contactEmail = limited(field, value, 250);
      return;
    case 'company':
      ticket.company = idIn(instance.companies.values(), field, value, 'Company');
      return;
    case 'board':
      ticket.board = idIn(boards, field, value, 'Service Board');
      return;
    case 'status':
      ticket.status = idIn(
        instance.statuses.all.filter(({ board }) => board === ticket.board),
        field,
        value,
        `Service Board ${ticket.board}: Service Status`,
      );
      setClosed(context, ticket);
      return;
    case 'priority':
      ticket.priority = idIn(priorities, field, value, 'Priority');
      return;
    case 'contact': {
      ticket.contact = optional(instance.contacts.values(), 'Contact');
      const contact = instance.contacts.get(ticket.contact ?? 0);
      Object.assign(ticket, { contactName: contact ? nameOf(contact) : null, contactEmail: contact?.email ?? null });
      return;
    }
    case 'owner':
      ticket.owner = optional(instance.members.values(), 'Member');
      if (context.faults.isOn('workflow-rules') && ticket.owner !== null) {
        ticket.status = statusOf(ticket.board, 'In Progress');
      }
      return;
    case 'type':
      ticket.type = optional(onBoard(types), 'Service Type');
      return;
    case 'subType':
      ticket.subType = optional(onBoard(subTypes), 'Service SubType');
      return;
    case 'team':
      ticket.team = optional(onBoard(teams), 'Team');
      return;
    case 'source':
      ticket.source = optional(sources, 'Source');
      return;
    case 'severity':
    case 'impact':
      ticket[field] = String(value);
      return;
    case 'customFields':
      // The whole list: what is not in it is lost.
      ticket.customFields = Array.isArray(value) ? (value as CustomField[]) : [];
      return;
  }
}

function setClosed(context: Context, ticket: Ticket): void {
  const { instance } = context;
  const closes = instance.statuses.all.find(({ id }) => id === ticket.status)?.closedStatus === true;
  if (closes === (ticket.closed !== null)) return;
  if (closes) context.permit('close');
  Object.assign(ticket, { closed: closes ? instance.clock.now() : null, closedBy: closes ? apiMember : null });
}

/** All is checked on a copy, so that a refused write leaves nothing behind. */
function createTicket(context: Context, body: Posted): Ticket {
  const { instance } = context;
  if (body.summary == null) throw missing('summary');
  if (body.company == null) throw missing('company');
  const now = instance.clock.now();
  const board = body.board === undefined ? 1 : idIn(boards, 'board', body.board, 'Service Board');
  const first = instance.statuses.all.find((status) => status.board === board && status.defaultFlag);
  const ticket: Ticket = {
    id: 0,
    summary: '',
    board,
    status: first?.id ?? 0,
    company: 0,
    contact: null,
    contactName: null,
    contactEmail: null,
    owner: null,
    priority: 8,
    type: null,
    subType: null,
    team: null,
    source: null,
    severity: 'Medium',
    impact: 'Medium',
    closed: null,
    closedBy: null,
    mergedInto: null,
    externalXRef: null,
    customFields: [],
    created: now,
    modified: now,
    updatedBy: apiMember,
    notes: [],
    origin: null,
  };
  for (const [field, value] of Object.entries(body)) if (field !== 'board') setTicket(context, ticket, field, value);
  const stored: Ticket = { ...ticket, id: instance.nextId('ticket') };
  instance.tickets.set(stored.id, stored);
  for (const [field, flags] of Object.entries(initialNotes)) {
    if (typeof body[field] === 'string' && body[field] !== '') addNote(context, stored, body[field], flags);
  }
  return stored;
}

const noFlags = { detailDescriptionFlag: false, internalAnalysisFlag: false, resolutionFlag: false };
/** Taken at creation only, and never answered: they become notes. */
const initialNotes = {
  initialDescription: { ...noFlags, detailDescriptionFlag: true },
  initialInternalAnalysis: { ...noFlags, internalAnalysisFlag: true },
  initialResolution: { ...noFlags, resolutionFlag: true },
};

function patchTicket(context: Context, ticket: Ticket, list: readonly Operation[]): void {
  const next = { ...ticket };
  // A board is moved to before its statuses are looked at.
  const boardFirst = [...list].sort((a, b) => Number(b.path === 'board') - Number(a.path === 'board'));
  for (const { path, value } of boardFirst) {
    // A part of a reference is answered 200, and nothing changes.
    if (path.includes('/')) continue;
    if (ticketSchema[path] === undefined) throw noSuchProperty('ticket', path);
    setTicket(context, next, path, value);
  }
  if (context.faults.isOn('patch-ignored')) return;
  const fits = context.instance.statuses.all.some(({ id, board }) => id === next.status && board === next.board);
  if (!fits) {
    const message = `Service Status ${next.status} not found for Service Board ${next.board}`;
    throw invalid('ticket', { code: 'NotFound', message, field: 'status/id' });
  }
  for (const [field, rows] of [
    ['type', types],
    ['subType', subTypes],
  ] as const) {
    if (next[field] === null || rows.some(({ id, board }) => id === next[field] && board === next.board)) continue;
    const message = `${field} ${next[field]} not found for Service Board ${next.board}`;
    throw invalid('ticket', { code: 'NotFound', message, field: `${field}/id` });
  }
  // Teams are the board's own; a ticket that moves loses its.
  if (next.board !== ticket.board) next.team = null;
  Object.assign(ticket, next, { modified: context.instance.clock.now(), updatedBy: apiMember });
}

function createNote(context: Context, ticket: Ticket, body: Posted): Note {
  if (typeof body.text !== 'string' || body.text === '') throw missing('text');
  const flag = (name: string) => body[name] === true;
  const note = addNote(context, ticket, body.text, {
    detailDescriptionFlag: flag('detailDescriptionFlag'),
    internalAnalysisFlag: flag('internalAnalysisFlag'),
    resolutionFlag: flag('resolutionFlag'),
  });
  Object.assign(ticket, { modified: context.instance.clock.now(), updatedBy: apiMember });
  return note;
}

function addNote(context: Context, ticket: Ticket, text: string, flags: typeof noFlags): Note {
  const { instance, faults } = context;
  const member = [...instance.members.values()].find(({ identifier }) => identifier === apiMember)?.id ?? null;
  const kept = faults.isOn('rewrites-text') ? context.stored(text) : text;
  const note: Note = { id: instance.nextId('note'), text: kept, ...flags, member, created: instance.clock.now() };
  instance.notesOf(ticket).push(note);
  return note;
}

/** Names tell capitals apart. */
const noSuchProperty = (resource: string, path: string) =>
  invalid(resource, { code: 'InvalidProperty', message: `${path} is not a property of ${resource}.`, field: path });

const memberTexts = { firstName: 30, lastName: 30, title: 100 } as const;

function patchMember({ instance, faults }: Context, member: Member, list: readonly Operation[]): void {
  const next = { ...member };
  for (const { path, value } of list) {
    if (memberSchema[path] === undefined) throw noSuchProperty('member', path);
    if (path === 'firstName' && (value === null || value === '')) throw missing('firstName');
    if (path in memberTexts) {
      const field = path as keyof typeof memberTexts;
      Object.assign(next, { [field]: limited(field, value, memberTexts[field]) });
    } else if (path === 'officeEmail' || path === 'primaryEmail') next.email = limited(path, value, 250) ?? '';
  }
  if (faults.isOn('patch-ignored')) return;
  Object.assign(member, next, { modified: instance.clock.now(), updatedBy: apiMember });
}
