import { z } from 'zod';
import { currency, decimal, isLive, minor, payer, payerFromReferences, payerReferences } from './billing.ts';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** What a customer pays for again and again. */
export const subscriptionSchema = z.object({
  ...ownFields,
  ...payer,
  /** The products, separated by commas. */
  planName: text(),
  status: text(),
  /** Being served: active, on trial, or late with a payment. */
  isActive: flag(),
  /** Of all lines; null where a line is charged by use. */
  quantity: amount(),
  currency: currency(),
  /** Per `intervalCount` `interval`s, before discounts and tax; null where a line is tiered or charged by use. */
  amount: decimal(),
  amountMinor: minor(),
  interval: text(),
  intervalCount: amount(),
  /** The amount brought to one month; 0 for a subscription that bills nothing now. */
  monthlyAmount: decimal(),
  currentPeriodStart: time(),
  currentPeriodEnd: time(),
  cancelAtPeriodEnd: flag(),
  /** When it ends or ended. */
  endsAt: time(),
  canceledAt: time(),
  trialEndsAt: time(),
  startedAt: time(),
  /** Invoices are held back although the status stays active. */
  isPaused: flag(),
  /** `charge_automatically` or `send_invoice`. */
  collectionMethod: text(),
  description: text(),
  latestInvoiceExternalId: text(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const subscriptionSource = subscriptionSchema
  .omit({ id: true, provider: true, externalId: true, ...payerFromReferences })
  .partial();

export const subscriptions = {
  type: 'subscriptions',
  singular: 'subscription',
  label: 'Subscriptions',
  schema: subscriptionSchema,
  source: subscriptionSource,
  columns: {
    companyName: { label: 'Company', index: true, priority: 2, width: 24 },
    planName: { label: 'Plan', index: true, priority: 3, width: 26 },
    customerName: { label: 'Customer', index: true, priority: 1, width: 24 },
    status: { label: 'Status', index: true, priority: 4, width: 10 },
    quantity: { label: 'Quantity', priority: 7, width: 8 },
    monthlyAmount: { label: 'Monthly', index: true, priority: 5, width: 10 },
    currency: { label: 'Currency', priority: 6, width: 8 },
    currentPeriodEnd: { label: 'Renews', index: true, priority: 8, width: 12 },
    isActive: { label: 'Active', index: true, priority: 9, width: 6 },
    isLive: { label: 'Live', priority: 10, width: 5 },
  },
  references: [...payerReferences],
  title: ['customerName', 'planName'],
} satisfies RecordTypeDefinition;
