import { describe, expect, test } from 'vitest';
import { decimalOf } from '../../../connectors/stripe/currency.ts';
import { apiKey } from '../../../connectors/stripe/key.ts';
import {
  type Context,
  type Raw,
  toCompanyLink,
  toCustomer,
  toInvoice,
  toPayment,
  toPrice,
  toProduct,
  toRefund,
  toSubscription,
} from '../../../connectors/stripe/mapping.ts';

const context: Context = {
  changedAt: null,
  includeDrafts: false,
  productName: (id) => ({ prod_seat: 'Managed seat', prod_backup: 'Backup' })[id],
  invoiceOf: () => undefined,
};
/** The record of an object, as the map makes it. */
const record = (map: (raw: Raw, context: Context) => unknown, raw: Raw, more: Partial<Context> = {}) =>
  (map(raw, { ...context, ...more }) as { record: Record<string, unknown> }).record;

describe('amounts', () => {
  test.each([
    [64_800, 'gbp', 648],
    [-2500, 'eur', -25],
    [5, 'usd', 0.05],
    [1050, 'jpy', 1050],
    [1050, 'KRW', 1050],
    [1050, 'kwd', 1.05],
    // Two digits against ISO 4217: the last two are 00.
    [150_000, 'isk', 1500],
    [500, 'ugx', 5],
    // Whole units only in payouts.
    [150_050, 'huf', 1500.5],
    [150_050, 'twd', 1500.5],
    // What a division by 100 would not hit exactly.
    [1_234_567_890_123, 'usd', 12_345_678_901.23],
    ['0.5', 'usd', 0.005],
    ['4500', 'jpy', 4500],
    [null, 'usd', null],
    ['', 'usd', null],
  ])('%s of %s is %s', (minor, currency, decimal) => {
    expect(decimalOf(minor, currency)).toBe(decimal);
  });
});

describe('keys', () => {
  test.each(['rk_live_51Abc', 'sk_test_FAKEKEY000', '  rk_test_FAKEKEY000 '])('%s is taken', (key) => {
    expect(apiKey.parse(key)).toBe(key.trim());
  });
  test.each([
    ['pk_live_51Abc', /publishable/],
    ['whsec_abc', /webhook/],
    ['ek_test_abc', /short-lived/],
    ['sk_org_live_abc', /organisation/],
    ['rk_live_', /begins with/],
    ['hello', /begins with/],
  ])('%s is refused by name', (key, message) => {
    expect(apiKey.safeParse(key).error?.issues[0]?.message).toMatch(message);
  });
});

const customer: Raw = {
  id: 'cus_1',
  object: 'customer',
  name: ' Larkfield Dental ',
  email: 'Accounts@Larkfield.example',
  balance: -2500,
  currency: 'gbp',
  delinquent: false,
  created: 1_767_261_600,
  livemode: false,
  address: { line1: '1 Mill Lane', line2: null, city: 'Ely', state: null, postal_code: 'CB7 0AA', country: 'GB' },
};

describe('customers', () => {
  test('are told whole', () => {
    expect(toCustomer(customer, { ...context, changedAt: 1_767_261_700 })).toEqual({
      kind: 'record',
      externalId: 'cus_1',
      modifiedAt: '2026-01-01T10:01:40.000Z',
      record: {
        companyExternalId: 'cus_1',
        name: 'Larkfield Dental',
        email: 'Accounts@Larkfield.example',
        phone: null,
        description: null,
        address: '1 Mill Lane',
        city: 'Ely',
        state: null,
        postalCode: 'CB7 0AA',
        country: 'GB',
        currency: 'GBP',
        balance: -25,
        balanceMinor: -2500,
        isDelinquent: false,
        taxExempt: null,
        isLive: false,
        createdAt: '2026-01-01T10:00:00.000Z',
        updatedAt: '2026-01-01T10:01:40.000Z',
      },
    });
  });

  test('a full read does not say when they changed, and leaves what is known', () => {
    expect(record(toCustomer, customer)).not.toHaveProperty('updatedAt');
  });

  test.each([
    [{ name: null, business_name: 'Larkfield Ltd' }, 'Larkfield Ltd'],
    [{ name: '', description: 'The dentist' }, 'The dentist'],
    [{ name: null }, 'Accounts@Larkfield.example'],
    [{ name: null, email: null }, 'cus_1'],
  ])('%j is called %s', (change, name) => {
    expect(record(toCustomer, { ...customer, ...change })).toMatchObject({ name });
  });

  test.each([
    ['accounts@larkfield.example', 'larkfield.example'],
    ['Ada@LARKFIELD.example', 'larkfield.example'],
    ['ada@gmail.com', null],
    ['ada@hotmail.co.uk', null],
    ['not an address', null],
    [null, null],
  ])('with the address %s are tied to companies by the domain %s', (email, website) => {
    expect(record(toCompanyLink, { ...customer, email })).toEqual({ name: 'Larkfield Dental', website });
  });

  test('what is deleted comes as a stub, and is gone', () => {
    const stub = { id: 'cus_2', object: 'customer', deleted: true };
    expect(toCustomer(stub, { ...context, changedAt: 1_767_261_600 })).toEqual({
      kind: 'gone',
      externalId: 'cus_2',
      modifiedAt: '2026-01-01T10:00:00.000Z',
    });
    expect(toProduct(stub, context)).toMatchObject({ kind: 'gone' });
  });
});

const price = (change: object = {}) => ({
  id: 'price_1',
  product: 'prod_seat',
  nickname: 'Seat, monthly',
  active: true,
  type: 'recurring',
  billing_scheme: 'per_unit',
  currency: 'gbp',
  unit_amount: 4500,
  unit_amount_decimal: '4500',
  recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
  ...change,
});

test.each([
  [{}, { unitAmount: 45, unitAmountMinor: 4500, interval: 'month', currency: 'GBP' }],
  [
    { unit_amount: null, unit_amount_decimal: '0.05' },
    { unitAmount: 0.0005, unitAmountMinor: null },
  ],
  [
    { billing_scheme: 'tiered', unit_amount: null, unit_amount_decimal: null },
    { unitAmount: null, unitAmountMinor: null, billingScheme: 'tiered' },
  ],
  [
    { type: 'one_time', recurring: null },
    { interval: null, intervalCount: null, usageType: null },
  ],
  [{ product: { id: 'prod_9', object: 'product', deleted: true } }, { productExternalId: 'prod_9' }],
])('a price with %j', (change, told) => {
  expect(record(toPrice, price(change))).toMatchObject(told);
});

const item = (change: object, priceChange: object = {}) => ({
  id: 'si_1',
  quantity: 12,
  current_period_start: 1_785_578_400,
  current_period_end: 1_788_256_800,
  price: price(priceChange),
  ...change,
});
const subscription = (items: readonly object[], change: object = {}): Raw => ({
  id: 'sub_1',
  customer: 'cus_1',
  status: 'active',
  currency: 'gbp',
  items: { object: 'list', data: items, has_more: false },
  created: 1_767_261_600,
  start_date: 1_767_261_600,
  cancel_at_period_end: false,
  collection_method: 'send_invoice',
  latest_invoice: { id: 'in_1', object: 'invoice' },
  livemode: true,
  ...change,
});

describe('subscriptions', () => {
  test('have their period on the items, the one that renews first', () => {
    const later = item({ current_period_end: 1_790_000_000 }, { product: 'prod_backup', unit_amount: 3200 });
    expect(record(toSubscription, subscription([later, item({})]))).toMatchObject({
      companyExternalId: 'cus_1',
      customerExternalId: 'cus_1',
      planName: 'Backup, Managed seat',
      quantity: 24,
      amountMinor: 92_400,
      amount: 924,
      interval: 'month',
      monthlyAmount: 924,
      currentPeriodStart: '2026-08-01T10:00:00.000Z',
      currentPeriodEnd: '2026-09-01T10:00:00.000Z',
      latestInvoiceExternalId: 'in_1',
      isLive: true,
      isActive: true,
      endsAt: null,
    });
  });

  const yearly = { interval: 'year', interval_count: 1, usage_type: 'licensed' };
  const weekly = { interval: 'week', interval_count: 2, usage_type: 'licensed' };
  test.each([
    ['a year', [item({}, { recurring: yearly })], {}, { amount: 540, interval: 'year', monthlyAmount: 45 }],
    ['two weeks', [item({}, { recurring: weekly })], {}, { amount: 540, intervalCount: 2, monthlyAmount: 1170 }],
    ['yen', [item({})], { currency: 'jpy' }, { amount: 54_000, monthlyAmount: 54_000 }],
    [
      'packs of ten, begun ones too',
      [item({}, { transform_quantity: { divide_by: 10, round: 'up' } })],
      {},
      { amount: 90 },
    ],
    [
      'half a penny each',
      [item({ quantity: 1001 }, { unit_amount: null, unit_amount_decimal: '0.5' })],
      {},
      { amount: 5.01 },
    ],
    [
      'by use',
      [item({ quantity: undefined }, { recurring: { ...yearly, usage_type: 'metered' } })],
      {},
      { amount: null, monthlyAmount: null, quantity: null },
    ],
    [
      'in tiers',
      [item({}, { billing_scheme: 'tiered', unit_amount: null })],
      {},
      { amount: null, monthlyAmount: null },
    ],
    [
      'lines of different length',
      [item({}), item({ quantity: 1 }, { recurring: yearly, unit_amount: 12_000 })],
      {},
      { amount: null, interval: null, monthlyAmount: 550 },
    ],
    [
      'canceled',
      [item({})],
      { status: 'canceled', ended_at: 1_785_578_400 },
      { isActive: false, monthlyAmount: 0, amount: 540 },
    ],
    ['on trial', [item({})], { status: 'trialing' }, { isActive: true, monthlyAmount: 0 }],
    ['late', [item({})], { status: 'past_due' }, { isActive: true, monthlyAmount: 540 }],
    [
      'paused',
      [item({})],
      { pause_collection: { behavior: 'void' } },
      { isPaused: true, isActive: true, monthlyAmount: 0 },
    ],
    ['of a status that came later', [item({})], { status: 'dormant' }, { status: 'dormant', isActive: false }],
    ['to end with its period', [item({})], { cancel_at_period_end: true }, { endsAt: '2026-09-01T10:00:00.000Z' }],
    ['unknown product', [item({}, { product: 'prod_9' })], {}, { planName: 'Seat, monthly' }],
  ])('%s', (_, items, change, told) => {
    expect(record(toSubscription, subscription(items, change))).toMatchObject(told);
  });
});

const invoice: Raw = {
  id: 'in_1',
  number: 'FAKE1-0003',
  status: 'open',
  customer: 'cus_1',
  customer_name: 'Larkfield Dental',
  currency: 'gbp',
  total: 64_800,
  total_taxes: [{ amount: 10_000 }, { amount: 800 }],
  amount_due: 64_800,
  amount_paid: 14_800,
  amount_remaining: 50_000,
  due_date: 1_786_788_060,
  created: 1_785_578_460,
  status_transitions: { finalized_at: 1_785_582_060, paid_at: null, voided_at: null },
  parent: { type: 'subscription_details', subscription_details: { subscription: 'sub_1', metadata: {} } },
  hosted_invoice_url: 'https://invoice.example/i/secret',
  livemode: true,
};

describe('invoices', () => {
  test('name their subscription through the parent, and their taxes one by one', () => {
    const told = record(toInvoice, invoice);
    expect(told).toMatchObject({
      subscriptionExternalId: 'sub_1',
      number: 'FAKE1-0003',
      isOpen: true,
      total: 648,
      tax: 108,
      taxMinor: 10_800,
      amountDue: 648,
      amountPaid: 148,
      amountRemaining: 500,
      amountRemainingMinor: 50_000,
      dueDate: '2026-08-15T10:01:00.000Z',
      issuedAt: '2026-08-01T11:01:00.000Z',
      paidAt: null,
    });
    expect(JSON.stringify(told)).not.toContain('secret');
  });

  test('what the older versions said is not believed', () => {
    const older = { ...invoice, parent: null, paid: true, subscription: 'sub_9' };
    expect(record(toInvoice, older)).toMatchObject({ isOpen: true, subscriptionExternalId: null });
  });

  test('drafts wait, unless they are wanted', () => {
    const draft = { ...invoice, status: 'draft', number: null };
    expect(toInvoice(draft, context)).toMatchObject({ kind: 'held', reason: 'not-selected' });
    expect(record(toInvoice, draft, { includeDrafts: true })).toMatchObject({ status: 'draft', number: null });
  });

  test('one that is not as documented is held by itself', () => {
    expect(toInvoice({ ...invoice, total: '648.00' }, context)).toMatchObject({
      kind: 'held',
      externalId: 'in_1',
      reason: 'malformed',
      detail: expect.stringContaining('total'),
    });
  });
});

const payment: Raw = {
  id: 'ch_1',
  customer: { id: 'cus_1', object: 'customer' },
  status: 'succeeded',
  currency: 'isk',
  amount: 150_000,
  amount_captured: 150_000,
  amount_refunded: 50_000,
  refunded: false,
  payment_intent: 'pi_1',
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '0000' } },
  created: 1_785_839_999,
  client_secret: 'pi_1_secret_x',
};

test('a payment has its invoice when that could be found out, and says nothing of it when not', () => {
  expect(record(toPayment, payment, { invoiceOf: () => 'in_1' })).toMatchObject({
    customerExternalId: 'cus_1',
    invoiceExternalId: 'in_1',
    amount: 1500,
    amountRefunded: 500,
    method: 'card',
    cardLast4: '0000',
    paidAt: '2026-08-04T10:39:59.000Z',
  });
  expect(record(toPayment, payment, { invoiceOf: () => null })).toMatchObject({ invoiceExternalId: null });
  expect(record(toPayment, payment)).not.toHaveProperty('invoiceExternalId');
  expect(record(toPayment, { ...payment, status: 'failed' })).toMatchObject({ paidAt: null });
});

test.each([
  [
    { charge: 'ch_1', customer: 'cus_1' },
    { paymentExternalId: 'ch_1', companyExternalId: 'cus_1', isLive: null },
  ],
  [
    { charge: { id: 'ch_1', customer: 'cus_2', livemode: true }, customer: null },
    { paymentExternalId: 'ch_1', companyExternalId: 'cus_2', isLive: true },
  ],
  [{ charge: null }, { paymentExternalId: null, companyExternalId: null }],
])('a refund with %j', (change, told) => {
  const refund = { id: 're_1', currency: 'gbp', amount: 4500, status: null, reason: 'a new one', ...change };
  expect(record(toRefund, refund)).toMatchObject({ ...told, amount: 45, status: null, reason: 'a new one' });
});
