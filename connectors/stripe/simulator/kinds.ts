/** What each list can be filtered by, and what it leaves out by itself. */
import type { SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { type Account, eventsKeptSeconds } from './account.ts';
import type { Collection, Row } from './collection.ts';
import { refuse } from './errors.ts';
import { equal, type Filters, ignored, type Page, type Parameter, page, range } from './lists.ts';
import type {
  Charge,
  Customer,
  Event,
  Invoice,
  InvoicePayment,
  PaymentIntent,
  Price,
  Product,
  Refund,
  StripeObject,
  Subscription,
} from './model.ts';

/** A list, whatever it is of. */
export interface Kind {
  readonly path: string;
  readonly noun: string;
  /** Parameters beside those of every list. */
  readonly parameters: readonly string[];
  page(account: Account, request: SimulatorRequest): Page<StripeObject>;
  find(account: Account, id: string): StripeObject | undefined;
}

const created = range<Row>((row) => row.created);

function kind<R extends StripeObject>(of: {
  readonly path: string;
  readonly noun: string;
  readonly rows: (account: Account) => Collection<R>;
  readonly filters: Filters<R>;
  /** Kept out unless something is said about this parameter. */
  readonly unless?: { readonly parameter: string; readonly hides: (row: R) => boolean };
}): Kind {
  const { path, noun, rows, filters, unless } = of;
  return {
    path,
    noun,
    parameters: Object.keys(filters),
    page(account, request) {
      const all = unless === undefined || request.query.has(unless.parameter);
      return page(account, request, noun, rows(account), filters, (row) => all || !unless.hides(row));
    },
    find: (account, id) => rows(account).get(id),
  };
}

export const kinds: readonly Kind[] = [
  kind<Customer>({
    path: 'customers',
    noun: 'customer',
    rows: (account) => account.customers,
    filters: { created, email: equal((row) => row.email), test_clock: ignored },
  }),
  kind<Product>({
    path: 'products',
    noun: 'product',
    rows: (account) => account.products,
    filters: {
      created,
      active: equal((row) => row.active),
      ids: equal((row) => row.id),
      shippable: ignored,
      type: equal((row) => row.type),
      url: equal((row) => row.url),
    },
  }),
  kind<Price>({
    path: 'prices',
    noun: 'price',
    rows: (account) => account.prices,
    filters: {
      created,
      active: equal((row) => row.active),
      currency: equal((row) => row.currency),
      lookup_keys: equal((row) => row.lookup_key),
      product: equal((row) => row.product),
      recurring:
        ({ named: { interval, usage_type } }) =>
        ({ recurring }) =>
          (interval === undefined || recurring?.interval === interval) &&
          (usage_type === undefined || recurring?.usage_type === usage_type),
      type: equal((row) => row.type),
    },
  }),
  kind<Subscription>({
    path: 'subscriptions',
    noun: 'subscription',
    rows: (account) => account.subscriptions,
    filters: {
      created,
      automatic_tax: ignored,
      collection_method: equal((row) => row.collection_method),
      current_period_end: range((row) => row.items[0]?.current_period_end ?? null, 'current_period_end'),
      current_period_start: range((row) => row.items[0]?.current_period_start ?? null, 'current_period_start'),
      customer: equal((row) => row.customer),
      plan: ({ values }) => byPrice(values),
      price: ({ values }) => byPrice(values),
      status: ({ values: [status = ''] }) => byStatus(status),
      test_clock: ignored,
    },
    unless: { parameter: 'status', hides: (row) => row.status === 'canceled' },
  }),
  kind<Invoice>({
    path: 'invoices',
    noun: 'invoice',
    rows: (account) => account.invoices,
    filters: {
      created,
      collection_method: equal((row) => row.collection_method),
      customer: equal((row) => row.customer),
      due_date: range((row) => row.due_date, 'due_date'),
      status: equal((row) => row.status),
      subscription: equal((row) => row.subscription),
    },
  }),
  kind<InvoicePayment>({
    path: 'invoice_payments',
    noun: 'invoice_payment',
    rows: (account) => account.invoicePayments,
    filters: {
      created,
      invoice: equal((row) => row.invoice),
      status: equal((row) => row.status),
      payment: ({ named }) => {
        const { type, payment_intent } = named;
        if (type === undefined) {
          const param = 'payment[type]';
          throw refuse(400, { code: 'parameter_missing', message: `Missing required param: ${param}.`, param });
        }
        return ({ payment }) =>
          payment.type === type && (payment_intent === undefined || payment.payment_intent === payment_intent);
      },
    },
  }),
  kind<PaymentIntent>({
    path: 'payment_intents',
    noun: 'payment_intent',
    rows: (account) => account.paymentIntents,
    filters: { created, customer: equal((row) => row.customer) },
  }),
  kind<Charge>({
    path: 'charges',
    noun: 'charge',
    rows: (account) => account.charges,
    filters: {
      created,
      customer: equal((row) => row.customer),
      payment_intent: equal((row) => row.payment_intent),
      transfer_group: ignored,
    },
  }),
  kind<Refund>({
    path: 'refunds',
    noun: 'refund',
    rows: (account) => account.refunds,
    filters: { created, charge: equal((row) => row.charge), payment_intent: equal((row) => row.payment_intent) },
  }),
  kind<Event>({
    path: 'events',
    noun: 'event',
    rows: (account) => {
      const oldest = account.now() - eventsKeptSeconds;
      for (const event of account.events.values()) if (event.created < oldest) account.events.delete(event.id);
      return account.events;
    },
    filters: { created, type: ({ values }) => byType(values), types: byTypes, delivery_success: ignored },
  }),
];

function byPrice(ids: readonly string[]) {
  return ({ items }: Subscription) => items.some(({ price }) => ids.includes(price.id));
}

function byStatus(status: string) {
  const ended = ['canceled', 'incomplete_expired'];
  return (row: Subscription) =>
    status === 'all' || (status === 'ended' ? ended.includes(row.status) : row.status === status);
}

/** One name, with `*` for the rest of it. */
function byType([pattern = '']: readonly string[]) {
  const start = pattern.replace(/\*$/, '');
  return ({ type }: Event) => (pattern.endsWith('*') ? type.startsWith(start) : type === pattern);
}

function byTypes({ values }: Parameter) {
  if (values.length > 20) {
    throw refuse(400, { message: 'You can filter by at most 20 types of events.', param: 'types' });
  }
  return ({ type }: Event) => values.includes(type);
}
