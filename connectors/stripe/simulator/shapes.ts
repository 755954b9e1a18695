/** How objects look on the wire: in the present version, and in the one that this account was opened with. */
import type { Account } from './account.ts';
import type { Invoice, InvoiceLine, StripeObject, Subscription, SubscriptionItem } from './model.ts';
import { unused } from './unused.ts';

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
export function presented(row: StripeObject): Shown {
  switch (row.object) {
    case 'subscription':
      return subscriptionShown(row);
    case 'subscription_item':
      return itemShown(row);
    case 'invoice':
      return invoiceShown(row);
    case 'invoice_payment':
      return { ...row };
    default:
      return { ...unused[row.object], ...row };
  }
}

function subscriptionShown({ items, ...row }: Subscription): Shown {
  const url = `/v1/subscription_items?subscription=${row.id}`;
  const first = items.slice(0, embedded).map(itemShown);
  return {
    ...unused.subscription,
    ...row,
    items: listOf(url, first, items.length > embedded),
  };
}

function itemShown(item: SubscriptionItem): Shown {
  const { recurring, unit_amount, unit_amount_decimal, type: _type, lookup_key: _key, ...price } = item.price;
  // The same price in its older form, which is still there.
  const plan = { ...price, object: 'plan', amount: unit_amount, amount_decimal: unit_amount_decimal, ...recurring };
  return { ...unused.subscription_item, ...item, plan, price: presented(item.price) };
}

function invoiceShown({ lines, subscription, ...row }: Invoice): Shown {
  const url = `/v1/invoices/${row.id}/lines`;
  const draft = row.status === 'draft';
  const first = lines.slice(0, embedded).map((line) => lineShown(line, row.id, subscription));
  return {
    ...unused.invoice,
    ...row,
    effective_at: row.status_transitions.finalized_at,
    hosted_invoice_url: draft ? null : `https://invoice.example/i/${row.id}`,
    invoice_pdf: draft ? null : `https://invoice.example/i/${row.id}/pdf`,
    lines: listOf(url, first, lines.length > embedded),
    parent:
      subscription === null
        ? null
        : { type: 'subscription_details', quote_details: null, subscription_details: { metadata: {}, subscription } },
    subtotal_excluding_tax: row.subtotal,
    total_excluding_tax: row.subtotal,
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

export function lineShown(line: InvoiceLine, invoice: string, subscription: string | null): Shown {
  const quantity_decimal = String(line.quantity);
  return { ...unused.line_item, ...line, invoice, quantity_decimal, subscription, subtotal: line.amount };
}

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
