/** Which of Stripe's lists each record type comes from, and how. */
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { ResourceName } from './api.ts';
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
} from './mapping.ts';

export interface Source {
  readonly resource: ResourceName;
  readonly map: (raw: Raw, context: Context) => SourceItem;
}

const sources: Readonly<Partial<Record<RecordType, Source>>> = {
  companies: { resource: 'customers', map: toCompanyLink },
  customers: { resource: 'customers', map: toCustomer },
  products: { resource: 'products', map: toProduct },
  prices: { resource: 'prices', map: toPrice },
  subscriptions: { resource: 'subscriptions', map: toSubscription },
  invoices: { resource: 'invoices', map: toInvoice },
  payments: { resource: 'charges', map: toPayment },
  refunds: { resource: 'refunds', map: toRefund },
};

export function sourceOf(type: RecordType): Source {
  const source = sources[type];
  if (source === undefined) throw new Error(`Stripe has no ${type}.`);
  return source;
}
