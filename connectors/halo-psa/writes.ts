/** What of Halo may be written from here, and why the rest may not. */
import type { Writes } from '../../src/connector/manifest.ts';
import { decidedByOthers } from '../../src/connector/psa/ticket-fields.ts';

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
    ...decidedByOthers,
    description: 'Halo rewrites the first entry of the ticket when its description changes. Add a note instead.',
    closedAt: 'Halo sets it when the ticket is closed.',
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
