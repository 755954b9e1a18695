/** The connector by itself, page by page: what goes over the wire, and where reading goes on after a cut. */
import { afterEach, expect, test } from 'vitest';
import connector from '../../../connectors/stripe/index.ts';
import type { Clock } from '../../../src/connector/clock.ts';
import type { Page, ReadRequest } from '../../../src/connector/contract.ts';
import type { Credentials } from '../../../src/connector/manifest.ts';
import { openConnector } from '../../../src/connector/open.ts';
import { Runtime } from '../../../src/connector/runtime.ts';
import { createRedactor } from '../../../src/text/redact.ts';
import { json, TestClock, vendor } from '../../connector/support.ts';
import { type StripeHouse, stripeHouse } from './house.ts';

let at: StripeHouse | null = null;
afterEach(async () => {
  await at?.[Symbol.asyncDispose]();
  at = null;
});

const { signal } = new AbortController();

/** Pages as they are asked for; unless told otherwise, with a clock that does not move. */
function connection(credentials: Credentials, clock: Clock = new TestClock()) {
  const { connection } = openConnector(connector, {
    credentials,
    options: {},
    runtime: new Runtime({ clock }),
    // Else 25 a second, in seconds that pass.
    budgets: { api: { intervalCap: 10_000 } },
    redactor: createRedactor(),
    userAgent: 'msportal/test',
    signal,
    env: {},
  });
  const pages = (request: Partial<ReadRequest>): AsyncIterator<Page> =>
    connection
      .read({ type: 'prices', mode: 'full', since: null, position: null, signal, ...request })
      [Symbol.asyncIterator]();
  const page = async (request: Partial<ReadRequest>): Promise<Page> => (await pages(request).next()).value;
  return { ...connection, pages, page };
}

/** A vendor that has one object in each list, and remembers what it was asked. */
async function oneOfEach(more: Credentials = {}) {
  const { url, seen } = await vendor((_, response) => {
    const object = { id: 'x_1', object: 'thing', currency: 'gbp', status: 'active', items: { data: [] }, total: 1 };
    return json(response, { object: 'list', url: '/v1/things', has_more: false, data: [object] });
  });
  const { page } = connection({ apiKey: 'rk_test_FAKEKEY000', baseUrl: url, ...more });
  const asked = async (request: Partial<ReadRequest>) => {
    seen.length = 0;
    await page(request);
    return seen.map((each) => decodeURIComponent(each.url ?? ''));
  };
  return { asked, seen };
}

test('every request names the version and the key, and the connected account where there is one', async () => {
  const { asked, seen } = await oneOfEach({ accountId: 'acct_FAKE0001' });
  await asked({});
  expect(seen[0]?.headers).toMatchObject({
    authorization: 'Bearer rk_test_FAKEKEY000',
    'stripe-version': '2026-10-28.endive',
    'stripe-account': 'acct_FAKE0001',
  });
  const own = await oneOfEach();
  await own.asked({});
  expect(own.seen[0]?.headers).not.toHaveProperty('stripe-account');
});

test('lists are asked for at the largest page, canceled subscriptions and the charges of refunds with them', async () => {
  const { asked } = await oneOfEach();
  expect(await asked({ type: 'invoices', position: { after: 'in_7' } })).toEqual([
    '/v1/invoices?limit=100&starting_after=in_7',
  ]);
  expect(await asked({ type: 'subscriptions' })).toEqual([
    '/v1/subscriptions?status=all&limit=100',
    '/v1/products?limit=100',
  ]);
  expect(await asked({ type: 'refunds' })).toEqual(['/v1/refunds?limit=100&expand[]=data.charge']);
});

const idsOf = (page: Page | undefined) => page?.items.map(({ externalId }) => externalId) ?? [];

test('the object a page ended with is deleted before the next page: nothing is missed', async () => {
  at = await stripeHouse();
  const pages = connection(at.house.sim.credentials).pages({});
  const first: Page = (await pages.next()).value;
  const cursor = String(first.next?.after);
  expect(idsOf(first).at(-1)).toBe(cursor);
  // All but a few go, and with them the ids that could be gone back to.
  await at.house.control('delete', { type: 'prices', count: 120 });
  const left = await at.house.control<{ externalId: string }[]>('records/prices');
  expect(left.map(({ externalId }) => externalId)).not.toContain(cursor);
  const met = new Set(idsOf(first));
  for (let page = await pages.next(); page.done !== true; page = await pages.next()) {
    for (const id of idsOf(page.value)) met.add(id);
  }
  for (const { externalId } of left) expect(met).toContain(externalId);
});

test('reading changes that is cut goes on after what was stored, and ends where it began, so that nothing since is lost', async () => {
  at = await stripeHouse();
  const { house } = at;
  // A run each, as after a restart.
  const read = (request: Partial<ReadRequest>) =>
    connection(house.sim.credentials).page({ mode: 'changes', ...request });
  const since = await connection(house.sim.credentials).feedPosition!('prices', signal);
  house.clock.pass(20 * 60_000);
  await at.change('prices', 70);
  const first = await read({ since });
  expect(first.items).toHaveLength(50);
  expect(first.feedPosition).toBeUndefined();

  house.clock.pass(20 * 60_000);
  const [late] = await at.change('prices', 1);
  const rest = await read({ since, position: first.next });
  expect(rest.next).toBeNull();
  expect([...idsOf(first), ...idsOf(rest)].length).toBeGreaterThanOrEqual(70);
  const after = await read({ since: rest.feedPosition! });
  expect(idsOf(after)).toContain(late);
  expect(await read({ since: after.feedPosition! })).toMatchObject({ items: [], next: null });
});

test('within one connection, what a pass has read is not taken for what a later one must see', async () => {
  at = await stripeHouse();
  const { control, clock, sim } = at.house;
  const { page, feedPosition } = connection(sim.credentials, clock);
  const phoneOf = ({ items }: Page, id: string) => {
    const item = items.find(({ externalId }) => externalId === id);
    return item?.kind === 'record' && 'phone' in item.record ? item.record.phone : undefined;
  };
  const since = await feedPosition!('customers', signal);
  const count = sim.totals().customers;
  const changed = async () => (await control<{ changed: string[] }>('change', { type: 'customers', count })).changed;
  const [id = ''] = await changed();
  await page({ type: 'companies', mode: 'changes', since });
  const before = phoneOf(await page({ type: 'customers', mode: 'changes', since }), id);
  clock.pass(5000);
  await changed();
  const later = await feedPosition!('customers', signal);
  const after = phoneOf(await page({ type: 'customers', mode: 'changes', since: later }), id);
  expect(after).toMatch(/^\+44/);
  expect(after).not.toBe(before);

  // A payment that comes while the others are read, with all their invoices.
  clock.pass(5000);
  const begun = await feedPosition!('payments', signal);
  await page({ type: 'payments' });
  const { created } = await control<{ created: string[] }>('create', { type: 'payments', count: 1 });
  const news = await page({ type: 'payments', mode: 'changes', since: begun });
  const payment = news.items.find(({ externalId }) => externalId === created[0]);
  expect(payment).toMatchObject({ record: { invoiceExternalId: expect.stringMatching(/^in_/) } });
});
