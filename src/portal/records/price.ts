import { z } from 'zod';
import { currency, decimal, isLive, minor } from './billing.ts';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** What a product costs, in one currency and at one interval. */
export const priceSchema = z.object({
  ...ownFields,
  productId: text(),
  productName: text(),
  productExternalId: text(),
  nickname: text(),
  lookupKey: text(),
  isActive: flag(),
  /** `recurring` or `one_time`. */
  priceType: text(),
  /** `per_unit` or `tiered`; a tiered price has no unit amount. */
  billingScheme: text(),
  currency: currency(),
  /** May have more digits than the currency, for prices of a fraction of a cent. */
  unitAmount: decimal(),
  /** Null where the price is a fraction of the smallest unit. */
  unitAmountMinor: minor(),
  /** `day`, `week`, `month`, `year`; null for a one-time price. */
  interval: text(),
  intervalCount: amount(),
  /** `licensed` (by quantity) or `metered` (by use). */
  usageType: text(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const priceSource = priceSchema
  .omit({ id: true, provider: true, externalId: true, productId: true, productName: true })
  .partial();

export const prices = {
  type: 'prices',
  singular: 'price',
  label: 'Prices',
  schema: priceSchema,
  source: priceSource,
  columns: {
    productName: { label: 'Product', index: true, priority: 1, width: 24 },
    unitAmount: { label: 'Amount', priority: 2, width: 10 },
    currency: { label: 'Currency', priority: 3, width: 8 },
    interval: { label: 'Every', priority: 4, width: 8 },
    nickname: { label: 'Nickname', index: true, priority: 5, width: 22 },
    isActive: { label: 'Active', index: true, priority: 6, width: 6 },
    usageType: { label: 'Usage', priority: 7, width: 9 },
    isLive: { label: 'Live', priority: 8, width: 5 },
  },
  references: [
    {
      from: 'productExternalId',
      to: 'products',
      into: 'productId',
      missing: 'ignore',
      copy: { productName: 'name' },
    },
  ],
  title: ['productName', 'nickname'],
} satisfies RecordTypeDefinition;
