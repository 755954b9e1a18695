/** A ticket of the shared world as Halo has it. Pure. */
import type { WorldTicket } from '../../../src/simulator/world.ts';
import { closedStatus, reopenedStatus, ticketTypes } from './lookups.ts';
import { apiAgent, type Ticket, type User, unassigned, unknownId } from './model.ts';

const stateOf = { new: 1, 'in progress': 2, waiting: 3, reopened: reopenedStatus, closed: closedStatus } as const;
const typeOf = { incident: 1, request: 3, problem: 4, change: 21 } as const;
const levelOf = { critical: 1, high: 2, medium: 3, low: 4 } as const;

/** @param now for a ticket created now: it is new, whatever became of it in the world */
export function ticketFrom(
  origin: WorldTicket,
  { id, changeSeq, user }: { readonly id: number; readonly changeSeq: number; readonly user: User | undefined },
  now?: number,
): Ticket {
  const type = typeOf[origin.type];
  const kind = ticketTypes.find((each) => each.id === type);
  // Mail from a stranger: Halo books it on the Unknown client.
  const stranger = origin.number % 53 === 17 || !user;
  const created = now ?? origin.createdAt;
  const modified = now ?? origin.modifiedAt;
  const isClosed = origin.status === 'closed' && now === undefined;
  return {
    id,
    use: 'ticket',
    summary: origin.title,
    details: origin.description,
    html: null,
    status: now === undefined ? stateOf[origin.status] : 1,
    type,
    priority: levelOf[origin.priority],
    client: stranger ? unknownId : user.client,
    site: stranger ? unknownId : user.site,
    user: stranger ? unknownId : user.id,
    agent: origin.technician === null ? unassigned : apiAgent + 1 + origin.technician,
    team: origin.team === 1 ? 'Field Engineering' : (kind?.team ?? 'Service Desk'),
    category: `${origin.category}>${origin.subcategory}`,
    created,
    modified,
    lastAction: modified,
    closed: isClosed ? origin.closedAt : null,
    wasClosed: isClosed || origin.status === 'reopened',
    mergedInto: 0,
    deleted: false,
    clientReference: '',
    reportedBy: stranger ? `someone${origin.number}@stranger.example` : user.email,
    customFields: [],
    changeSeq,
    actions: null,
    origin,
  };
}
