/** What of ConnectWise may be written from here, and why the rest may not. */
import type { Writes } from '../../src/connector/manifest.ts';
import { decidedByOthers } from '../../src/connector/psa/ticket-fields.ts';

/** Fields whose values are names from these lists. */
export const ticketLists = {
  status: 'statuses',
  priority: 'priorities',
  boardName: 'boards',
  typeName: 'ticketTypes',
  categoryName: 'subTypes',
};

/** By the names that ConnectWise has for them. */
export const ticketFields: Readonly<Record<string, string>> = {
  summary: 'title',
  board: 'boardName',
  status: 'status',
  priority: 'priority',
  type: 'typeName',
  subType: 'categoryName',
  company: 'companyExternalId',
  contact: 'contactExternalId',
  owner: 'assigneeExternalId',
};

const changeable = Object.values(ticketFields);

export const ticketWrites: Writes = {
  // Without a board ConnectWise takes one of its own choice.
  create: { fields: [...changeable, 'description'], required: ['title', 'companyExternalId', 'boardName'] },
  update: { fields: changeable },
  notes: true,
  readOnly: {
    ...decidedByOthers,
    ticketNumber: 'ConnectWise numbers tickets itself.',
    description: 'ConnectWise keeps it as the first note of the ticket. Add a note instead.',
    closedAt: 'ConnectWise sets it when the ticket is closed.',
    queueName: 'ConnectWise has boards in place of queues.',
    issueTypeName: 'Which items there are depends on type and subtype; choose it in ConnectWise.',
    hoursBudgeted: 'It is planned in ConnectWise.',
    hoursActual: 'It is the sum of the time entries.',
  },
};

export const memberWrites: Writes = {
  optIn: 'writeTechnicians',
  update: { fields: ['fullName', 'title', 'email'] },
  readOnly: {
    status: 'Deactivating a member asks who takes over its work; do it in ConnectWise.',
    lastLogin: 'ConnectWise sets it.',
  },
};
