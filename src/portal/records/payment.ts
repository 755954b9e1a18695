import { z } from 'zod';
import { currency, decimal, isLive, minor, payer, payerFromReferences, payerReferences } from './billing.ts';
import { flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** One try to take money that reached a bank or card network, failed ones included. */
export const paymentSchema = z.object({
  ...ownFields,
  ...payer,
  invoiceId: text(),
  invoiceNumber: text(),
  invoiceExternalId: text(),
  status: text(),
  currency: currency(),
  amount: decimal(),
  amountMinor: minor(),
  amountCaptured: decimal(),
  amountCapturedMinor: minor(),
  amountRefunded: decimal(),
  amountRefundedMinor: minor(),
  /** In full. */
  isRefunded: flag(),
  isDisputed: flag(),
  /** `card`, `sepa_debit`, `bacs_debit` ... */
  method: text(),
  cardBrand: text(),
  cardLast4: text(),
  failureCode: text(),
  failureMessage: text(),
  description: text(),
  paymentIntentExternalId: text(),
  paidAt: time(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const paymentSource = paymentSchema
  .omit({
    id: true,
    provider: true,
    externalId: true,
    invoiceId: true,
    invoiceNumber: true,
    ...payerFromReferences,
  })
  .partial();

export const payments = {
  type: 'payments',
  singular: 'payment',
  label: 'Payments',
  schema: paymentSchema,
  source: paymentSource,
  columns: {
    customerName: { label: 'Customer', index: true, priority: 1, width: 24 },
    amount: { label: 'Amount', index: true, priority: 2, width: 10 },
    currency: { label: 'Currency', priority: 3, width: 8 },
    status: { label: 'Status', index: true, priority: 4, width: 10 },
    companyName: { label: 'Company', index: true, priority: 5, width: 24 },
    invoiceNumber: { label: 'Invoice', index: true, priority: 6, width: 16 },
    method: { label: 'Method', priority: 7, width: 12 },
    createdAt: { label: 'Created', index: true, priority: 8, width: 12 },
    amountRefunded: { label: 'Refunded', priority: 9, width: 10 },
    failureMessage: { label: 'Failure', priority: 10, width: 30 },
    isDisputed: { label: 'Disputed', index: true, priority: 11, width: 8 },
    isLive: { label: 'Live', priority: 12, width: 5 },
  },
  references: [
    ...payerReferences,
    {
      from: 'invoiceExternalId',
      to: 'invoices',
      into: 'invoiceId',
      missing: 'ignore',
      copy: { invoiceNumber: 'number' },
    },
  ],
  title: ['customerName', 'description'],
  newest: 'createdAt',
} satisfies RecordTypeDefinition;
