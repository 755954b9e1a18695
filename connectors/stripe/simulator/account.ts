/** One invented Stripe account: its objects, and the events that tell what became of them. */
import type { Clock } from '../../../src/simulator/clock.ts';
import { random } from '../../../src/simulator/random.ts';
import type { World } from '../../../src/simulator/world.ts';
import { Collection } from './collection.ts';
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
import { defaultVersion, older, presented } from './shapes.ts';

export const accountId = 'acct_1SimAcmeIt00';
/** Older ones can no longer be read. */
export const eventsKeptSeconds = 30 * 86_400;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class Account {
  readonly world: World;
  readonly clock: Clock;
  readonly customers = new Collection<Customer>();
  readonly products = new Collection<Product>();
  readonly prices = new Collection<Price>();
  readonly subscriptions = new Collection<Subscription>();
  readonly invoices = new Collection<Invoice>();
  readonly invoicePayments = new Collection<InvoicePayment>();
  readonly paymentIntents = new Collection<PaymentIntent>();
  readonly charges = new Collection<Charge>();
  readonly refunds = new Collection<Refund>();
  readonly events = new Collection<Event>();
  /** Ids of deleted objects, with their kind: they can be told from ids that never were. */
  readonly deleted = new Map<string, string>();
  /** Customers that carry the name or the mail domain of one company of the world. */
  readonly tied = new Set<string>();
  /** While true, deletions leave no event, as when test data is reset. */
  silentDeletions: () => boolean = () => false;
  readonly #numbers = new Map<string, number>();
  readonly #invoiceOfIntent = new Map<string, string>();
  readonly #paymentOfInvoice = new Map<string, InvoicePayment>();

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
  }

  /** Unix seconds. */
  now(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** How many were given ids with this prefix so far. */
  count(prefix: string): number {
    return this.#numbers.get(prefix) ?? 0;
  }

  /** Says nothing about when it was given. */
  id(prefix: string, length = 14): string {
    const number = this.count(prefix);
    this.#numbers.set(prefix, number + 1);
    const draw = random(this.world.seed, prefix, number);
    return `${prefix}_${Array.from({ length }, () => alphabet[draw.below(alphabet.length)]).join('')}`;
  }

  addInvoicePayment(row: InvoicePayment): InvoicePayment {
    this.#invoiceOfIntent.set(row.payment.payment_intent, row.invoice);
    this.#paymentOfInvoice.set(row.invoice, row);
    return this.invoicePayments.add(row);
  }

  invoiceOf(intent: string): string | null {
    return this.#invoiceOfIntent.get(intent) ?? null;
  }

  paymentOf(invoice: string): InvoicePayment | undefined {
    return this.#paymentOfInvoice.get(invoice);
  }

  /** What happened before the time that events are kept for left none. */
  emit(type: string, row: StripeObject, at = this.now()): void {
    if (at < this.now() - eventsKeptSeconds) return;
    this.events.add({
      id: this.id('evt', 24),
      object: 'event',
      created: at,
      type,
      api_version: defaultVersion,
      data: { object: structuredClone(older(this, presented(row))) },
    });
  }

  deleteCustomer(customer: Customer, at = this.now()): void {
    for (const subscription of this.subscriptions.values()) {
      if (subscription.customer === customer.id && subscription.status !== 'canceled') this.cancel(subscription, at);
    }
    this.tied.delete(customer.id);
    this.#delete(this.customers, customer, at);
  }

  deleteProduct(product: Product): void {
    for (const price of this.prices.values()) if (price.product === product.id) this.deletePrice(price);
    this.#delete(this.products, product);
  }

  deletePrice(price: Price): void {
    this.#delete(this.prices, price);
  }

  /** Only a draft can be. */
  deleteInvoice(invoice: Invoice): void {
    this.#delete(this.invoices, invoice);
  }

  /** A canceled subscription can still be read, although its event is called "deleted". */
  cancel(subscription: Subscription, at = this.now()): void {
    Object.assign(subscription, { status: 'canceled', canceled_at: at, ended_at: at });
    this.emit('customer.subscription.deleted', subscription, at);
  }

  #delete<R extends StripeObject>(from: Collection<R>, row: R, at = this.now()): void {
    from.delete(row.id);
    this.deleted.set(row.id, row.object);
    if (!this.silentDeletions()) this.emit(`${row.object}.deleted`, row, at);
  }
}
