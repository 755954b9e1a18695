/** What of Syncro may be written from here, and why the rest may not. */
import type { OptionField, Writes } from '../../src/connector/manifest.ts';
import { decidedByOthers } from '../../src/connector/psa/ticket-fields.ts';

/** Fields whose values are names from these lists. */
export const ticketLists = {
  status: 'statuses',
  priority: 'priorities',
  typeName: 'ticketTypes',
  categoryName: 'problemTypes',
} as const;

const changeable = [
  'title',
  'status',
  'priority',
  'typeName',
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
    description:
      'It is the first comment of the ticket, and Syncro changes no comment once written. Add a note instead.',
    ticketNumber: 'Syncro numbers its tickets.',
    closedAt: 'Syncro sets it when the ticket is resolved.',
    boardName: 'Syncro has no boards.',
    queueName: 'Syncro has no queues.',
  },
};

const usersAreRead = "Syncro's API reads users only; change it in Syncro.";

/** Nothing: there is no path to write a user, on any account. */
export const technicianWrites: Writes = {
  update: { fields: [] },
  readOnly: { fullName: usersAreRead, email: usersAreRead, title: usersAreRead, status: usersAreRead },
};

export const writingOptions: readonly OptionField[] = [
  {
    kind: 'boolean',
    key: 'emailClients',
    label: 'E-mail clients',
    help: 'Lets Syncro e-mail the client about tickets made here with a description, and about notes that are not private.',
    fallback: false,
  },
];
