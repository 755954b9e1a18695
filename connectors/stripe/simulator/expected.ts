/** What a connection with default options is expected to hold, and edits as people at Stripe's dashboard make them. */
import type { Controlled } from '../../../src/simulator/control.ts';
import { controlledBy, controls, revised } from '../../../src/simulator/kinds.ts';
import { random } from '../../../src/simulator/random.ts';
import type { Account } from './account.ts';
import { addPrice, addProduct, type Catalogue } from './catalogue.ts';
import { addCustomer, addInvoice, addSubscription, charge, finalise, refund } from './making.ts';
import type { Charge, Customer } from './model.ts';

const day = 86_400;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Companies are only tied to customers, and are counted when the PSA's companies of the same world are there. */
export function controlled(account: Account, catalogue: Catalogue): Controlled {
  let made = 0;
  const anyOf = <R>(rows: readonly R[]): R => random(account.world.seed, 'made', made++).pick(rows);
  const someCustomer = (): Customer => anyOf(account.customers.values());
  const line = (customer: Customer) => ({ price: catalogue.price(0, customer.currency ?? 'gbp'), quantity: 5 });
  const period = () => ({ start: account.now(), end: account.now() + 30 * day });
  /** Finalised at once. */
  const newInvoice = (customer: Customer) => {
    const draft = { at: account.now(), subscription: null, reason: 'manual', period: period() };
    const invoice = addInvoice(account, customer, [line(customer)], draft);
    const intent = finalise(account, customer, invoice, account.now());
    return { invoice, intent };
  };
  const cannotBeDeleted = () => [];

  const companies = controls<Customer>({
    rows: () => account.customers.values().filter(({ id }) => account.tied.has(id)),
    expected: (row) => ({ externalId: row.id, name: row.name ?? row.id, updatedAt: null }),
    change: () => {},
    remove: () => {},
    create: someCustomer,
  });
  const customers = controls<Customer>({
    rows: () => account.customers.values(),
    expected: (row) => ({ externalId: row.id, name: row.name ?? row.id, email: row.email, updatedAt: null }),
    change: (row) => {
      row.phone = `+44 20 7946 ${1000 + made++}`;
      account.emit('customer.updated', row);
    },
    remove: (row) => account.deleteCustomer(row),
    create: () => {
      const { name, domain } = account.world.company(account.world.counts.companies + made++);
      return addCustomer(account, { name, email: `accounts@${domain}`, currency: 'gbp', at: account.now() });
    },
  });
  const products = controls({
    rows: () => account.products.values(),
    expected: (row) => ({ externalId: row.id, name: row.name, updatedAt: iso(row.updated) }),
    change: (row) => {
      Object.assign(row, { description: revised(row.description ?? row.name), updated: account.now() });
      account.emit('product.updated', row);
    },
    remove: (row) => account.deleteProduct(row),
    create: () => addProduct(account, { name: `New service ${made++}`, unit: 'seat', at: account.now() }),
  });
  const prices = controls({
    rows: () => account.prices.values(),
    expected: (row) => ({
      externalId: row.id,
      currency: row.currency.toUpperCase(),
      unitAmountMinor: row.unit_amount,
      updatedAt: null,
    }),
    change: (row) => {
      row.nickname = revised(row.nickname ?? 'Price');
      account.emit('price.updated', row);
    },
    remove: (row) => account.deletePrice(row),
    create: () =>
      addPrice(account, anyOf(account.products.values()), {
        at: account.now(),
        currency: 'gbp',
        unit_amount: 1000 + made++,
        nickname: null,
      }),
  });
  const subscriptions = controls({
    rows: () => account.subscriptions.values(),
    expected: (row) => ({ externalId: row.id, companyExternalId: row.customer, status: row.status, updatedAt: null }),
    change: (row) => {
      row.description = revised(row.description ?? 'As agreed');
      account.emit('customer.subscription.updated', row);
    },
    remove: (row) => account.cancel(row),
    create: () => {
      const customer = someCustomer();
      const given = { at: account.now(), sends: false, period: period() };
      return addSubscription(account, customer, [line(customer)], given);
    },
  });
  const invoices = controls({
    rows: () => account.invoices.values().filter(({ status }) => status !== 'draft'),
    expected: (row) => ({
      externalId: row.id,
      number: row.number,
      companyExternalId: row.customer,
      status: row.status,
      amountDueMinor: row.amount_due,
      updatedAt: null,
    }),
    change: (row) => {
      row.description = revised(row.description ?? 'Work as agreed');
      account.emit('invoice.updated', row);
    },
    remove: () => {},
    create: () => newInvoice(someCustomer()).invoice,
  });
  const payments = controls<Charge>({
    rows: () => account.charges.values(),
    expected: (row) => ({
      externalId: row.id,
      companyExternalId: row.customer,
      amountMinor: row.amount,
      status: row.status,
      updatedAt: null,
    }),
    change: (row) => {
      row.description = revised(row.description ?? 'Payment');
      account.emit('charge.updated', row);
    },
    remove: () => {},
    create: () => {
      const { intent } = newInvoice(someCustomer());
      return charge(account, intent, { at: account.now(), ok: true, card: true });
    },
  });
  const refunds = controls({
    rows: () => account.refunds.values(),
    expected: (row) => ({ externalId: row.id, amountMinor: row.amount, updatedAt: null }),
    change: (row) => {
      row.receipt_number = `${1000 + made++}-${row.id.slice(-4)}`;
      account.emit('refund.updated', row);
    },
    remove: () => {},
    create: () => {
      const refundable = account.charges.values().filter(({ status, refunded }) => status === 'succeeded' && !refunded);
      return refund(account, anyOf(refundable), { amount: 100, at: account.now(), reason: 'requested_by_customer' });
    },
  });
  const stay = { remove: cannotBeDeleted };
  return controlledBy(account.world.seed, {
    companies: { ...companies, change: cannotBeDeleted, ...stay, create: cannotBeDeleted },
    customers,
    products,
    prices,
    // A canceled subscription stays, as do finalised invoices, payments and refunds.
    subscriptions: { ...subscriptions, ...stay },
    invoices: { ...invoices, ...stay },
    payments: { ...payments, ...stay },
    refunds: { ...refunds, ...stay },
  });
}
