import { z } from 'zod';
import { currency, decimal, isLive, minor } from './billing.ts';
import { flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** Who is billed. One company can have several (one per currency); one that fits no company waits without. */
export const customerSchema = z.object({
  ...ownFields,
  name: text(),
  companyId: text(),
  companyName: text(),
  companyExternalId: text(),
  email: text(),
  phone: text(),
  description: text(),
  address: text(),
  city: text(),
  state: text(),
  postalCode: text(),
  /** Two letters. */
  country: text(),
  currency: currency(),
  /** Negative: credit that the next invoice uses up. Positive: added to it. */
  balance: decimal(),
  balanceMinor: minor(),
  /** The newest invoice is overdue, or its payment failed. */
  isDelinquent: flag(),
  taxExempt: text(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const customerSource = customerSchema
  .omit({ id: true, provider: true, externalId: true, companyId: true, companyName: true })
  .partial();

export const customers = {
  type: 'customers',
  singular: 'customer',
  label: 'Customers',
  schema: customerSchema,
  source: customerSource,
  columns: {
    name: { label: 'Name', index: true, priority: 1, width: 26 },
    companyName: { label: 'Company', index: true, priority: 2, width: 24 },
    email: { label: 'E-mail', index: true, priority: 3, width: 28 },
    isDelinquent: { label: 'Delinquent', index: true, priority: 4, width: 10 },
    balance: { label: 'Balance', priority: 5, width: 10 },
    currency: { label: 'Currency', priority: 6, width: 8 },
    isLive: { label: 'Live', priority: 8, width: 5 },
    createdAt: { label: 'Created', index: true, priority: 7, width: 12 },
  },
  references: [
    {
      from: 'companyExternalId',
      to: 'companies',
      into: 'companyId',
      missing: 'ignore',
      copy: { companyName: 'name' },
    },
  ],
  title: ['name', 'email'],
} satisfies RecordTypeDefinition;
