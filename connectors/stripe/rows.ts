/**
 * What is taken of each object, as API version 2026-10-28.endive has it. What is not named here is dropped on arrival;
 * of that, `client_secret` and the links to hosted invoices must never be kept.
 *
 * Enums are open: new values come without a new version, so they are texts. A reference is an id, or the object itself
 * where it was expanded.
 */
import { z } from 'zod';

const text = z.string().nullish();
const whole = z.number().int();
const count = whole.nullish();
const flag = z.boolean().nullish();
/** Unix seconds. */
const time = z.number().nullish();
const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish();

const object = { id: z.string(), livemode: flag, created: time };

export const customerRow = z.object({
  ...object,
  name: text,
  business_name: text,
  description: text,
  email: text,
  phone: text,
  address: z.object({ line1: text, line2: text, city: text, state: text, postal_code: text, country: text }).nullish(),
  balance: count,
  currency: text,
  delinquent: flag,
  tax_exempt: text,
});

export const productRow = z.object({
  ...object,
  name: text,
  description: text,
  active: flag,
  unit_label: text,
  type: text,
  default_price: reference,
  updated: time,
});

const recurring = z.object({ interval: text, interval_count: count, usage_type: text }).nullish();

export const priceRow = z.object({
  ...object,
  product: reference,
  nickname: text,
  lookup_key: text,
  active: flag,
  type: text,
  billing_scheme: text,
  currency: z.string(),
  unit_amount: count,
  unit_amount_decimal: text,
  recurring,
  /** Sold in packs: the price is for every `divide_by`. */
  transform_quantity: z.object({ divide_by: whole, round: z.string() }).nullish(),
});

export const subscriptionItemRow = z.object({
  id: z.string(),
  price: priceRow,
  quantity: count,
  current_period_start: time,
  current_period_end: time,
});

export const subscriptionRow = z.object({
  ...object,
  customer: reference,
  status: z.string(),
  items: z.object({ data: z.array(subscriptionItemRow) }),
  currency: z.string(),
  cancel_at_period_end: flag,
  cancel_at: time,
  canceled_at: time,
  ended_at: time,
  trial_end: time,
  start_date: time,
  collection_method: text,
  latest_invoice: reference,
  pause_collection: z.object({}).nullish(),
  description: text,
});

export const invoiceRow = z.object({
  ...object,
  number: text,
  status: text,
  customer: reference,
  currency: z.string(),
  total: whole,
  total_taxes: z.array(z.object({ amount: whole })).nullish(),
  amount_due: whole,
  amount_paid: whole,
  amount_remaining: whole,
  description: text,
  billing_reason: text,
  collection_method: text,
  attempt_count: count,
  next_payment_attempt: time,
  due_date: time,
  status_transitions: z.object({ finalized_at: time, paid_at: time, voided_at: time }).nullish(),
  parent: z.object({ subscription_details: z.object({ subscription: reference }).nullish() }).nullish(),
});

export const chargeRow = z.object({
  ...object,
  customer: reference,
  status: z.string(),
  currency: z.string(),
  amount: whole,
  amount_captured: count,
  amount_refunded: count,
  refunded: flag,
  disputed: flag,
  payment_intent: reference,
  payment_method_details: z.object({ type: text, card: z.object({ brand: text, last4: text }).nullish() }).nullish(),
  failure_code: text,
  failure_message: text,
  description: text,
});

/** No `livemode` of its own. The charge is asked for with it: it names the customer where the refund does not. */
export const refundRow = z.object({
  id: z.string(),
  created: time,
  charge: z
    .union([z.string().transform((id) => ({ id })), z.object({ id: z.string(), customer: reference, livemode: flag })])
    .nullish(),
  customer: reference,
  status: text,
  currency: z.string(),
  amount: whole,
  reason: text,
  failure_reason: text,
  receipt_number: text,
});

/** Ties an invoice to the payment intent (or charge) that pays it; neither names the other since version 2025-03-31. */
export const invoicePaymentRow = z.object({
  id: z.string(),
  invoice: reference,
  payment: z.object({ payment_intent: reference, charge: reference }).nullish(),
});

export const eventRow = z.object({
  id: z.string(),
  type: z.string(),
  created: whole,
  data: z.object({
    // Rendered in the account's version, not ours: only what no version changed is looked at.
    object: z.object({
      id: text,
      object: text,
      created: time,
      invoice: z.unknown().optional(),
      charge: z.unknown().optional(),
    }),
  }),
});

/** Any reference, of any version. */
export const referenceOf = (value: unknown): string | null => reference.safeParse(value).data ?? null;
