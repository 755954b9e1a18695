/** Fields, held against the type definitions of Stripe's own SDK: what the simulator shows, and what the connector looks for. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as rows from '../../../connectors/stripe/rows.ts';
import definition from '../../../connectors/stripe/simulator.ts';
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

const resources = join(dirname(createRequire(import.meta.url).resolve('stripe')), '../esm/resources');

/** The members of an interface, and whether they may be left out. */
function fieldsOf(file: string, name: string): ReadonlyMap<string, boolean> {
  const source = readFileSync(join(resources, `${file}.d.ts`), 'utf8');
  const body = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, 'ms').exec(source)?.[1] ?? '';
  return new Map(body.matchAll(/^ {4}(\w+)(\??):/gm).map(([, field = '', optional]) => [field, optional === '?']));
}

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await definition.start({ scale: 400 });
});
afterAll(() => simulator.close());

async function first(path: string): Promise<Record<string, unknown>> {
  const headers = { authorization: 'Bearer sk_test_SimSecret0001', 'stripe-version': '2026-10-28.endive' };
  const response = await fetch(`${simulator.url}/v1/${path}`, { headers });
  const { data } = (await response.json()) as { data: Record<string, unknown>[] };
  return data[0] ?? {};
}

const inFirst = async (path: string, list: string) =>
  ((await first(path))[list] as { data: Record<string, unknown>[] }).data[0] ?? {};

test.each([
  ['Customers', 'Customer', () => first('customers')],
  ['Products', 'Product', () => first('products')],
  ['Prices', 'Price', () => first('prices')],
  ['Subscriptions', 'Subscription', () => first('subscriptions')],
  ['SubscriptionItems', 'SubscriptionItem', () => inFirst('subscriptions', 'items')],
  ['Invoices', 'Invoice', () => first('invoices')],
  ['InvoiceLineItems', 'InvoiceLineItem', () => inFirst('invoices', 'lines')],
  ['InvoicePayments', 'InvoicePayment', () => first('invoice_payments')],
  ['Charges', 'Charge', () => first('charges')],
  ['PaymentIntents', 'PaymentIntent', () => first('payment_intents')],
  ['Refunds', 'Refund', () => first('refunds')],
  ['Events', 'EventBase', () => first('events')],
])('the simulator shows of %s what there is, and nothing else', async (file, name, read) => {
  const documented = fieldsOf(file, name);
  expect(documented.size).toBeGreaterThan(5);
  const shown = Object.keys(await read());
  expect(shown.filter((field) => !documented.has(field))).toEqual([]);
  const required = [...documented].filter(([, optional]) => !optional).map(([field]) => field);
  expect(required.filter((field) => !shown.includes(field))).toEqual([]);
});

test.each([
  ['Customers', 'Customer', rows.customerRow],
  ['Products', 'Product', rows.productRow],
  ['Prices', 'Price', rows.priceRow],
  ['Subscriptions', 'Subscription', rows.subscriptionRow],
  ['SubscriptionItems', 'SubscriptionItem', rows.subscriptionItemRow],
  ['Invoices', 'Invoice', rows.invoiceRow],
  ['InvoicePayments', 'InvoicePayment', rows.invoicePaymentRow],
  ['Charges', 'Charge', rows.chargeRow],
  ['Refunds', 'Refund', rows.refundRow],
  ['Events', 'EventBase', rows.eventRow],
])('the connector looks at nothing that %s do not have', (file, name, row) => {
  const documented = fieldsOf(file, name);
  expect(Object.keys(row.shape).filter((field) => !documented.has(field))).toEqual([]);
});
