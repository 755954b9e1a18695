import { z } from 'zod';
import { currency, decimal, isLive, minor, payer, payerFromReferences, payerReferences } from './billing.ts';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** Overdue is an open invoice whose due date has passed: worked out when shown, never stored. */
export const invoiceSchema = z.object({
  ...ownFields,
  ...payer,
  subscriptionId: text(),
  subscriptionExternalId: text(),
  /** None on drafts. */
  number: text(),
  status: text(),
  /** Final, not paid, not void and not written off. */
  isOpen: flag(),
  currency: currency(),
  total: decimal(),
  totalMinor: minor(),
  tax: decimal(),
  taxMinor: minor(),
  amountDue: decimal(),
  amountDueMinor: minor(),
  amountPaid: decimal(),
  amountPaidMinor: minor(),
  amountRemaining: decimal(),
  amountRemainingMinor: minor(),
  description: text(),
  billingReason: text(),
  collectionMethod: text(),
  /** How often a payment was tried. */
  attemptCount: amount(),
  nextAttemptAt: time(),
  /** Null where it is charged at once. */
  dueDate: time(),
  issuedAt: time(),
  paidAt: time(),
  voidedAt: time(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const invoiceSource = invoiceSchema
  .omit({ id: true, provider: true, externalId: true, subscriptionId: true, ...payerFromReferences })
  .partial();

export const invoices = {
  type: 'invoices',
  singular: 'invoice',
  label: 'Invoices',
  schema: invoiceSchema,
  source: invoiceSource,
  columns: {
    number: { label: 'Number', index: true, priority: 1, width: 16 },
    companyName: { label: 'Company', index: true, priority: 3, width: 24 },
    customerName: { label: 'Customer', index: true, priority: 2, width: 24 },
    status: { label: 'Status', index: true, priority: 4, width: 14 },
    total: { label: 'Total', priority: 5, width: 10 },
    amountRemaining: { label: 'Unpaid', index: true, priority: 6, width: 10 },
    currency: { label: 'Currency', priority: 7, width: 8 },
    dueDate: { label: 'Due', index: true, priority: 8, width: 12 },
    isOpen: { label: 'Open', index: true, priority: 11, width: 5 },
    paidAt: { label: 'Paid', index: true, priority: 9, width: 12 },
    createdAt: { label: 'Created', index: true, priority: 10, width: 12 },
    isLive: { label: 'Live', priority: 12, width: 5 },
  },
  references: [
    ...payerReferences,
    { from: 'subscriptionExternalId', to: 'subscriptions', into: 'subscriptionId', missing: 'ignore' },
  ],
  title: ['number', 'customerName'],
  newest: 'createdAt',
} satisfies RecordTypeDefinition;
