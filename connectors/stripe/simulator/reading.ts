/** The reading paths: a list and a single object of each kind. */
import type { Answer, Route, SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { hostileText } from '../../../src/simulator/hostile.ts';
import { type Account, accountId } from './account.ts';
import { Collection, type Row } from './collection.ts';
import { missing } from './errors.ts';
import { expand } from './expand.ts';
import { isLive, versionOf } from './keys.ts';
import { kinds } from './kinds.ts';
import { ignored, page, parameters } from './lists.ts';
import type { StripeObject } from './model.ts';
import { isOlder, lineShown, listOf, older, presented, type Shown } from './shapes.ts';

export interface Reading {
  readonly account: Account;
  readonly faults: Faults;
}

export function readingRoutes(reading: Reading): Route[] {
  const { account } = reading;
  const get = (path: string, query: readonly string[], handle: (request: SimulatorRequest) => Shown): Route => ({
    method: 'GET',
    path: `/v1/${path}`,
    kind: 'read',
    query: [...query, 'expand'],
    handle: (request) => reply(reading, request, handle(request)),
  });
  const listed = (row: StripeObject, request: SimulatorRequest) => {
    const shown = presented(row);
    return isOlder(versionOf(request)) ? older(account, shown) : shown;
  };
  const paging = ['limit', 'starting_after', 'ending_before'];
  return [
    ...kinds.flatMap((kind) => {
      const { path, noun } = kind;
      return [
        get(path, [...paging, ...kind.parameters], (request) => {
          const { rows, more } = kind.page(account, request);
          return listOf(
            `/v1/${path}`,
            rows.map((row) => listed(row, request)),
            more,
          );
        }),
        get(`${path}/{id}`, [], (request) => {
          parameters(request, ['expand']);
          const { id = '' } = request.params;
          const row = kind.find(account, id);
          if (row !== undefined) return listed(row, request);
          // Of what is deleted, customers, products and prices leave a stub behind.
          if (account.deleted.get(id) !== noun || noun === 'invoice') throw missing(noun, id);
          return { id, object: noun, deleted: true };
        }),
      ];
    }),
    get('invoices/{id}/lines', paging, (request) => {
      const invoice = account.invoices.get(request.params.id ?? '');
      if (invoice === undefined) throw missing('invoice', request.params.id ?? '');
      const lines = inOrder(invoice.lines.map((line, place) => ({ ...line, created: -place })));
      const found = page(account, request, 'line_item', lines, {});
      return listOf(
        `/v1/invoices/${invoice.id}/lines`,
        found.rows.map(({ created: _, ...line }) => lineShown(line, invoice.id, invoice.subscription)),
        found.more,
      );
    }),
    get('subscription_items', [...paging, 'subscription'], (request) => {
      const id = request.query.get('subscription') ?? '';
      const subscription = account.subscriptions.get(id);
      if (subscription === undefined) throw missing('subscription', id, 'subscription', 400);
      const found = page(account, request, 'subscription_item', inOrder(subscription.items), { subscription: ignored });
      return listOf(
        '/v1/subscription_items',
        found.rows.map((item) => presented(item)),
        found.more,
      );
    }),
    get('account', [], () => ({
      id: accountId,
      object: 'account',
      country: 'GB',
      default_currency: 'gbp',
      settings: { dashboard: { display_name: 'Acme IT', timezone: 'Europe/London' } },
    })),
  ];
}

function inOrder<R extends Row>(rows: readonly R[]): Collection<R> {
  const collection = new Collection<R>();
  for (const row of rows) collection.add(row);
  return collection;
}

function reply(reading: Reading, request: SimulatorRequest, shown: Shown): Answer {
  const paths = [...request.query].filter(([key]) => /^expand(\[|$)/.test(key)).map(([, path]) => path.split('.'));
  const body = paths.reduce((before, path) => expand(reading.account, before, path), shown);
  const live = isLive(request) !== reading.faults.isOn('mixed-modes');
  return {
    status: 200,
    headers: { 'stripe-version': versionOf(request), 'request-id': 'req_SimRequest0001' },
    body: dressed(body, live, reading.faults.isOn('hostile-text')),
  };
}

const withoutMode = new Set(['refund', 'subscription_item', 'list', 'account']);
const texts = new Set(['name', 'customer_name', 'nickname', 'description']);

/** The last touch, on all objects within: the mode of the key, and, for those who want to see it, hostile names. */
function dressed(value: unknown, live: boolean, hostile: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => dressed(each, live, hostile));
  if (typeof value !== 'object' || value === null) return value;
  const row = value as Shown;
  const entries = Object.entries(row).map(([name, each]) => [
    name,
    hostile && texts.has(name) && typeof each === 'string'
      ? hostileText(each, each.length)
      : dressed(each, live, hostile),
  ]);
  const marked = typeof row.object === 'string' && row.deleted !== true && !withoutMode.has(row.object);
  return { ...Object.fromEntries(entries), ...(marked ? { livemode: live } : {}) };
}
