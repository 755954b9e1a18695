/** Stripe's own Node SDK, unmodified, against the simulator: what it reads, follows and throws judges us. */
import Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import definition from '../../../connectors/stripe/simulator.ts';
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

const keys = {
  secret: 'sk_test_SimSecret0001',
  restricted: 'rk_test_SimRestricted0001',
  live: 'sk_live_SimSecret0001',
};
/** More than there is. */
const everything = { limit: 10_000 };
let simulator: RunningSimulator;

beforeEach(async () => {
  simulator = await definition.start({ scale: 2000, strict: true });
});
afterEach(() => simulator.close());

function sdk(key = keys.secret): Stripe {
  const { hostname, port } = new URL(simulator.url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

const control = (path: string, body: unknown) =>
  fetch(`${simulator.url}/__sim/${path}`, { method: 'POST', body: JSON.stringify(body) });

async function caught(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  return promise.then(
    () => expect.unreachable('it went through'),
    (error: unknown) => error as Stripe.errors.StripeError,
  );
}

test('walks every list to its end by itself, and finds what the totals tell', async () => {
  const stripe = sdk();
  const all = async <T extends { id: string }>(list: Stripe.ApiListPromise<T>) =>
    new Set((await list.autoPagingToArray(everything)).map(({ id }) => id)).size;
  const limit = 100;
  const drafts = await all(stripe.invoices.list({ status: 'draft', limit }));
  expect(drafts).toBeGreaterThan(0);
  expect({
    customers: await all(stripe.customers.list({ limit })),
    products: await all(stripe.products.list()),
    prices: await all(stripe.prices.list({ limit: 7 })),
    subscriptions: await all(stripe.subscriptions.list({ status: 'all', limit })),
    invoices: (await all(stripe.invoices.list({ limit }))) - drafts,
    payments: await all(stripe.charges.list({ limit })),
    refunds: await all(stripe.refunds.list()),
  }).toEqual({ ...simulator.totals(), companies: undefined });
});

test('pages go both ways', async () => {
  const stripe = sdk();
  const { data: first } = await stripe.invoices.list({ limit: 5 });
  const { data: second } = await stripe.invoices.list({ limit: 5, starting_after: first.at(-1)!.id });
  const back = await stripe.invoices.list({ limit: 5, ending_before: second[0]!.id });
  expect(back.data.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(first[0]!.created).toBeGreaterThanOrEqual(second.at(-1)!.created);
});

test('canceled subscriptions are there only when asked for', async () => {
  const stripe = sdk();
  const byDefault = await stripe.subscriptions.list({ limit: 100 });
  const ended = await stripe.subscriptions.list({ status: 'ended', limit: 100 });
  expect(byDefault.data.map(({ status }) => status)).not.toContain('canceled');
  expect(ended.data.length).toBeGreaterThan(0);
  const [subscription] = byDefault.data;
  expect(subscription?.items.data[0]?.current_period_end).toBeGreaterThan(0);
  expect(subscription).not.toHaveProperty('current_period_end');
});

test('more than ten lines and items are lists of their own', async () => {
  const stripe = sdk();
  const list = stripe.subscriptions.list({ status: 'all', limit: 100 });
  const subscriptions = await list.autoPagingToArray(everything);
  const large = subscriptions.find(({ items }) => items.has_more)!;
  expect(large.items.data).toHaveLength(10);
  const items = stripe.subscriptionItems.list({ subscription: large.id, limit: 5 });
  expect(await items.autoPagingToArray(everything)).toHaveLength(12);
  const lines = stripe.invoices.listLineItems(String(large.latest_invoice), { limit: 5 });
  expect(await lines.autoPagingToArray(everything)).toHaveLength(12);
});

test('expands references, hidden lists and deleted customers, four levels deep', async () => {
  const stripe = sdk();
  const invoices = await stripe.invoices.list({ status: 'paid', limit: 1, expand: ['data.customer', 'data.payments'] });
  const [paid] = invoices.data;
  expect((paid!.customer as Stripe.Customer).object).toBe('customer');
  expect(paid?.payments?.data[0]?.status).toBe('paid');
  const { data } = await stripe.refunds.list({ limit: 1, expand: ['data.charge.customer'] });
  expect(((data[0]!.charge as Stripe.Charge).customer as Stripe.Customer).id).toMatch(/^cus_/);
  const tooDeep = stripe.subscriptions.list({ expand: ['data.items.data.price.product'] });
  expect(await caught(tooDeep)).toMatchObject({ statusCode: 400, message: expect.stringMatching(/4 levels/) });
});

test('a deleted customer is a stub, and its event says so; other ids are unknown', async () => {
  const stripe = sdk();
  await control('delete', { type: 'customers', count: 1 });
  const [event] = (await stripe.events.list({ type: 'customer.deleted' })).data;
  const gone = (event!.data.object as Stripe.Customer).id;
  expect(await stripe.customers.retrieve(gone)).toMatchObject({ id: gone, object: 'customer', deleted: true });
  const error = await caught(stripe.customers.retrieve('cus_never'));
  expect(error).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'id' });
});

test('events show objects as an older version had them; asking again shows them in ours', async () => {
  const stripe = sdk();
  await control('change', { type: 'subscriptions', count: 1 });
  const [event] = (await stripe.events.list({ types: ['customer.subscription.updated'] })).data;
  expect(event?.api_version).toBe('2024-06-20');
  const told = event!.data.object as Stripe.Subscription;
  expect(told).toHaveProperty('current_period_end');
  expect(await stripe.subscriptions.retrieve(told.id)).not.toHaveProperty('current_period_end');
  expect(await stripe.subscriptions.retrieve(told.id, {}, { apiVersion: '2024-06-20' })).toHaveProperty(
    'current_period_end',
  );
});

test('the invoice of a payment is found through the payments of invoices only', async () => {
  const stripe = sdk();
  const [paid] = (await stripe.invoices.list({ status: 'paid', limit: 1 })).data;
  const { data } = await stripe.invoicePayments.list({ invoice: paid!.id });
  const intent = data[0]?.payment.payment_intent as string;
  const back = await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent } });
  expect(back.data[0]?.invoice).toBe(paid?.id);
  const [charge] = (await stripe.charges.list({ payment_intent: intent })).data;
  expect(charge).not.toHaveProperty('invoice');
});

test('keys tell the mode, and the SDK knows every refusal for what it is', async () => {
  const first = async (key: string) => (await sdk(key).customers.list({ limit: 1 })).data[0]?.livemode;
  expect([await first(keys.secret), await first(keys.live)]).toEqual([false, true]);
  expect(await caught(sdk('sk_test_unknown').customers.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  expect(await caught(sdk('pk_test_unknown').customers.list())).toMatchObject({ code: 'secret_key_required' });
  // A restricted key reads the data, but not the account it belongs to.
  expect(await caught(sdk(keys.restricted).accounts.retrieveCurrent())).toBeInstanceOf(
    Stripe.errors.StripePermissionError,
  );
  await control('fault', { name: 'missing-permission-prices' });
  const { message } = await caught(sdk(keys.restricted).prices.list());
  expect(message).toContain('rak_plan_read');
  await control('fault', { name: 'rate-limit', count: 1 });
  expect(await caught(sdk().prices.list())).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
});

test.each([
  [{ limit: 500 }, 'parameter_invalid_integer'],
  [{ updated: { gte: 5 } }, 'parameter_unknown'],
  [{ created: { since: 5 } }, 'parameter_unknown'],
  [{ starting_after: 'cus_never' }, 'resource_missing'],
])('%j is refused', async (parameters, code) => {
  expect(await caught(sdk().customers.list(parameters as Stripe.CustomerListParams))).toMatchObject({
    statusCode: 400,
    code,
  });
});
