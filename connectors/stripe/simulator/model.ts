/** Stripe's objects as API version 2026-10-28.endive shows them, but for `livemode`, which depends on the key that asks. */

type Metadata = Record<string, string>;

export interface Address {
  readonly city: string | null;
  readonly country: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly postal_code: string | null;
  readonly state: string | null;
}

export interface Customer {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  address: Address | null;
  balance: number;
  currency: string | null;
  delinquent: boolean | null;
  description: string | null;
  email: string | null;
  invoice_prefix: string;
  metadata: Metadata;
  name: string | null;
  next_invoice_sequence: number;
  phone: string | null;
  tax_exempt: 'none' | 'exempt' | 'reverse';
}

export interface Product {
  readonly id: string;
  readonly object: 'product';
  readonly created: number;
  active: boolean;
  default_price: string | null;
  description: string | null;
  metadata: Metadata;
  name: string;
  type: 'service' | 'good';
  unit_label: string | null;
  updated: number;
  url: string | null;
}

export interface Price {
  readonly id: string;
  readonly object: 'price';
  readonly created: number;
  active: boolean;
  readonly billing_scheme: 'per_unit' | 'tiered';
  readonly currency: string;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  readonly product: string;
  readonly recurring: {
    readonly interval: 'day' | 'week' | 'month' | 'year';
    readonly interval_count: number;
    readonly meter: string | null;
    readonly trial_period_days: number | null;
    readonly usage_type: 'licensed' | 'metered';
  } | null;
  readonly tiers_mode: 'graduated' | 'volume' | null;
  readonly transform_quantity: { readonly divide_by: number; readonly round: 'up' | 'down' } | null;
  readonly type: 'one_time' | 'recurring';
  readonly unit_amount: number | null;
  readonly unit_amount_decimal: string | null;
}

export interface SubscriptionItem {
  readonly id: string;
  readonly object: 'subscription_item';
  readonly created: number;
  current_period_end: number;
  current_period_start: number;
  readonly price: Price;
  /** Absent when metered. */
  quantity?: number;
  readonly subscription: string;
}

export interface Subscription {
  readonly id: string;
  readonly object: 'subscription';
  readonly created: number;
  readonly billing_cycle_anchor: number;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  readonly collection_method: 'charge_automatically' | 'send_invoice';
  readonly currency: string;
  readonly customer: string;
  readonly days_until_due: number | null;
  description: string | null;
  ended_at: number | null;
  /** All of them; shown as a list of at most ten. */
  readonly items: readonly SubscriptionItem[];
  latest_invoice: string | null;
  metadata: Metadata;
  pause_collection: { readonly behavior: string; readonly resumes_at: number | null } | null;
  readonly start_date: number;
  status: 'active' | 'trialing' | 'past_due' | 'unpaid' | 'paused' | 'incomplete' | 'incomplete_expired' | 'canceled';
  trial_end: number | null;
  trial_start: number | null;
}

export interface InvoiceLine {
  readonly id: string;
  readonly object: 'line_item';
  readonly amount: number;
  readonly currency: string;
  readonly description: string;
  readonly parent: unknown;
  readonly period: { readonly start: number; readonly end: number };
  readonly pricing: unknown;
  readonly quantity: number;
}

export interface Invoice {
  readonly id: string;
  readonly object: 'invoice';
  readonly created: number;
  amount_due: number;
  amount_paid: number;
  amount_remaining: number;
  attempt_count: number;
  attempted: boolean;
  readonly billing_reason: string;
  readonly collection_method: 'charge_automatically' | 'send_invoice';
  readonly currency: string;
  readonly customer: string;
  readonly customer_email: string | null;
  readonly customer_name: string | null;
  description: string | null;
  due_date: number | null;
  /** Shown as a list of at most ten. */
  readonly lines: readonly InvoiceLine[];
  metadata: Metadata;
  next_payment_attempt: number | null;
  /** Null on drafts. */
  number: string | null;
  readonly subscription: string | null;
  readonly period_end: number;
  readonly period_start: number;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';
  status_transitions: {
    finalized_at: number | null;
    marked_uncollectible_at: number | null;
    paid_at: number | null;
    voided_at: number | null;
  };
  readonly subtotal: number;
  readonly total: number;
}

export interface InvoicePayment {
  readonly id: string;
  readonly object: 'invoice_payment';
  readonly created: number;
  amount_paid: number | null;
  readonly amount_requested: number;
  readonly currency: string;
  readonly invoice: string;
  readonly is_default: boolean;
  readonly payment: { readonly type: 'payment_intent'; readonly payment_intent: string };
  status: 'open' | 'paid' | 'canceled';
  status_transitions: { canceled_at: number | null; paid_at: number | null };
}

export interface PaymentIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly created: number;
  readonly amount: number;
  amount_received: number;
  readonly client_secret: string;
  readonly currency: string;
  readonly customer: string;
  description: string | null;
  last_payment_error: unknown;
  latest_charge: string | null;
  status: string;
}

export interface Charge {
  readonly id: string;
  readonly object: 'charge';
  readonly created: number;
  readonly amount: number;
  readonly amount_captured: number;
  amount_refunded: number;
  readonly captured: boolean;
  readonly currency: string;
  readonly customer: string;
  description: string | null;
  disputed: boolean;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly paid: boolean;
  readonly payment_intent: string;
  readonly payment_method_details: unknown;
  receipt_number: string | null;
  refunded: boolean;
  readonly status: 'succeeded' | 'pending' | 'failed';
}

export interface Refund {
  readonly id: string;
  readonly object: 'refund';
  readonly created: number;
  readonly amount: number;
  readonly charge: string;
  readonly currency: string;
  readonly customer: string | null;
  readonly payment_intent: string;
  readonly reason: string | null;
  receipt_number: string | null;
  readonly status: string;
}

export interface Event {
  readonly id: string;
  readonly object: 'event';
  readonly created: number;
  readonly type: string;
  readonly api_version: string;
  /** As the object was, in the shape of `api_version`. */
  readonly data: { readonly object: Readonly<Record<string, unknown>>; readonly previous_attributes?: unknown };
}

export type StripeObject =
  | Customer
  | Product
  | Price
  | Subscription
  | SubscriptionItem
  | Invoice
  | InvoicePayment
  | PaymentIntent
  | Charge
  | Refund
  | Event;
