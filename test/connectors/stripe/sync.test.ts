/** Stripe through the real engine: what comes in, how changes are found, and what that costs. */
import { afterEach, expect, test } from 'vitest';
import { manifest } from '../../../connectors/stripe/index.ts';
import { type StripeHouse, stripeHouse } from './house.ts';

let at: StripeHouse;
afterEach(async () => {
  await at?.[Symbol.asyncDispose]();
});

const minutes = (count: number) => at.house.clock.pass(count * 60_000);
const days = (count: number) => minutes(count * 24 * 60);

test('customers are tied to the companies of the PSA by name or mail domain, and what they pay with them', async () => {
  at = await stripeHouse({ companies: true });
  expect(await at.sync()).toMatchObject({ status: 'succeeded' });
  expect(at.view().records).toEqual(at.house.sim.totals());

  const customers = await at.records('customers');
  const byDomain = customers.find(({ name }) => String(name).startsWith('Accounts ('))!;
  expect(byDomain.companyName).not.toBe(byDomain.name);
  const byName = customers.find(({ email }) => email === null)!;
  expect(byName).toMatchObject({ companyName: byName.name });
  // An agency that pays for somebody fits nobody: it waits, and is a customer all the same.
  const waiting = await at.house.engine.issues({ integration: 'stripe', type: 'companies' });
  expect(waiting.map(({ reason }) => reason)).toEqual(['company-not-imported']);
  const agency = customers.find(({ companyId }) => companyId === null)!;
  expect(agency.externalId).toBe(waiting[0]?.externalId);

  for (const type of ['subscriptions', 'invoices', 'payments', 'refunds'] as const) {
    const rows = await at.records(type, [{ field: 'customerId', op: '=', value: String(byDomain.id) }]);
    if (type !== 'refunds') expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ companyId: byDomain.companyId, companyName: byDomain.companyName });
    }
  }
});

test('records refer to each other: a payment to its invoice, that to its subscription, a refund to its payment', async () => {
  at = await stripeHouse();
  await at.sync();
  const paid = await at.records('payments', [{ field: 'status', op: '=', value: 'succeeded' }]);
  const numbers = new Map((await at.records('invoices')).map(({ id, number }) => [id, number]));
  expect(paid.filter(({ invoiceId }) => invoiceId !== null).length).toBe(paid.length);
  for (const { invoiceId, invoiceNumber } of paid) expect(numbers.get(invoiceId)).toBe(invoiceNumber);
  const monthly = await at.records('invoices', [{ field: 'billingReason', op: '=', value: 'subscription_cycle' }]);
  expect(monthly.every(({ subscriptionId }) => subscriptionId !== null)).toBe(true);
  expect(
    (await at.records('refunds')).every(({ paymentId, companyExternalId }) => paymentId && companyExternalId),
  ).toBe(true);
  const large = (await at.records('subscriptions')).find(({ planName }) => String(planName).split(', ').length === 12);
  expect(large).toMatchObject({ planName: expect.stringContaining('Managed seat') });
});

test('a deleted customer of long ago leaves its paid invoices behind', async () => {
  at = await stripeHouse();
  await at.sync();
  const orphans = await at.records('invoices', [{ field: 'customerId', op: '=', value: null }]);
  expect(orphans.length).toBeGreaterThan(0);
  expect(orphans[0]).toMatchObject({ companyId: null, customerExternalId: expect.stringMatching(/^cus_/) });
});

test('a first import reads each list once, a quiet run makes one request, and a change costs one more', async () => {
  at = await stripeHouse();
  await at.sync();
  const pages = (count: number | undefined) => Math.ceil((count ?? 0) / 100);
  const totals = at.house.sim.totals();
  const first = await at.requests();
  // Once for the customers themselves and once to tie them; products once more for the names of plans.
  expect(first).toMatchObject({
    customers: 2 * pages(totals.customers),
    products: 2,
    prices: pages(totals.prices),
    charges: pages(totals.payments),
    invoice_payments: pages(totals.invoices),
  });

  minutes(5);
  expect(await at.sync()).toMatchObject({ status: 'succeeded' });
  expect(await at.requests()).toEqual({ events: 1 });

  const [id] = await at.change('customers');
  minutes(5);
  await at.sync();
  expect(await at.requests()).toEqual({ events: 1, 'customers/{id}': 1 });
  const [changed] = await at.records('customers', [{ field: 'externalId', op: '=', value: id! }]);
  expect(changed?.phone).toMatch(/^\+44 20 7946 1/);
  expect(changed?.updatedAt).not.toBeNull();

  // The stretch that is read twice holds nothing new: nothing is asked for again.
  minutes(5);
  await at.sync();
  expect(await at.requests()).toEqual({ events: 1 });
});

test('every kind of change is found by its event, and the object is read anew', async () => {
  at = await stripeHouse();
  await at.sync();
  minutes(20);
  const changed = new Map<string, string[]>();
  for (const { type, direction } of manifest.recordTypes) {
    if (direction === 'pull') changed.set(type, await at.change(type, 2));
  }
  const { types, status } = await at.sync();
  expect(status).toBe('succeeded');
  for (const [type, ids] of changed) {
    expect({ type, updated: types[type as keyof typeof types]?.updated }).toEqual({ type, updated: ids.length });
  }
  // As it is now, not as the event had it in an older version.
  const [subscription] = changed.get('subscriptions') ?? [];
  const [record] = await at.records('subscriptions', [{ field: 'externalId', op: '=', value: subscription! }]);
  expect(record).toMatchObject({ description: expect.stringMatching(/rev 2/), currentPeriodEnd: expect.any(String) });
});

test('deletions are found by their events; a canceled subscription stays, canceled', async () => {
  at = await stripeHouse();
  await at.sync();
  const active = (await at.records('subscriptions', [{ field: 'isActive', op: '=', value: true }])).length;
  minutes(20);
  await at.house.control('delete', { type: 'customers', count: 100 });
  await at.house.control('delete', { type: 'prices', count: 3 });
  const { types } = await at.sync();
  expect(types.prices?.gone).toBe(3);
  expect(await at.records('customers')).toEqual([]);
  expect(await at.records('subscriptions', [{ field: 'isActive', op: '=', value: true }])).toEqual([]);
  expect(
    (await at.records('subscriptions', [{ field: 'status', op: '=', value: 'canceled' }])).length,
  ).toBeGreaterThanOrEqual(active);
  expect(at.view().records).toEqual({ ...at.house.sim.totals(), companies: undefined, customers: undefined });
});

test('a deletion that left no event is found by the daily comparison', async () => {
  at = await stripeHouse({ fault: 'silent-deletions' });
  await at.sync();
  minutes(20);
  await at.house.control('delete', { type: 'prices', count: 3 });
  expect((await at.sync()).types.prices?.gone).toBe(0);
  days(1);
  expect((await at.sync()).types.prices?.gone).toBe(3);
});

test('many new objects are read by the list, not one by one', async () => {
  at = await stripeHouse();
  await at.sync();
  await at.requests();
  minutes(20);
  await at.house.control('create', { type: 'payments', count: 60 });
  await at.change('invoices', 1);
  expect(await at.sync()).toMatchObject({ status: 'succeeded' });
  const asked = await at.requests();
  expect(asked).toMatchObject({ invoices: 1, charges: 1 });
  expect(asked['charges/{id}']).toBeUndefined();
  expect(asked['invoices/{id}'] ?? 0).toBeLessThanOrEqual(1);
  expect(at.view().records).toEqual({ ...at.house.sim.totals(), companies: undefined });
  const sort = { field: 'createdAt', descending: true };
  const { records } = await at.house.engine.records({ type: 'payments', integration: 'stripe', sort, limit: 1 });
  expect(records[0]?.invoiceNumber).toMatch(/^SIM/);
});

test('after more than 30 days the events no longer tell everything: all is read', async () => {
  // Without history no daily comparison comes first; nothing refers to prices, so they begin empty.
  at = await stripeHouse({ settings: { types: ['products', 'prices'], initialImport: false } });
  await at.sync();
  expect(await at.records('prices')).toEqual([]);
  await at.change('prices', 2);
  days(28);
  await at.sync();
  expect(await at.records('prices')).toHaveLength(2);

  await at.change('prices', 2);
  days(31);
  const { types, status } = await at.sync();
  expect(status).toBe('succeeded');
  expect(types.prices?.read).toBe(at.house.sim.totals().prices);
  expect(await at.records('prices')).toHaveLength(at.house.sim.totals().prices!);
  // And from there on by events again.
  minutes(5);
  await at.requests();
  await at.sync();
  expect(await at.requests()).toEqual({ events: 1 });
});

test('a key that may not read events: everything is compared, and it says so', async () => {
  at = await stripeHouse({ fault: 'missing-permission-events' });
  expect(await at.sync()).toMatchObject({ status: 'succeeded' });
  minutes(20);
  await at.change('products', 2);
  const { types, status } = await at.sync();
  expect({ status, updated: types.products?.updated, read: types.products?.read }).toEqual({
    status: 'succeeded',
    updated: 2,
    read: at.house.sim.totals().products,
  });
});

test('a record type without permission is told by itself and stops no other', async () => {
  at = await stripeHouse({ fault: 'missing-permission-prices' });
  const { status, failure } = await at.sync();
  expect({ status, fix: failure?.fix }).toEqual({ status: 'failed', fix: expect.stringContaining('rak_plan_read') });
  expect(await at.records('invoices')).toHaveLength(at.house.sim.totals().invoices!);
  expect(await at.house.engine.issues({ integration: 'stripe', reason: 'no-permission' })).toHaveLength(1);
});

test('payments come without their invoice where the key may not read that', async () => {
  at = await stripeHouse({ fault: 'missing-permission-invoices', settings: { types: ['customers', 'payments'] } });
  expect(await at.sync()).toMatchObject({ status: 'succeeded' });
  expect(await at.records('payments')).toHaveLength(at.house.sim.totals().payments!);
  expect((await at.records('payments')).every(({ invoiceExternalId }) => invoiceExternalId === null)).toBe(true);
});

test('drafts wait until they are final, or come at once when they are wanted', async () => {
  at = await stripeHouse();
  await at.sync();
  expect((await at.house.engine.issues({ integration: 'stripe', reason: 'not-selected' })).length).toBeGreaterThan(0);
  expect(await at.records('invoices', [{ field: 'status', op: '=', value: 'draft' }])).toEqual([]);
  await at.house.engine.configure('stripe', { options: { includeDrafts: true } });
  await at.sync();
  const drafts = await at.records('invoices', [{ field: 'status', op: '=', value: 'draft' }]);
  expect(drafts.length).toBeGreaterThan(0);
  expect(drafts.every(({ number }) => number === null)).toBe(true);
});
