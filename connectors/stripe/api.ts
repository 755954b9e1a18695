/** Stripe's wire: lists, single objects, headers. The only file that knows a path. */
import { z } from 'zod';
import type { ConnectorEnvironment, Position } from '../../src/connector/contract.ts';
import type { Http } from '../../src/connector/http.ts';
import { afterKey, type RowPage } from '../../src/connector/paging.ts';
import { explain, Missing, mixedModes, oddAnswer } from './failures.ts';
import { type Mode, modeOf } from './key.ts';
import type { Raw } from './mapping.ts';

/** Without it the account's own default decides the shapes, and that differs from account to account. */
export const apiVersion = '2026-10-28.endive';
/** The most that Stripe gives. */
const pageSize = 100;

export const resources = {
  customers: { path: 'customers', query: {}, expand: [] },
  products: { path: 'products', query: {}, expand: [] },
  prices: { path: 'prices', query: {}, expand: [] },
  // Without it the canceled ones are left out.
  subscriptions: { path: 'subscriptions', query: { status: 'all' }, expand: [] },
  invoices: { path: 'invoices', query: {}, expand: [] },
  charges: { path: 'charges', query: {}, expand: [] },
  // Refunds are few, and name their customer only through the charge.
  refunds: { path: 'refunds', query: {}, expand: ['charge'] },
  invoicePayments: { path: 'invoice_payments', query: {}, expand: [] },
  subscriptionItems: { path: 'subscription_items', query: {}, expand: [] },
  events: { path: 'events', query: {}, expand: [] },
} as const satisfies Record<string, Resource>;

interface Resource {
  readonly path: string;
  readonly query: Query;
  readonly expand: readonly string[];
}
export type ResourceName = keyof typeof resources;
type Query = Readonly<Record<string, string | number>>;

const listAnswer = z.object({
  object: z.literal('list'),
  data: z.array(z.looseObject({ id: z.string() })),
  has_more: z.boolean(),
});
const objectAnswer = z.looseObject({ id: z.string(), object: z.string() });
const accountAnswer = z.object({
  id: z.string(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
});

export class StripeApi {
  readonly mode: Mode;
  readonly #http: Http;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ http, credentials }: ConnectorEnvironment) {
    const { apiKey = '', accountId = '' } = credentials;
    this.mode = modeOf(apiKey);
    this.#http = http
      .withExplain(explain)
      .withAuth({ kind: 'headers', headers: { authorization: `Bearer ${apiKey}` } });
    this.#headers = {
      'stripe-version': apiVersion,
      ...(accountId === '' ? {} : { 'stripe-account': accountId }),
    };
  }

  /** Stripe's clock, Unix seconds, as of its newest answer and the time since; null before any. */
  now(): number | null {
    const now = this.#http.vendorNow();
    return now === null ? null : Math.floor(now.getTime() / 1000);
  }

  /** One row at most; that it answers is what matters. */
  async probe(name: ResourceName, signal: AbortSignal): Promise<Raw | null> {
    return (await this.#page(name, { limit: 1 }, null, signal)).rows[0] ?? null;
  }

  /** Newest first. What appears while it is read stands before the start and is not met; what disappears moves nothing. */
  list(
    name: ResourceName,
    { query = {}, position = null, signal }: { query?: Query; position?: Position | null; signal: AbortSignal },
  ): AsyncGenerator<RowPage<Raw>> {
    let lastPage: readonly Raw[] = [];
    return afterKey<Raw, string>({
      fetch: async (after) => {
        const page = await this.#pageAfter(name, { ...query, limit: pageSize }, after, lastPage, signal);
        lastPage = page.rows;
        return page;
      },
      key: ({ id }) => id,
      order: 'opaque',
      position,
    });
  }

  /** Null: it does not exist (any more). A deleted customer or product comes as `{ id, deleted: true }`. */
  async retrieve(name: ResourceName, id: string, signal: AbortSignal): Promise<Raw | null> {
    const { path, expand } = resources[name];
    const url = `${path}/${encodeURIComponent(id)}`;
    try {
      const { body } = await this.#http.request({ url, query: expanded(expand, ''), headers: this.#headers, signal });
      const row = objectAnswer.safeParse(body).data;
      if (row === undefined) throw oddAnswer(url);
      this.#checkMode(row);
      return row;
    } catch (error) {
      if (error instanceof Missing) return null;
      throw error;
    }
  }

  async account(signal: AbortSignal): Promise<z.infer<typeof accountAnswer>> {
    const { body } = await this.#http.request({ url: 'account', headers: this.#headers, signal });
    const account = accountAnswer.safeParse(body).data;
    if (account === undefined) throw oddAnswer('account');
    return account;
  }

  /**
   * The object a page ended with can be gone when the next page is asked for (a draft was deleted), and then Stripe knows no
   * place to go on from: the ones before it are tried, and at last the list from its start. Rows that come twice do no harm.
   */
  async #pageAfter(
    name: ResourceName,
    query: Query,
    after: string | null,
    lastPage: readonly Raw[],
    signal: AbortSignal,
  ) {
    const others = lastPage.slice(-4, -1).map(({ id }) => id);
    for (const from of [after, ...others.reverse()]) {
      try {
        return await this.#page(name, query, from, signal);
      } catch (error) {
        if (from === null || !(error instanceof Missing)) throw error;
      }
    }
    return await this.#page(name, query, null, signal);
  }

  async #page(name: ResourceName, query: Query, after: string | null, signal: AbortSignal) {
    const { path, query: own, expand } = resources[name];
    const { body } = await this.#http.request({
      url: path,
      query: {
        ...own,
        ...query,
        ...expanded(expand, 'data.'),
        ...(after === null ? {} : { starting_after: after }),
      },
      headers: this.#headers,
      signal,
    });
    const answer = listAnswer.safeParse(body).data;
    if (answer === undefined) throw oddAnswer(path);
    for (const row of answer.data) this.#checkMode(row);
    return { rows: answer.data, more: answer.has_more };
  }

  #checkMode({ livemode }: Raw): void {
    if (typeof livemode !== 'boolean') return;
    const mode: Mode = livemode ? 'live' : 'test';
    if (mode !== this.mode) throw mixedModes(this.mode, mode);
  }
}

const expanded = (fields: readonly string[], prefix: string) =>
  fields.length === 0 ? {} : { 'expand[]': fields.map((field) => `${prefix}${field}`) };
