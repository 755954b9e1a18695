import { z } from 'zod';
import { amount, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** A site of a client, as MSPortal publishes it; `description` and the vendor's company id are ours beside it. */
export const locationSchema = z.object({
  ...ownFields,
  name: text(),
  companyId: text(),
  companyName: text(),
  address: text(),
  city: text(),
  state: text(),
  postalCode: text(),
  country: text(),
  phone: text(),
  email: text(),
  deviceCount: amount(),
  createdAt: time(),
  updatedAt: time(),
  description: text(),
  companyExternalId: text(),
});

export const locationSource = locationSchema
  .omit({ id: true, provider: true, externalId: true, companyId: true, companyName: true })
  .partial();

export const locations = {
  type: 'locations',
  singular: 'location',
  label: 'Locations',
  schema: locationSchema,
  source: locationSource,
  columns: {
    name: { label: 'Name', index: true, priority: 1, width: 24 },
    companyName: { label: 'Company', index: true, priority: 2, width: 26 },
    address: { label: 'Address', priority: 3, width: 30 },
    city: { label: 'City', priority: 4, width: 16 },
    country: { label: 'Country', priority: 6, width: 14 },
    phone: { label: 'Phone', priority: 5, width: 18 },
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
  match: [{ by: 'name', field: 'name', within: 'companyId' }],
  title: ['name'],
} satisfies RecordTypeDefinition;
