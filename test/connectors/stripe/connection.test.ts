/** Every row of Stripe's failure table, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterEach, describe, expect, test } from 'vitest';
import { expectFailure, type FailureRow } from '../failure-table.ts';
import { type StripeHouse, stripeHouse } from './house.ts';

let at: StripeHouse;
afterEach(async () => {
  await at?.[Symbol.asyncDispose]();
});

const rows: FailureRow[] = [
  { fault: 'wrong-key', check: 'key', cause: /does not know this key/, fix: /Copy the key again/ },
  {
    fault: null,
    credentials: { apiKey: 'sk_test_AnotherAccounts' },
    check: 'key',
    cause: /rolled or deleted/,
    fix: /create a new one/,
  },
  { fault: 'key-expired', check: 'key', cause: /has expired/, fix: /Create or roll/ },
  { fault: 'publishable-key', check: 'key', cause: /publishable/, fix: /restricted key/ },
  { fault: 'key-lost', check: 'key', cause: /did not reach Stripe/, fix: /proxy/ },
  { fault: 'address-restricted', check: 'key', cause: /IP addresses/, fix: /Manage IP restrictions/ },
  { fault: 'app-key', check: 'customers', cause: /belongs to an app/, fix: /of your own/ },
  { fault: 'account-withdrawn', check: 'customers', cause: /connected account/, fix: /leave it empty/ },
  {
    fault: null,
    credentials: { accountId: 'acct_Unknown0001' },
    check: 'invoices',
    cause: /connected account/,
    fix: /Check Connected account/,
  },
  {
    fault: 'missing-permission-customers',
    check: 'customers',
    cause: /may not read customers/,
    fix: /rak_customer_read to Read/,
  },
  {
    fault: 'missing-permission-customers',
    check: 'companies',
    cause: /may not read customers/,
    fix: /rak_customer_read to Read/,
  },
  { fault: 'missing-permission-products', check: 'products', cause: /products/, fix: /rak_product_read/ },
  { fault: 'missing-permission-prices', check: 'prices', cause: /prices/, fix: /rak_plan_read/ },
  {
    fault: 'missing-permission-subscriptions',
    check: 'subscriptions',
    cause: /subscriptions/,
    fix: /rak_subscription_read/,
  },
  { fault: 'missing-permission-invoices', check: 'invoices', cause: /invoices/, fix: /rak_invoice_read/ },
  {
    fault: 'missing-permission-invoices',
    check: 'invoice-payments',
    status: 'untested',
    ok: false,
    cause: /without their invoice/,
    fix: /rak_invoice_read/,
  },
  { fault: 'missing-permission-charges', check: 'payments', cause: /charges/, fix: /rak_charge_read/ },
  { fault: 'missing-permission-charges', check: 'refunds', cause: /refunds/, fix: /rak_charge_read/ },
  {
    fault: 'missing-permission-events',
    check: 'events',
    status: 'untested',
    cause: /read and compared instead/,
    fix: /rak_event_read/,
  },
  {
    fault: 'closed-to-restricted-keys',
    check: 'refunds',
    cause: /from every restricted key/,
    fix: /leave charges and refunds out/,
  },
  { fault: null, check: 'account', status: 'untested', cause: /most restricted keys/, fix: /Nothing to do/ },
  { fault: 'wrong-path', check: 'key', cause: /knows no \/v1\/customers/, fix: /API address/ },
  { fault: 'version-refused', check: 'key', cause: /did not accept a request/, fix: /Report it/ },
  { fault: 'parameter-refused', check: 'key', cause: /parameter_unknown/, fix: /Report it/ },
  { fault: 'mixed-modes', check: 'key', cause: /test mode key.* live mode data/, fix: /live mode key/ },
  { fault: 'blocked-address', check: 'key', cause: /firewall or proxy/, fix: /address is allowed/ },
  { fault: 'server-error', check: 'key', cause: /failed while answering/, fix: /status page/ },
  { fault: 'gateway-html', check: 'key', cause: /gateway/i, fix: /tried again/ },
  { fault: 'truncated-body', check: 'key', cause: /broke off/, fix: /./ },
  { fault: null, credentials: { baseUrl: 'http://127.0.0.1:19' }, check: 'key', cause: /127\.0\.0\.1/, fix: /./ },
];

test.each(rows)('$fault $credentials: $check', async (row) => {
  at = await stripeHouse({ fault: row.fault, scale: 100 });
  await expectFailure(at.house, row);
});

describe('the mode', () => {
  test.each([
    ['rk_test_SimRestricted0001', /^Test mode/],
    ['rk_live_SimRestricted0001', /^Live mode: real customers and money$/],
  ])('of %s is shown', async (apiKey, detail) => {
    at = await stripeHouse({ scale: 100 });
    const { checks, ok } = await at.house.engine.test({
      id: 'stripe',
      credentials: { ...at.house.sim.credentials, apiKey },
    });
    expect(ok).toBe(true);
    expect(checks.find(({ id }) => id === 'mode')?.detail).toMatch(detail);
  });

  test('of the data must be the one of the key: nothing of the other is taken', async () => {
    at = await stripeHouse({ scale: 100 });
    await at.house.control('fault', { name: 'mixed-modes' });
    expect(await at.sync()).toMatchObject({
      failure: { cause: expect.stringMatching(/live mode data/) },
    });
    expect(await at.records('customers')).toEqual([]);
  });
});

test('a secret key is told its account, and one list is asked for each type', async () => {
  at = await stripeHouse({ scale: 100 });
  const credentials = { ...at.house.sim.credentials, apiKey: 'sk_test_SimSecret0001' };
  const { checks } = await at.house.engine.test({ id: 'stripe', credentials });
  expect(checks.find(({ id }) => id === 'account')?.detail).toBe('Acme IT (acct_1SimAcmeIt00)');
  const asked = await at.requests();
  expect(Object.values(asked).every((count) => count === 1)).toBe(true);
  expect(Object.keys(asked)).toHaveLength(10);
});

test.each(['rate-limit', 'lock-timeout'])('%s is waited for, some seconds at a time', async (fault) => {
  at = await stripeHouse({ scale: 100, fault });
  expect((await at.house.engine.test({ id: 'stripe' })).ok).toBe(true);
  expect(at.house.clock.slept).toBeGreaterThan(2000);
  expect(at.house.clock.slept).toBeLessThan(15_000);
});

test.each([
  ['https://evil.example', false],
  ['http://api.stripe.com', false],
  ['https://api.stripe.com.evil.example', false],
  ['https://api.stripe.com/v1/', true],
  ['http://127.0.0.1:4242', true],
])('the key is sent to Stripe or to a simulator on this machine, not to %s', async (baseUrl, taken) => {
  at = await stripeHouse({ scale: 100 });
  const connecting = at.house.engine.connect({
    id: 'stripe',
    credentials: { apiKey: 'rk_test_SimRestricted0001', baseUrl },
  });
  if (taken) await connecting;
  else await expect(connecting).rejects.toThrow(/The address is https:\/\/api\.stripe\.com/);
});
