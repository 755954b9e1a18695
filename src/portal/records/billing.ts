/** What the billing records have in common: who pays, in which currency, and the two ways an amount is told. */
import { amount, flag, type Reference, text } from './define.ts';

/** The portal's company, and the paying customer at the vendor. Both external ids are the customer's id there. */
export const payer = {
  companyId: text(),
  companyName: text(),
  companyExternalId: text(),
  customerId: text(),
  customerName: text(),
  customerExternalId: text(),
};

/** Of `payer`, what the store fills in from the references. */
export const payerFromReferences = {
  companyId: true,
  companyName: true,
  customerId: true,
  customerName: true,
} as const;

/** A customer that fits no company, or was deleted, has paid all the same: the record is taken without it. */
export const payerReferences = [
  {
    from: 'companyExternalId',
    to: 'companies',
    into: 'companyId',
    missing: 'ignore',
    copy: { companyName: 'name' },
  },
  {
    from: 'customerExternalId',
    to: 'customers',
    into: 'customerId',
    missing: 'ignore',
    copy: { customerName: 'name' },
  },
] as const satisfies readonly Reference[];

/** ISO code, capital letters. Amounts of different currencies are never added up. */
export const currency = text;
/** For people, filters and sums: 12.5 of the currency. */
export const decimal = amount;
/** What the vendor sent: a whole number of the smallest unit it counts the currency in. */
export const minor = amount;
/** False: test data. */
export const isLive = flag;
