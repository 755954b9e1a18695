import { z } from 'zod';
import { flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** Somebody who is trained: a person of a client, and where the e-mail address is a contact's, that contact. */
export const learnerSchema = z.object({
  ...ownFields,
  contactId: text(),
  companyId: text(),
  companyName: text(),
  fullName: text(),
  firstName: text(),
  lastName: text(),
  email: text(),
  username: text(),
  role: text(),
  /** What the training system calls the client. */
  teamName: text(),
  isActive: flag(),
  /** A login that has ended may still hold a licence. */
  expiresAt: time(),
  lastLoginAt: time(),
  updatedAt: time(),
  contactExternalId: text(),
});

export const learnerSource = learnerSchema
  .omit({ id: true, provider: true, externalId: true, contactId: true, companyId: true, companyName: true })
  .partial();

export const learners = {
  type: 'learners',
  singular: 'learner',
  label: 'Learners',
  schema: learnerSchema,
  source: learnerSource,
  columns: {
    fullName: { label: 'Name', index: true, priority: 1, width: 24 },
    companyName: { label: 'Company', index: true, priority: 2, width: 24 },
    email: { label: 'E-mail', index: true, priority: 3, width: 28 },
    teamName: { label: 'Team', index: true, priority: 4, width: 20 },
    isActive: { label: 'Active', index: true, priority: 5, width: 6 },
    role: { label: 'Role', priority: 6, width: 14 },
    lastLoginAt: { label: 'Last login', priority: 7, width: 12 },
  },
  references: [
    {
      from: 'contactExternalId',
      to: 'contacts',
      into: 'contactId',
      missing: 'ignore',
      copy: { companyId: 'companyId', companyName: 'companyName' },
    },
  ],
  title: ['fullName', 'email'],
} satisfies RecordTypeDefinition;
