import { z } from 'zod';
import { flag, list, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** A client of the MSP. MSPortal publishes no company record; the names follow its API's style. */
export const companySchema = z.object({
  ...ownFields,
  name: z.string(),
  website: text(),
  phone: text(),
  address: text(),
  city: text(),
  state: text(),
  postalCode: text(),
  country: text(),
  industry: text(),
  isActive: flag(),
  types: list(),
  createdAt: time(),
  updatedAt: time(),
});

export const companySource = companySchema.omit({ id: true, provider: true, externalId: true }).partial();

export const companies = {
  type: 'companies',
  singular: 'company',
  label: 'Companies',
  schema: companySchema,
  source: companySource,
  columns: {
    name: { label: 'Name', index: true, priority: 1, width: 28 },
    isActive: { label: 'Active', priority: 3, width: 6 },
    city: { label: 'City', priority: 4, width: 16 },
    phone: { label: 'Phone', priority: 5, width: 18 },
    website: { label: 'Website', priority: 6, width: 24 },
    country: { label: 'Country', priority: 7, width: 14 },
    updatedAt: { label: 'Updated', index: true, priority: 2, width: 12 },
    provider: { label: 'Integration', priority: 12, width: 18 },
  },
  references: [],
  match: [
    { by: 'name', field: 'name' },
    { by: 'domain', field: 'website' },
  ],
  descriptive: ['website', 'phone', 'address', 'city', 'state', 'postalCode', 'country', 'industry'],
  title: ['name'],
} satisfies RecordTypeDefinition;
