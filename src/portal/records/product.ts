import { z } from 'zod';
import { isLive } from './billing.ts';
import { flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** What is sold. What it costs is in its prices. */
export const productSchema = z.object({
  ...ownFields,
  name: text(),
  description: text(),
  /** False: archived, no longer sold; running subscriptions go on. */
  isActive: flag(),
  unitLabel: text(),
  /** `service` or `good`. */
  productType: text(),
  defaultPriceExternalId: text(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const productSource = productSchema.omit({ id: true, provider: true, externalId: true }).partial();

export const products = {
  type: 'products',
  singular: 'product',
  label: 'Products',
  schema: productSchema,
  source: productSource,
  columns: {
    name: { label: 'Name', index: true, priority: 1, width: 28 },
    isActive: { label: 'Active', index: true, priority: 2, width: 6 },
    unitLabel: { label: 'Unit', priority: 3, width: 10 },
    description: { label: 'Description', priority: 5, width: 36 },
    updatedAt: { label: 'Updated', index: true, priority: 4, width: 12 },
    isLive: { label: 'Live', priority: 6, width: 5 },
  },
  references: [],
  title: ['name'],
} satisfies RecordTypeDefinition;
