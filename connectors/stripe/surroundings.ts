/**
 * What an object needs from other lists before it can be mapped. Each is read once per pass, and only when something asks:
 * what an earlier pass read may lack what came since.
 */
import { z } from 'zod';
import type { ResourceName, StripeApi } from './api.ts';
import { NotPermitted } from './failures.ts';
import type { Context, Raw } from './mapping.ts';
import { chargeRow, invoicePaymentRow } from './rows.ts';

export type Facts = Pick<Context, 'productName' | 'invoiceOf'> & {
  /** With what their list left out. */
  readonly rows: readonly Raw[];
};

const nothing: Omit<Facts, 'rows'> = { productName: () => undefined, invoiceOf: () => undefined };
/** Up to so many payments, each is asked for its invoice; beyond, the whole list is read. */
const fewPayments = 20;

const itemsList = z.object({ items: z.object({ has_more: z.literal(true) }) });
const paymentOf = chargeRow.pick({ id: true, payment_intent: true });

export class Surroundings {
  readonly #api: StripeApi;
  #productNames: Promise<ReadonlyMap<string, string>> | null = null;
  #invoices: Promise<ReadonlyMap<string, string> | null> | null = null;

  constructor(api: StripeApi) {
    this.#api = api;
  }

  /** `all`: a page of many. `few`: single objects. */
  async of(resource: ResourceName, rows: readonly Raw[], how: 'all' | 'few', signal: AbortSignal): Promise<Facts> {
    if (rows.length === 0) return { ...nothing, rows };
    if (resource === 'subscriptions') {
      this.#productNames ??= this.#readProductNames(signal);
      const names = await this.#productNames;
      const complete = await Promise.all(rows.map((row) => this.#withAllItems(row, signal)));
      return { ...nothing, productName: (id) => names.get(id), rows: complete };
    }
    if (resource === 'charges') return { ...nothing, invoiceOf: await this.#invoicesOf(rows, how, signal), rows };
    return { ...nothing, rows };
  }

  async #readProductNames(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    try {
      for await (const { rows } of this.#api.list('products', { signal })) {
        for (const { id, name } of rows) if (typeof name === 'string') names.set(id, name);
      }
    } catch (error) {
      // Then a price's nickname has to do.
      if (!(error instanceof NotPermitted)) throw error;
    }
    return names;
  }

  /** Only the first lines of a subscription are part of it. */
  async #withAllItems(row: Raw, signal: AbortSignal): Promise<Raw> {
    if (!itemsList.safeParse(row).success) return row;
    const items: Raw[] = [];
    for await (const page of this.#api.list('subscriptionItems', { query: { subscription: row.id }, signal })) {
      items.push(...page.rows);
    }
    return { ...row, items: { data: items } };
  }

  /** Neither a charge nor its payment intent names the invoice; a list of its own does. */
  async #invoicesOf(rows: readonly Raw[], how: 'all' | 'few', signal: AbortSignal): Promise<Context['invoiceOf']> {
    if (how === 'all' || rows.length > fewPayments || this.#invoices !== null) {
      // Two short texts per invoice: the one thing of a full read that grows with the account.
      this.#invoices ??= this.#invoicesBy({}, signal);
      const all = await this.#invoices;
      return ({ id, payment_intent }) => (all === null ? undefined : (all.get(payment_intent ?? id) ?? null));
    }
    const intents = rows.map((row) => paymentOf.safeParse(row).data?.payment_intent).filter((intent) => intent != null);
    const maps = await Promise.all(
      intents.map((intent) =>
        this.#invoicesBy({ 'payment[type]': 'payment_intent', 'payment[payment_intent]': intent }, signal),
      ),
    );
    const asked = new Map(intents.map((intent, index) => [intent, maps[index]]));
    return ({ payment_intent }) => {
      const found = asked.get(payment_intent ?? '');
      // Undefined: not told, so what the portal knows already stays.
      return found ? (found.get(payment_intent ?? '') ?? null) : undefined;
    };
  }

  /** By payment intent, or by charge where there is none. Null: the key may not read them. */
  async #invoicesBy(
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string> | null> {
    const invoices = new Map<string, string>();
    try {
      for await (const { rows } of this.#api.list('invoicePayments', { query, signal })) {
        for (const row of rows) {
          const { invoice, payment } = invoicePaymentRow.safeParse(row).data ?? {};
          const by = payment?.payment_intent ?? payment?.charge;
          if (invoice && by) invoices.set(by, invoice);
        }
      }
    } catch (error) {
      if (!(error instanceof NotPermitted)) throw error;
      return null;
    }
    return invoices;
  }
}
