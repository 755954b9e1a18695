/** `expand[]`: references shown as the objects themselves. */
import type { Account } from './account.ts';
import { refuse } from './errors.ts';
import type { StripeObject } from './model.ts';
import { listOf, presented, type Shown } from './shapes.ts';

const deepest = 4;

/** @param path as asked for, in parts */
export function expand(account: Account, shown: Shown, path: readonly string[], whole = path): Shown {
  const [name = '', ...rest] = path;
  if (whole.length > deepest) {
    throw refuse(400, { message: `You cannot expand more than ${deepest} levels of a property.`, param: 'expand' });
  }
  const within = (value: unknown): unknown => {
    if (rest.length === 0) return value;
    if (Array.isArray(value)) return value.map((each) => expand(account, each as Shown, rest, whole));
    return typeof value === 'object' && value !== null ? expand(account, value as Shown, rest, whole) : value;
  };
  if (name === 'data' && Array.isArray(shown.data)) return { ...shown, data: within(shown.data) };
  const value = shown[name] ?? hiddenList(account, shown, name);
  // Nothing there to show, which is no mistake.
  if (value === null || (value === undefined && name in shown)) return shown;
  if (typeof value === 'object') return { ...shown, [name]: within(value) };
  const found = typeof value === 'string' ? find(account, value) : undefined;
  if (found === undefined) {
    throw refuse(400, { message: `This property cannot be expanded (${whole.join('.')}).`, param: 'expand' });
  }
  return { ...shown, [name]: within(found) };
}

/** Lists that are there only when asked for. */
function hiddenList(account: Account, { object, id }: Shown, name: string): unknown {
  if (object === 'invoice' && name === 'payments') {
    const payment = account.paymentOf(String(id));
    return listOf(`/v1/invoice_payments?invoice=${id}`, payment === undefined ? [] : [presented(payment)]);
  }
  if (object === 'charge' && name === 'refunds') {
    const refunds = account.refunds.values().filter(({ charge }) => charge === id);
    return listOf(
      `/v1/charges/${id}/refunds`,
      refunds.map((refund) => presented(refund)),
    );
  }
  return undefined;
}

function find(account: Account, id: string): Shown | undefined {
  const kinds = [
    account.customers,
    account.products,
    account.prices,
    account.subscriptions,
    account.invoices,
    account.paymentIntents,
    account.charges,
    account.refunds,
  ];
  for (const kind of kinds) {
    const row: StripeObject | undefined = kind.get(id);
    if (row !== undefined) return presented(row);
  }
  const object = account.deleted.get(id);
  return object === undefined ? undefined : { id, object, deleted: true };
}
