import { z } from 'zod';
import { flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

const named = z.object({ id: z.string(), name: z.string() }).nullable();

/** The MSP's own staff: a technician. `title` and the vendor's ids are ours beside the published record. */
export const userSchema = z.object({
  ...ownFields,
  email: text(),
  fullName: text(),
  avatarUrl: text(),
  status: z.enum(['active', 'disabled', 'pending', 'imported']).nullable(),
  isPrimaryAdmin: flag(),
  lastLogin: time(),
  role: named,
  company: named,
  title: text(),
  createdAt: time(),
  updatedAt: time(),
});

export const userSource = userSchema
  .omit({ id: true, provider: true, externalId: true, isPrimaryAdmin: true, role: true, company: true })
  .partial();

export const users = {
  type: 'users',
  singular: 'user',
  label: 'Users',
  schema: userSchema,
  source: userSource,
  columns: {
    fullName: { label: 'Name', index: true, priority: 1, width: 24 },
    email: { label: 'E-mail', index: true, priority: 2, width: 28 },
    title: { label: 'Title', priority: 4, width: 18 },
    status: { label: 'Status', index: true, priority: 3, width: 10 },
    updatedAt: { label: 'Updated', priority: 5, width: 12 },
    provider: { label: 'Integration', priority: 12, width: 18 },
  },
  references: [],
  match: [{ by: 'email', field: 'email' }],
  descriptive: ['email', 'fullName', 'avatarUrl', 'title'],
  title: ['fullName', 'email'],
} satisfies RecordTypeDefinition;
