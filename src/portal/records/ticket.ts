import { z } from 'zod';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** MSPortal's published ticket, and beside it `closedAt` and the vendor's ids of company, contact and assignee. */
export const ticketSchema = z.object({
  ...ownFields,
  ticketNumber: text(),
  title: text(),
  description: text(),
  companyId: text(),
  companyName: text(),
  contactName: text(),
  contactEmail: text(),
  status: text(),
  isClosed: flag(),
  priority: text(),
  assignedTo: text(),
  boardName: text(),
  queueName: text(),
  typeName: text(),
  categoryName: text(),
  issueTypeName: text(),
  hoursBudgeted: amount(),
  hoursActual: amount(),
  createdAt: time(),
  updatedAt: time(),
  source: text(),
  closedAt: time(),
  companyExternalId: text(),
  contactExternalId: text(),
  assigneeExternalId: text(),
});
// `daysOpen` of the published record follows from createdAt, closedAt and today: worked out when shown, never stored.

export const ticketSource = ticketSchema
  .omit({ id: true, provider: true, externalId: true, companyId: true, companyName: true })
  .partial();

export const tickets = {
  type: 'tickets',
  singular: 'ticket',
  label: 'Tickets',
  schema: ticketSchema,
  source: ticketSource,
  columns: {
    ticketNumber: { label: 'Number', index: true, numeric: true, priority: 1, width: 14 },
    title: { label: 'Title', priority: 2, width: 30 },
    companyName: { label: 'Company', index: true, priority: 3, width: 22 },
    status: { label: 'Status', index: true, priority: 4, width: 14 },
    isClosed: { label: 'Closed', index: true, priority: 10, width: 6 },
    priority: { label: 'Priority', priority: 5, width: 10 },
    assignedTo: { label: 'Assigned to', priority: 6, width: 16 },
    boardName: { label: 'Board', priority: 9, width: 14 },
    queueName: { label: 'Queue', priority: 9, width: 14 },
    typeName: { label: 'Type', priority: 8, width: 12 },
    categoryName: { label: 'Category' },
    issueTypeName: { label: 'Issue type' },
    contactName: { label: 'Contact' },
    contactEmail: { label: 'Contact e-mail' },
    updatedAt: { label: 'Updated', index: true, priority: 7, width: 12 },
    createdAt: { label: 'Created', index: true, priority: 11, width: 12 },
    provider: { label: 'Integration', priority: 12, width: 18 },
  },
  references: [
    {
      from: 'companyExternalId',
      to: 'companies',
      into: 'companyId',
      missing: 'hold',
      copy: { companyName: 'name' },
    },
    {
      from: 'contactExternalId',
      to: 'contacts',
      missing: 'ignore',
      fill: { contactName: 'fullName', contactEmail: 'email' },
    },
    { from: 'assigneeExternalId', to: 'users', missing: 'ignore', fill: { assignedTo: 'fullName' } },
  ],
  title: ['ticketNumber', 'title'],
  newest: 'updatedAt',
} satisfies RecordTypeDefinition;
