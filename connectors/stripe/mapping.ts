/** Stripe's objects as canonical records. Pure. */
import { z } from 'zod';
import { companyDomain } from '../../src/connector/mail-domain.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { joined, orNull } from '../../src/connector/values.ts';
import type { RecordType, SourceRecords } from '../../src/portal/records/index.ts';
import { decimalOf } from './currency.ts';
import {
  chargeRow,
  customerRow,
  invoiceRow,
  priceRow,
  productRow,
  refundRow,
  type subscriptionItemRow,
  subscriptionRow,
} from './rows.ts';
import { amountOf } from './subscription-amount.ts';

/** An object as it came, known to have an id. */
export type Raw = Readonly<Record<string, unknown>> & { readonly id: string };

/** What an object itself does not tell. */
export interface Context {
  /**
   * When it changed, Unix seconds, by the event that said so. Stripe's objects carry no time of modification
   * (products do), so after a full read it is not known.
   */
  readonly changedAt: number | null;
  readonly includeDrafts: boolean;
  readonly productName: (id: string) => string | undefined;
  /** Of a payment: null when there is none, undefined when it could not be found out. */
  readonly invoiceOf: (payment: {
    id: string;
    payment_intent?: string | null | undefined;
  }) => string | null | undefined;
}

function iso(seconds: number | null | undefined): string | null {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Absent rather than null: a full read does not say that it is unknown. */
const updatedAt = ({ changedAt }: Context) => (changedAt === null ? {} : { updatedAt: iso(changedAt) });

const code = (currency: string | null | undefined): string | null => orNull(currency)?.toUpperCase() ?? null;

/** Both ids are the customer's: a customer is what ties to a company here. */
const payer = (customer: string | null | undefined) => ({
  companyExternalId: customer ?? null,
  customerExternalId: customer ?? null,
});

/** For `link`: only what a company is found by. */
export const toCompanyLink = mapper<'companies'>()(customerRow, (row) => ({
  name: nameOf(row),
  website: companyDomain(row.email),
}));

export const toCustomer = mapper<'customers'>()(customerRow, (row, context) => ({
  companyExternalId: row.id,
  name: nameOf(row),
  email: orNull(row.email),
  phone: orNull(row.phone),
  description: orNull(row.description),
  address: joined([row.address?.line1, row.address?.line2], ', '),
  city: orNull(row.address?.city),
  state: orNull(row.address?.state),
  postalCode: orNull(row.address?.postal_code),
  country: orNull(row.address?.country),
  currency: code(row.currency),
  // Before the first invoice there is no currency, and the balance is 0.
  balance: row.currency ? decimalOf(row.balance, row.currency) : row.balance === 0 ? 0 : null,
  balanceMinor: row.balance ?? null,
  isDelinquent: row.delinquent ?? null,
  taxExempt: orNull(row.tax_exempt),
  isLive: row.livemode ?? null,
  createdAt: iso(row.created),
  ...updatedAt(context),
}));

function nameOf(row: z.infer<typeof customerRow>): string {
  return orNull(row.name) ?? orNull(row.business_name) ?? orNull(row.description) ?? orNull(row.email) ?? row.id;
}

export const toProduct = mapper<'products'>()(productRow, (row) => ({
  name: orNull(row.name) ?? row.id,
  description: orNull(row.description),
  isActive: row.active ?? null,
  unitLabel: orNull(row.unit_label),
  productType: orNull(row.type),
  defaultPriceExternalId: row.default_price ?? null,
  isLive: row.livemode ?? null,
  createdAt: iso(row.created),
  updatedAt: iso(row.updated),
}));

export const toPrice = mapper<'prices'>()(priceRow, (row, context) => ({
  productExternalId: row.product ?? null,
  nickname: orNull(row.nickname),
  lookupKey: orNull(row.lookup_key),
  isActive: row.active ?? null,
  priceType: orNull(row.type),
  billingScheme: orNull(row.billing_scheme),
  currency: code(row.currency),
  unitAmount: decimalOf(row.unit_amount_decimal ?? row.unit_amount, row.currency),
  unitAmountMinor: row.unit_amount ?? null,
  interval: orNull(row.recurring?.interval),
  intervalCount: row.recurring?.interval_count ?? null,
  usageType: orNull(row.recurring?.usage_type),
  isLive: row.livemode ?? null,
  createdAt: iso(row.created),
  ...updatedAt(context),
}));

export const toSubscription = mapper<'subscriptions'>()(subscriptionRow, (row, context) => {
  const { minor, interval, intervalCount, monthlyMinor } = amountOf(row);
  const period = earliestPeriod(row.items.data);
  const names = row.items.data.map((item) => planName(item, context));
  return {
    ...payer(row.customer),
    planName: joined([...new Set(names)], ', '),
    status: row.status,
    isActive: ['active', 'trialing', 'past_due'].includes(row.status),
    quantity: row.items.data.every(({ quantity }) => typeof quantity === 'number')
      ? row.items.data.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0)
      : null,
    currency: code(row.currency),
    amount: decimalOf(minor, row.currency),
    amountMinor: minor,
    interval,
    intervalCount,
    monthlyAmount: decimalOf(monthlyMinor, row.currency),
    currentPeriodStart: iso(period?.current_period_start),
    currentPeriodEnd: iso(period?.current_period_end),
    cancelAtPeriodEnd: row.cancel_at_period_end ?? null,
    endsAt: iso(row.ended_at ?? row.cancel_at ?? (row.cancel_at_period_end ? period?.current_period_end : null)),
    canceledAt: iso(row.canceled_at),
    trialEndsAt: iso(row.trial_end),
    startedAt: iso(row.start_date),
    isPaused: row.status === 'paused' || Boolean(row.pause_collection),
    collectionMethod: orNull(row.collection_method),
    description: orNull(row.description),
    latestInvoiceExternalId: row.latest_invoice ?? null,
    isLive: row.livemode ?? null,
    createdAt: iso(row.created),
    ...updatedAt(context),
  };
});

type Item = z.infer<typeof subscriptionItemRow>;

const planName = ({ price }: Item, { productName }: Context): string | null =>
  (price.product ? productName(price.product) : undefined) ?? orNull(price.nickname) ?? price.product ?? null;

/** Periods are on the lines (since version 2025-03-31), and lines may differ: the one that renews first. */
function earliestPeriod(items: readonly Item[]): Item | undefined {
  const endOf = (item: Item) => item.current_period_end ?? Number.POSITIVE_INFINITY;
  return items.toSorted((a, b) => endOf(a) - endOf(b))[0];
}

export function toInvoice(raw: Raw, context: Context): SourceItem {
  if (raw.status === 'draft' && !context.includeDrafts) {
    const { customer_name: name } = raw;
    return {
      kind: 'held',
      externalId: raw.id,
      label: typeof name === 'string' ? `Draft for ${name}` : `Draft ${raw.id}`,
      reason: 'not-selected',
      detail: 'The invoice is a draft, and drafts are not wanted. It follows by itself when it is finalised.',
    };
  }
  return finalInvoice(raw, context);
}

const finalInvoice = mapper<'invoices'>()(invoiceRow, (row, context) => {
  const { currency } = row;
  const tax = row.total_taxes?.reduce((sum, { amount }) => sum + amount, 0) ?? null;
  return {
    ...payer(row.customer),
    subscriptionExternalId: row.parent?.subscription_details?.subscription ?? null,
    number: orNull(row.number),
    status: orNull(row.status),
    isOpen: row.status === 'open',
    currency: code(currency),
    total: decimalOf(row.total, currency),
    totalMinor: row.total,
    tax: decimalOf(tax, currency),
    taxMinor: tax,
    amountDue: decimalOf(row.amount_due, currency),
    amountDueMinor: row.amount_due,
    amountPaid: decimalOf(row.amount_paid, currency),
    amountPaidMinor: row.amount_paid,
    amountRemaining: decimalOf(row.amount_remaining, currency),
    amountRemainingMinor: row.amount_remaining,
    description: orNull(row.description),
    billingReason: orNull(row.billing_reason),
    collectionMethod: orNull(row.collection_method),
    attemptCount: row.attempt_count ?? null,
    nextAttemptAt: iso(row.next_payment_attempt),
    dueDate: iso(row.due_date),
    issuedAt: iso(row.status_transitions?.finalized_at),
    paidAt: iso(row.status_transitions?.paid_at),
    voidedAt: iso(row.status_transitions?.voided_at),
    isLive: row.livemode ?? null,
    createdAt: iso(row.created),
    ...updatedAt(context),
  };
});

export const toPayment = mapper<'payments'>()(chargeRow, (row, context) => {
  const { currency } = row;
  const invoice = context.invoiceOf(row);
  return {
    ...payer(row.customer),
    ...(invoice === undefined ? {} : { invoiceExternalId: invoice }),
    status: row.status,
    currency: code(currency),
    amount: decimalOf(row.amount, currency),
    amountMinor: row.amount,
    amountCaptured: decimalOf(row.amount_captured, currency),
    amountCapturedMinor: row.amount_captured ?? null,
    amountRefunded: decimalOf(row.amount_refunded, currency),
    amountRefundedMinor: row.amount_refunded ?? null,
    isRefunded: row.refunded ?? null,
    isDisputed: row.disputed ?? null,
    method: orNull(row.payment_method_details?.type),
    cardBrand: orNull(row.payment_method_details?.card?.brand),
    cardLast4: orNull(row.payment_method_details?.card?.last4),
    failureCode: orNull(row.failure_code),
    failureMessage: orNull(row.failure_message),
    description: orNull(row.description),
    paymentIntentExternalId: row.payment_intent ?? null,
    paidAt: row.status === 'succeeded' ? iso(row.created) : null,
    isLive: row.livemode ?? null,
    createdAt: iso(row.created),
    ...updatedAt(context),
  };
});

export const toRefund = mapper<'refunds'>()(refundRow, (row, context) => ({
  ...payer(row.customer ?? (row.charge && 'customer' in row.charge ? row.charge.customer : null)),
  paymentExternalId: row.charge?.id ?? null,
  status: orNull(row.status),
  currency: code(row.currency),
  amount: decimalOf(row.amount, row.currency),
  amountMinor: row.amount,
  reason: orNull(row.reason),
  failureReason: orNull(row.failure_reason),
  receiptNumber: orNull(row.receipt_number),
  isLive: row.charge && 'livemode' in row.charge ? (row.charge.livemode ?? null) : null,
  createdAt: iso(row.created),
  ...updatedAt(context),
}));

/** An object that is not what Stripe documents is held by itself; the others of its page are taken. */
function mapper<T extends RecordType>() {
  return <S extends z.ZodType>(schema: S, map: (row: z.infer<S>, context: Context) => SourceRecords[T]) =>
    (raw: Raw, context: Context): SourceItem => {
      if (raw.deleted === true) return gone(raw.id, context.changedAt);
      const parsed = schema.safeParse(raw);
      if (parsed.success) {
        const modifiedAt = iso(context.changedAt);
        return { kind: 'record', externalId: raw.id, modifiedAt, record: map(parsed.data, context) } as SourceItem;
      }
      const detail = `Stripe sent it in a form that it does not document: ${z.prettifyError(parsed.error)}`;
      return { kind: 'held', externalId: raw.id, label: raw.id, reason: 'malformed', detail: detail.slice(0, 300) };
    };
}

export const gone = (externalId: string, at: number | null): SourceItem => ({
  kind: 'gone',
  externalId,
  modifiedAt: iso(at),
});
