/** What of Halo may be written from here, and why the rest may not. */
import type { Writes } from '../../src/connector/contract.ts';

/** Fields whose values are names from these lists. */
export const ticketLists = {
  status: 'statuses',
  priority: 'priorities',
  typeName: 'ticketTypes',
  queueName: 'teams',
} as const;

const changeable = [
  'title',
  'status',
  'priority',
  'typeName',
  'queueName',
  'categoryName',
  'companyExternalId',
  'contactExternalId',
  'assigneeExternalId',
];

export const ticketWrites: Writes = {
  create: { fields: [...changeable, 'description'], required: ['title', 'companyExternalId'] },
  update: { fields: changeable },
  notes: true,
  readOnly: {
    description: 'Halo rewrites the first entry of the ticket when its description changes. Add a note instead.',
    isClosed: 'It follows the status.',
    closedAt: 'Halo sets it when the ticket is closed.',
    contactName: 'It follows the contact.',
    contactEmail: 'It follows the contact.',
    companyName: 'It follows the company.',
    assignedTo: 'It follows the assignee.',
  },
};

export const agentWrites: Writes = {
  optIn: 'writeTechnicians',
  update: { fields: ['fullName', 'title'] },
  readOnly: {
    email: 'The agent signs in with it; change it in Halo.',
    status: 'Enabling and disabling agents affects licences and assigned tickets; do it in Halo.',
  },
};
