/** What of Autotask may be written from here, why the rest may not, and what operators choose about it. */
import { z } from 'zod';
import type { OptionField, Writes } from '../../src/connector/manifest.ts';
import { decidedByOthers } from '../../src/connector/psa/ticket-fields.ts';

/** Fields whose values are names from these lists. */
export const ticketLists = {
  status: 'statuses',
  priority: 'priorities',
  queueName: 'queues',
  typeName: 'ticketTypes',
  categoryName: 'ticketCategories',
  issueTypeName: 'issueTypes',
} as const;

const changeable = [
  'title',
  'status',
  'priority',
  'queueName',
  'typeName',
  'categoryName',
  'companyExternalId',
  'contactExternalId',
  'assigneeExternalId',
];

export const ticketWrites: Writes = {
  create: { fields: [...changeable, 'description', 'issueTypeName'], required: ['title', 'companyExternalId'] },
  update: { fields: changeable },
  notes: true,
  readOnly: {
    ...decidedByOthers,
    description:
      "Autotask's API has only its plain text: writing it would destroy formatting and pictures. Add a note instead.",
    issueTypeName: 'Its sub-issue type would no longer belong to it; change both in Autotask.',
    ticketNumber: 'Autotask numbers its tickets.',
    isClosed: 'It follows the status: a ticket is closed when it is Complete.',
    closedAt: 'Autotask sets it when the ticket is completed.',
  },
};

/** Its API can neither create nor delete a resource. */
export const resourceWrites: Writes = {
  optIn: 'writeTechnicians',
  update: { fields: ['fullName', 'title'] },
  readOnly: {
    email: 'Autotask asks the person to confirm a changed address; change it in Autotask.',
    status: 'Deactivating somebody affects licences and assigned tickets; do it in Autotask.',
  },
};

export const noteEntity = 'TicketNotes';

export const writingOptions: readonly OptionField[] = [
  {
    kind: 'choice',
    key: 'newTicketQueue',
    label: 'Queue of new tickets',
    help: 'For tickets made from here without a queue. Autotask needs a queue, or an assignee.',
    fallback: '',
    choices: 'vendor',
  },
  {
    kind: 'choice',
    key: 'newTicketSource',
    label: 'Source of new tickets',
    help: 'Given to tickets made from here. Some ticket categories demand one.',
    fallback: '',
    choices: 'vendor',
  },
  {
    kind: 'integer',
    key: 'newTicketDueHours',
    label: 'New tickets are due after',
    help: 'Some ticket categories demand a due date. 0 gives none.',
    fallback: 0,
    min: 0,
    max: 8760,
    unit: 'hours',
  },
  {
    kind: 'choice',
    key: 'noteType',
    label: 'Type of notes',
    help: 'Given to notes that are written from here.',
    fallback: '',
    choices: 'vendor',
  },
  {
    kind: 'text',
    key: 'markerField',
    label: 'Field for our mark',
    help: 'The user-defined ticket field that holds our mark, by which a ticket is never made twice. Empty: External ID. For tenants where another integration uses that one.',
    fallback: '',
    schema: z.string().trim().max(50, 'A field name has at most 50 characters'),
  },
  {
    kind: 'boolean',
    key: 'writeTechnicians',
    label: 'Change technicians',
    help: 'Lets the name and title of resources be changed from here. The API user then needs admin access to Resources/Users (HR).',
    fallback: false,
  },
];
