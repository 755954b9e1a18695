/** How objects look on the wire: in the present version, and in the one that this account was opened with. */
import type { Account } from './account.ts';
import type { Invoice, InvoiceLine, StripeObject, Subscription, SubscriptionItem } from './model.ts';

export type Shown = Readonly<Record<string, unknown>>;

/** The account's own: what events are rendered in, and what a request without `Stripe-Version` gets. */
export const defaultVersion = '2024-06-20';
/** From here on periods are on the items, and invoices name neither charge nor subscription. */
const basil = '2025-03-31';

export const isOlder = (version: string): boolean => version.slice(0, 10) < basil;

/** Embedded lists hold this many. */
const embedded = 10;

export const listOf = (url: string, rows: readonly unknown[], more = false) => ({
  object: 'list',
  url,
  has_more: more,
  data: rows,
});

/** In the present version. `livemode` comes later: it depends on the key. */
export function presented(account: Account, row: StripeObject): Shown {
  switch (row.object) {
    case 'customer':
      return {
        ...row,
        default_source: null,
        invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
        preferred_locales: [],
        shipping: null,
        test_clock: null,
      };
    case 'product':
      return {
        ...row,
        images: [],
        marketing_features: [],
        package_dimensions: null,
        shippable: null,
        statement_descriptor: null,
        tax_code: null,
        tax_details: null,
      };
    case 'price':
      return { ...row, custom_unit_amount: null, tax_behavior: 'exclusive' };
    case 'subscription':
      return subscriptionShown(account, row);
    case 'subscription_item':
      return itemShown(account, row);
    case 'invoice':
      return invoiceShown(row);
    case 'payment_intent':
      return { ...row, amount_capturable: 0, canceled_at: null, cancellation_reason: null, metadata: {} };
    case 'charge':
      return { ...row, balance_transaction: null, metadata: {}, receipt_url: null, billing_details: {} };
    case 'refund':
      return {
        ...row,
        balance_transaction: null,
        metadata: {},
        source_transfer_reversal: null,
        transfer_reversal: null,
      };
    case 'event':
      return { ...row, pending_webhooks: 0, request: { id: null, idempotency_key: null } };
    default:
      return { ...row };
  }
}

function subscriptionShown(account: Account, { items, ...row }: Subscription): Shown {
  const url = `/v1/subscription_items?subscription=${row.id}`;
  const first = items.slice(0, embedded).map((item) => itemShown(account, item));
  return {
    ...row,
    default_tax_rates: [],
    discounts: [],
    items: { ...listOf(url, first, items.length > embedded), total_count: items.length },
    schedule: null,
    test_clock: null,
  };
}

function itemShown(account: Account, item: SubscriptionItem): Shown {
  return { ...item, discounts: [], metadata: {}, price: presented(account, item.price), tax_rates: [] };
}

function invoiceShown({ lines, subscription, ...row }: Invoice): Shown {
  const url = `/v1/invoices/${row.id}/lines`;
  const draft = row.status === 'draft';
  return {
    ...row,
    account_name: 'Acme IT',
    amount_overpaid: 0,
    default_tax_rates: [],
    discounts: [],
    footer: null,
    hosted_invoice_url: draft ? null : `https://invoice.example/i/${row.id}`,
    invoice_pdf: draft ? null : `https://invoice.example/i/${row.id}/pdf`,
    last_finalization_error: null,
    lines: {
      ...listOf(url, lines.slice(0, embedded).map(lineShown), lines.length > embedded),
      total_count: lines.length,
    },
    parent:
      subscription === null
        ? null
        : { type: 'subscription_details', quote_details: null, subscription_details: { metadata: {}, subscription } },
    total_discount_amounts: [],
    total_taxes:
      row.total === row.subtotal
        ? []
        : [
            {
              amount: row.total - row.subtotal,
              tax_behavior: 'exclusive',
              taxable_amount: row.subtotal,
              type: 'tax_rate_details',
            },
          ],
  };
}

export const lineShown = (line: InvoiceLine): Shown => ({ ...line, discount_amounts: [], metadata: {}, taxes: [] });

/** As the version of 2024 has it. `shown`: in the present version. */
export function older(account: Account, shown: Shown): Shown {
  switch (shown.object) {
    case 'subscription': {
      const { items, ...row } = shown as Shown & { items: { data: Shown[] } };
      const { current_period_start, current_period_end } = items.data[0] ?? {};
      const data = items.data.map(({ current_period_start: _start, current_period_end: _end, ...item }) => item);
      return { ...row, current_period_start, current_period_end, items: { ...items, data } };
    }
    case 'invoice': {
      const {
        parent,
        total_taxes,
        amount_overpaid: _overpaid,
        ...row
      } = shown as Shown & {
        parent: { subscription_details: { subscription: string } } | null;
        total_taxes: readonly { amount: number }[];
      };
      const intent = account.paymentOf(String(row.id))?.payment.payment_intent ?? null;
      return {
        ...row,
        paid: row.status === 'paid',
        charge: intent === null ? null : (account.paymentIntents.get(intent)?.latest_charge ?? null),
        payment_intent: intent,
        subscription: parent?.subscription_details.subscription ?? null,
        tax: total_taxes.reduce((sum, { amount }) => sum + amount, 0),
        total_tax_amounts: total_taxes.map(({ amount }) => ({ amount, inclusive: false, tax_rate: 'txr_1Sim' })),
      };
    }
    case 'charge':
    case 'payment_intent': {
      const intent = shown.object === 'charge' ? shown.payment_intent : shown.id;
      return { ...shown, invoice: account.invoiceOf(String(intent)) };
    }
    default:
      return shown;
  }
}
