/** A ticket of the shared world as Autotask has it. Pure. */
import type { WorldTicket } from '../../../src/simulator/world.ts';
import { apiResource, ownCompany } from './fixed-ids.ts';
import { completeStatus, newStatus } from './picklists.ts';
import { defaultRole, picked, type Row } from './rows.ts';
import { stamp } from './times.ts';

const statusOf = { new: newStatus, 'in progress': 8, waiting: 7, reopened: 16, closed: completeStatus } as const;
const typeOf = { request: 1, incident: 2, problem: 3, change: 4 } as const;
const priorityOf = { critical: 4, high: 1, medium: 2, low: 3 } as const;
const queues = [29_683_354, 29_683_378] as const;
const oldQueue = 29_682_969;
const day = 86_400_000;

/** @param now for a ticket created now: it is new, whatever became of it in the world */
export function ticketRow(
  id: number,
  origin: WorldTicket,
  around: {
    readonly ticketNumber: string;
    readonly contact: Row | undefined;
    readonly assigned: number | undefined;
    readonly creator: number;
  },
  now?: number,
): Row {
  const { number } = origin;
  const { ticketNumber, contact, assigned, creator } = around;
  const created = now ?? origin.createdAt;
  const modified = now ?? origin.modifiedAt;
  const isClosed = origin.status === 'closed' && now === undefined;
  // The MSP's own work, for nobody in particular.
  const internal = number % 53 === 17 || contact === undefined;
  const closed = isClosed && origin.closedAt !== null ? stamp(origin.closedAt) : null;
  return {
    id,
    ticketNumber,
    title: origin.title,
    description: origin.description,
    companyID: internal ? ownCompany : (contact.companyID ?? ownCompany),
    companyLocationID: null,
    contactID: internal ? null : contact.id,
    assignedResourceID: assigned ?? null,
    assignedResourceRoleID: assigned === undefined ? null : defaultRole,
    status: now === undefined ? statusOf[origin.status] : newStatus,
    priority: priorityOf[origin.priority],
    // Assigned tickets need no queue; an old one is in a queue that is not active any more.
    queueID: assigned !== undefined && number % 71 === 9 ? null : number % 97 === 5 ? oldQueue : queues[origin.team],
    ticketCategory: 3,
    ticketType: typeOf[origin.type],
    issueType: picked('issueType', origin.category),
    subIssueType: picked('subIssueType', origin.subcategory),
    source: number % 3 === 0 ? 2 : 4,
    billingCodeID: 29_683_502,
    externalID: '',
    createDate: stamp(created),
    creatorResourceID: creator,
    creatorType: 1,
    createdByContactID: null,
    dueDateTime: stamp(created + day),
    completedDate: closed,
    completedByResourceID: closed === null ? null : (assigned ?? null),
    resolvedDateTime: closed,
    resolution: closed === null ? '' : 'Solved and confirmed.',
    lastActivityDate: stamp(modified),
    lastActivityPersonType: 1,
    lastActivityResourceID: assigned ?? apiResource,
    // Narrower than the activity: in many tickets it never moved after the creation.
    lastTrackedModificationDateTime: stamp(number % 2 === 0 ? created : modified),
    userDefinedFields: [{ name: 'Portal reference', value: null }],
  };
}
