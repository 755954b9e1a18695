import { z } from 'zod';
import { flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** A person at a client. The vendor's own company id stays in `companyExternalId`. */
export const contactSchema = z.object({
  ...ownFields,
  companyId: text(),
  companyName: text(),
  companyExternalId: text(),
  firstName: text(),
  lastName: text(),
  fullName: text(),
  email: text(),
  phone: text(),
  mobile: text(),
  title: text(),
  contactType: text(),
  isActive: flag(),
  createdAt: time(),
  updatedAt: time(),
});

export const contactSource = contactSchema
  .omit({ id: true, provider: true, externalId: true, companyId: true, companyName: true })
  .partial();

export const contacts = {
  type: 'contacts',
  singular: 'contact',
  label: 'Contacts',
  schema: contactSchema,
  source: contactSource,
  columns: {
    fullName: { label: 'Name', index: true, priority: 1, width: 24 },
    companyName: { label: 'Company', index: true, priority: 2, width: 24 },
    email: { label: 'E-mail', index: true, priority: 3, width: 28 },
    phone: { label: 'Phone', priority: 4, width: 18 },
    title: { label: 'Title', priority: 6, width: 16 },
    isActive: { label: 'Active', priority: 5, width: 6 },
    updatedAt: { label: 'Updated', index: true, priority: 7, width: 12 },
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
  ],
  match: [{ by: 'email', field: 'email', within: 'companyId' }],
  descriptive: ['firstName', 'lastName', 'fullName', 'email', 'phone', 'mobile', 'title', 'contactType'],
  title: ['fullName', 'email'],
} satisfies RecordTypeDefinition;
