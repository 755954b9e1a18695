/** New objects as Stripe makes them, each with what belongs to it and the event that tells of it. */
import type { Account } from './account.ts';
import type {
  Address,
  Charge,
  Customer,
  Invoice,
  InvoiceLine,
  PaymentIntent,
  Price,
  Refund,
  Subscription,
} from './model.ts';

const hour = 3600;
const day = 86_400;

export function addCustomer(
  account: Account,
  given: {
    name: string | null;
    email: string | null;
    currency: string;
    at: number;
    phone?: string;
    address?: Address;
    balance?: number;
  },
): Customer {
  const customer = account.customers.add({
    id: account.id('cus'),
    object: 'customer',
    address: given.address ?? null,
    balance: given.balance ?? 0,
    created: given.at,
    currency: given.currency,
    delinquent: false,
    description: null,
    email: given.email,
    invoice_prefix: `SIM${String(account.customers.size).padStart(4, '0')}`,
    metadata: {},
    name: given.name,
    next_invoice_sequence: 1,
    phone: given.phone ?? null,
    tax_exempt: 'none',
  });
  account.emit('customer.created', customer, given.at);
  return customer;
}

export interface Line {
  readonly price: Price;
  readonly quantity: number;
}

export function addSubscription(
  account: Account,
  customer: Customer,
  lines: readonly Line[],
  given: { at: number; sends: boolean; period: { start: number; end: number } },
): Subscription {
  const id = account.id('sub', 24);
  const subscription = account.subscriptions.add({
    id,
    object: 'subscription',
    billing_cycle_anchor: given.at,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    collection_method: given.sends ? 'send_invoice' : 'charge_automatically',
    created: given.at,
    currency: customer.currency ?? 'gbp',
    customer: customer.id,
    days_until_due: given.sends ? 14 : null,
    description: null,
    ended_at: null,
    items: lines.map(({ price, quantity }) => ({
      id: account.id('si'),
      object: 'subscription_item',
      created: given.at + 1,
      current_period_start: given.period.start,
      current_period_end: given.period.end,
      price,
      ...(price.recurring?.usage_type === 'metered' ? {} : { quantity }),
      subscription: id,
    })),
    latest_invoice: null,
    metadata: {},
    pause_collection: null,
    start_date: given.at,
    status: 'active',
    trial_end: null,
    trial_start: null,
  });
  account.emit('customer.subscription.created', subscription, given.at);
  return subscription;
}

/** A draft, without a number. A tenth of the sum, in whole units of the currency's own kind, is the tax. */
export function addInvoice(
  account: Account,
  customer: Customer,
  lines: readonly Line[],
  given: { at: number; subscription: Subscription | null; reason: string; period: { start: number; end: number } },
): Invoice {
  const { subscription, period } = given;
  const currency = customer.currency ?? 'gbp';
  const id = account.id('in', 24);
  const shown = lines.map(({ price, quantity }, index): InvoiceLine => {
    const item = subscription?.items[index]?.id ?? null;
    return {
      id: account.id('il', 24),
      object: 'line_item',
      amount: (price.unit_amount ?? 0) * quantity,
      currency,
      description: `${quantity} x ${account.products.get(price.product)?.name ?? 'Service'}`,
      parent:
        subscription === null
          ? {
              type: 'invoice_item_details',
              invoice_item_details: { invoice_item: account.id('ii', 24), proration: false, subscription: null },
              subscription_item_details: null,
            }
          : {
              type: 'subscription_item_details',
              invoice_item_details: null,
              subscription_item_details: {
                subscription: subscription.id,
                subscription_item: item,
                proration: false,
                invoice_item: null,
              },
            },
      period,
      pricing: {
        type: 'price_details',
        price_details: { price: price.id, product: price.product },
        unit_amount_decimal: price.unit_amount_decimal,
      },
      quantity,
    };
  });
  const subtotal = shown.reduce((sum, { amount }) => sum + amount, 0);
  const total = subtotal + Math.round(subtotal / 1000) * 100;
  const invoice = account.invoices.add({
    id,
    object: 'invoice',
    amount_due: total,
    amount_paid: 0,
    amount_remaining: total,
    attempt_count: 0,
    attempted: false,
    billing_reason: given.reason,
    collection_method: subscription?.collection_method ?? 'send_invoice',
    created: given.at,
    currency,
    customer: customer.id,
    customer_email: customer.email,
    customer_name: customer.name,
    description: null,
    due_date: null,
    lines: shown,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    subscription: subscription?.id ?? null,
    // One interval back, as Stripe has it; the lines have the period that is paid for.
    period_end: period.start,
    period_start: period.start - 30 * day,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal,
    total,
  });
  if (subscription !== null) subscription.latest_invoice = id;
  account.emit('invoice.created', invoice, given.at);
  return invoice;
}

/** Numbered and open, usually an hour after it was made, with the payment intent that is to pay it. */
export function finalise(
  account: Account,
  customer: Customer,
  invoice: Invoice,
  at = invoice.created + hour,
): PaymentIntent {
  const sequence = customer.next_invoice_sequence++;
  invoice.status = 'open';
  invoice.number = `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`;
  invoice.status_transitions.finalized_at = at;
  if (invoice.collection_method === 'send_invoice') invoice.due_date = at + 14 * day;
  const intent = account.paymentIntents.add({
    id: account.id('pi', 24),
    object: 'payment_intent',
    amount: invoice.total,
    amount_received: 0,
    client_secret: `pi_${sequence}_secret_MustNeverBeKept`,
    created: at,
    currency: invoice.currency,
    customer: customer.id,
    description: 'Subscription update',
    last_payment_error: null,
    latest_charge: null,
    status: 'requires_payment_method',
  });
  account.addInvoicePayment({
    id: account.id('inpay', 24),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.total,
    created: at,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
  account.emit('invoice.finalized', invoice, at);
  return intent;
}

/** One try to take the money. */
export function charge(
  account: Account,
  intent: PaymentIntent,
  given: { at: number; ok: boolean; card: boolean },
): Charge {
  const { at, ok, card } = given;
  const row = account.charges.add({
    id: account.id(card ? 'ch' : 'py', 24),
    object: 'charge',
    amount: intent.amount,
    amount_captured: ok ? intent.amount : 0,
    amount_refunded: 0,
    captured: ok,
    created: at,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_code: ok ? null : 'card_declined',
    failure_message: ok ? null : 'Your card has insufficient funds.',
    paid: ok,
    payment_intent: intent.id,
    payment_method_details: card
      ? { type: 'card', card: { brand: 'visa', last4: '0000' } }
      : { type: 'bacs_debit', bacs_debit: { last4: '0000', sort_code: '000000' } },
    receipt_number: null,
    refunded: false,
    status: ok ? 'succeeded' : 'failed',
  });
  intent.latest_charge = row.id;
  intent.status = ok ? 'succeeded' : 'requires_payment_method';
  if (ok) intent.amount_received = intent.amount;
  account.emit(ok ? 'charge.succeeded' : 'charge.failed', row, at);
  return row;
}

export function settle(account: Account, invoice: Invoice, intent: PaymentIntent, at: number): void {
  Object.assign(invoice, { status: 'paid', amount_paid: invoice.total, amount_remaining: 0 });
  Object.assign(invoice, { attempted: true, attempt_count: invoice.attempt_count + 1, next_payment_attempt: null });
  invoice.status_transitions.paid_at = at;
  const payment = account.paymentOf(invoice.id);
  if (payment !== undefined) {
    Object.assign(payment, { status: 'paid', amount_paid: intent.amount });
    payment.status_transitions.paid_at = at;
  }
  account.emit('invoice.paid', invoice, at);
}

export function refund(
  account: Account,
  of: Charge,
  given: { amount: number; at: number; reason: string | null },
): Refund {
  of.amount_refunded += given.amount;
  of.refunded = of.amount_refunded >= of.amount;
  const row = account.refunds.add({
    id: account.id('re', 24),
    object: 'refund',
    amount: given.amount,
    charge: of.id,
    created: given.at,
    currency: of.currency,
    // Not always told.
    customer: account.count('re') % 2 === 0 ? of.customer : null,
    payment_intent: of.payment_intent,
    reason: given.reason,
    receipt_number: null,
    status: 'succeeded',
  });
  account.emit('refund.created', row, given.at);
  account.emit('charge.refunded', of, given.at);
  return row;
}
