/** A ticket of the shared world, and its notes, as ConnectWise has them. Pure, but for the ids that notes draw. */
import type { WorldNote, WorldTicket } from '../../../src/simulator/world.ts';
import { statusOf, subTypeOf, typeOf } from './lookups.ts';
import type { Contact, Note, Ticket } from './model.ts';

const statusNames = {
  new: 'New',
  'in progress': 'In Progress',
  waiting: 'Waiting Client',
  reopened: 'Re-opened',
  closed: '>Closed',
} as const;
const typeNames = { incident: 'Incident', request: 'Service Request', problem: 'Problem', change: 'Change' } as const;
const priorityOf = { critical: 6, high: 7, medium: 8, low: 9 } as const;
/** @param now for a ticket created now: it is new, whatever became of it in the world */
export function ticketFrom(
  origin: WorldTicket,
  id: number,
  around: {
    readonly contact: Contact | undefined;
    readonly owner: number | null;
    readonly updatedBy: string;
    readonly ownCompany: number;
  },
  now?: number,
): Ticket {
  const { contact, owner, updatedBy, ownCompany } = around;
  // Mail from a stranger: booked on the own organisation, with no contact but what the message said.
  const stranger = origin.number % 53 === 17 || contact?.company == null;
  const board = origin.type === 'change' ? 3 : origin.team === 1 ? 2 : 1;
  const isClosed = origin.status === 'closed' && now === undefined;
  // Done, but in a status that is not flagged as closed.
  const completed = isClosed && origin.number % 41 === 5;
  const closed = isClosed && !completed;
  const name = now !== undefined ? 'New' : completed ? 'Completed' : statusNames[origin.status];
  return {
    id,
    summary: origin.title,
    board,
    status: statusOf(board, name),
    company: stranger ? ownCompany : (contact.company ?? ownCompany),
    contact: stranger ? null : contact.id,
    contactName: stranger ? `Someone ${origin.number}` : [contact.firstName, contact.lastName].join(' '),
    contactEmail: stranger ? `someone${origin.number}@stranger.example` : contact.email,
    // Some were owned by members who no longer exist.
    owner: origin.number % 83 === 9 ? 9 : owner,
    priority: priorityOf[origin.priority],
    type: typeOf(board, typeNames[origin.type]),
    subType: subTypeOf(board, origin.category),
    team: (origin.team === 1 ? 30 : 20) + board,
    source: 2,
    severity: 'Medium',
    impact: 'Medium',
    closed: closed ? origin.closedAt : null,
    closedBy: closed ? 'tech0' : null,
    mergedInto: null,
    externalXRef: null,
    customFields: [{ id: 5, caption: 'Region', type: 'Text', value: origin.number % 2 === 0 ? 'West' : 'East' }],
    created: now ?? origin.createdAt,
    modified: now ?? origin.modifiedAt,
    updatedBy,
    notes: null,
    origin,
  };
}

/** The description is the first note; the others follow it. */
export function notesFrom(
  origin: WorldTicket,
  others: readonly WorldNote[],
  around: {
    readonly created: number;
    readonly memberOf: (technician: number) => number | null;
    readonly nextId: () => number;
  },
): Note[] {
  const note = (text: string, isPrivate: boolean, technician: number | null, at: number, isFirst = false): Note => ({
    id: around.nextId(),
    text,
    detailDescriptionFlag: isFirst || !isPrivate,
    internalAnalysisFlag: isPrivate,
    resolutionFlag: false,
    member: technician === null ? null : around.memberOf(technician),
    created: at,
  });
  const first = note(origin.description, false, null, around.created, true);
  return [first, ...others.map((each) => note(each.text, each.isPrivate, each.technician, each.at))];
}
