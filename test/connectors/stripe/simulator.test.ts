/** The simulator as a stranger sees it; what the vendor's own SDK sees is in sdk.test.ts. */
import { expect, test } from 'vitest';
import definition from '../../../connectors/stripe/simulator.ts';
import { type Json, Simulated } from '../simulated.ts';

const simulator = new Simulated(definition, '2026-11-03T10:00:00Z');
const { run, control } = simulator;

async function get(path: string, headers: Record<string, string> = {}): Promise<{ response: Response; body: Json }> {
  const version = { 'stripe-version': '2026-10-28.endive' };
  const authorization = `Bearer ${simulator.credentials.apiKey}`;
  const response = await fetch(`${simulator.url}/v1/${path}`, { headers: { authorization, ...version, ...headers } });
  return { response, body: await response.json() };
}

test('the same seed gives the same account', async () => {
  await run();
  const first = (await get('invoices?limit=100')).body;
  await simulator.close();
  await run();
  expect((await get('invoices?limit=100')).body).toEqual(first);
  await simulator.close();
  await run({ seed: 2 });
  expect((await get('invoices?limit=100')).body).not.toEqual(first);
});

test('the control surface lists what the totals count', async () => {
  await run();
  for (const [type, count] of Object.entries(simulator.totals())) {
    expect({ type, count: (await control(`records/${type}`)).length }).toEqual({ type, count });
  }
});

test('without a version the account decides: objects come as they were in 2024', async () => {
  await run();
  const { response, body } = await get('invoices?limit=1', { 'stripe-version': '' });
  expect(response.headers.get('stripe-version')).toBe('2024-06-20');
  expect(body.data[0]).toHaveProperty('paid');
  expect(body.data[0]).not.toHaveProperty('parent');
  const pinned = await get('invoices?limit=1');
  expect(pinned.response.headers.get('stripe-version')).toBe('2026-10-28.endive');
  expect(pinned.body.data[0]).not.toHaveProperty('paid');
  expect((await get('invoices', { 'stripe-version': 'newest' })).response.status).toBe(400);
});

test('Basic with the key as the user is as good as Bearer, and no key is refused', async () => {
  await run();
  const basic = `Basic ${Buffer.from(`${simulator.credentials.apiKey}:`).toString('base64')}`;
  expect((await get('customers', { authorization: basic })).response.status).toBe(200);
  const { response, body } = await get('customers', { authorization: '' });
  expect(response.status).toBe(401);
  expect(body.error.message).toMatch(/did not provide an API key/);
});

test('a masked key in the refusal gives nothing away', async () => {
  await run();
  const { body } = await get('customers', { authorization: 'Bearer rk_test_VerySecretIndeed' });
  expect(body.error.message).toBe('Invalid API Key provided: rk_test_****deed');
});

test('25 requests a second, told without a time to wait for', async () => {
  await run({ limit: 25 });
  const answers = await Promise.all(Array.from({ length: 27 }, () => get('refunds?limit=1')));
  const refused = answers.filter(({ response }) => response.status === 429);
  expect(refused).toHaveLength(2);
  expect(refused[0]?.body.error).toMatchObject({ code: 'rate_limit' });
  expect(refused[0]?.response.headers.get('stripe-rate-limited-reason')).toBe('endpoint-rate');
  expect(refused[0]?.response.headers.get('retry-after')).toBeNull();
  simulator.time += 1001;
  expect((await get('refunds?limit=1')).response.status).toBe(200);
});

test('an unknown path and a lone end of a filter are refused', async () => {
  await run();
  const { response, body } = await get('ledger');
  expect([response.status, body.error.message]).toEqual([
    404,
    expect.stringMatching(/^Unrecognized request URL \(GET: /),
  ]);
  const alone = await get('invoice_payments?payment[payment_intent]=pi_1');
  expect(alone.body.error).toMatchObject({ code: 'parameter_missing', param: 'payment[type]' });
});

test('events are newest first, twenty names at most, and gone after 30 days', async () => {
  await run();
  await control('change', { type: 'products', count: 2 });
  simulator.time += 60_000;
  await control('change', { type: 'prices', count: 1 });
  const types = async (query: string) => (await get(`events?${query}`)).body.data.map(({ type }: Json) => type);
  expect(await types('types[]=product.updated&types[]=price.updated')).toEqual([
    'price.updated',
    'product.updated',
    'product.updated',
  ]);
  expect(await types('type=price.*')).toEqual(['price.updated']);
  const many = Array.from({ length: 21 }, (_, index) => `types[]=a.${index}`).join('&');
  expect((await get(`events?${many}`)).response.status).toBe(400);
  simulator.time += 30 * 86_400_000;
  expect(await types('limit=100')).toEqual(['price.updated']);
});

test('strict: a header or parameter that Stripe does not document is refused and counted', async () => {
  await run({ strict: true });
  expect((await get('customers', { 'x-own-idea': '1' })).response.status).toBe(400);
  expect((await control('stats')).undocumented).toEqual(['GET /v1/customers: header "x-own-idea"']);
});

test('amounts are whole numbers of what each currency is counted in', async () => {
  await run({ scale: 2000 });
  const { body } = await get('prices?limit=100');
  const amounts = (currency: string): number[] =>
    body.data.filter((price: Json) => price.currency === currency).map(({ unit_amount }: Json) => unit_amount);
  expect(amounts('isk').every((amount) => amount % 100 === 0)).toBe(true);
  expect(amounts('kwd').every((amount) => amount % 10 === 0)).toBe(true);
  const customers = await get('customers?limit=100');
  const used = new Set(customers.body.data.map(({ currency }: Json) => currency));
  for (const currency of ['jpy', 'isk', 'ugx', 'kwd']) expect(used).toContain(currency);
});
