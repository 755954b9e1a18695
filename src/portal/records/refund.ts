import { z } from 'zod';
import { currency, decimal, isLive, minor, payer, payerFromReferences, payerReferences } from './billing.ts';
import { ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** Money given back, in part or in full. */
export const refundSchema = z.object({
  ...ownFields,
  ...payer,
  paymentId: text(),
  paymentExternalId: text(),
  status: text(),
  currency: currency(),
  amount: decimal(),
  amountMinor: minor(),
  reason: text(),
  failureReason: text(),
  receiptNumber: text(),
  isLive: isLive(),
  createdAt: time(),
  updatedAt: time(),
});

export const refundSource = refundSchema
  .omit({ id: true, provider: true, externalId: true, paymentId: true, ...payerFromReferences })
  .partial();

export const refunds = {
  type: 'refunds',
  singular: 'refund',
  label: 'Refunds',
  schema: refundSchema,
  source: refundSource,
  columns: {
    customerName: { label: 'Customer', index: true, priority: 1, width: 24 },
    amount: { label: 'Amount', index: true, priority: 2, width: 10 },
    currency: { label: 'Currency', priority: 3, width: 8 },
    status: { label: 'Status', index: true, priority: 4, width: 10 },
    reason: { label: 'Reason', priority: 5, width: 22 },
    companyName: { label: 'Company', index: true, priority: 6, width: 24 },
    createdAt: { label: 'Created', index: true, priority: 7, width: 12 },
    isLive: { label: 'Live', priority: 8, width: 5 },
  },
  references: [...payerReferences, { from: 'paymentExternalId', to: 'payments', into: 'paymentId', missing: 'ignore' }],
  title: ['customerName', 'reason'],
  newest: 'createdAt',
} satisfies RecordTypeDefinition;
