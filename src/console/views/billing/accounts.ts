/** Who pays what and owes what, from subscriptions and open invoices. Pure. */
import type { StoredRecord } from '../../../portal/query.ts';
import { numberOf, textOf } from '../../lists/read-all.ts';

export interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly remaining: number;
  readonly currency: string;
  /** ISO; null: it is charged at once. */
  readonly dueDate: string | null;
  readonly overdue: boolean;
}

/** One payer in one currency: amounts of different currencies are never added up. */
export interface Account {
  readonly key: string;
  /** Null: the customer fits no company. */
  readonly companyId: string | null;
  readonly name: string;
  readonly currency: string;
  readonly monthly: number;
  readonly open: number;
  readonly overdue: number;
  /** Due date of the oldest invoice that is overdue. */
  readonly since: string | null;
  /** Open ones, what is overdue first, the oldest before the newer. */
  readonly invoices: readonly Invoice[];
  /** Data of the vendor's test mode. */
  readonly isTest: boolean;
}

/** @param now epoch milliseconds; an open invoice whose due date has passed is overdue */
export function accounts(
  subscriptions: readonly StoredRecord[],
  openInvoices: readonly StoredRecord[],
  now: number,
): readonly Account[] {
  const found = new Map<string, { records: StoredRecord[]; monthly: number; invoices: Invoice[] }>();
  const accountOf = (record: StoredRecord) => {
    const key = `${payerOf(record)} ${textOf(record.currency)}`;
    const account = found.get(key) ?? { records: [], monthly: 0, invoices: [] };
    found.set(key, account);
    account.records.push(record);
    return account;
  };
  for (const subscription of subscriptions) {
    accountOf(subscription).monthly += numberOf(subscription.monthlyAmount);
  }
  for (const record of openInvoices) accountOf(record).invoices.push(invoiceOf(record, now));
  return [...found].map(([key, { records, monthly, invoices }]) => {
    const [first] = records;
    const overdue = invoices.filter((invoice) => invoice.overdue);
    return {
      key,
      companyId: textOf(first?.companyId) || null,
      name: textOf(first?.companyName) || textOf(first?.customerName) || textOf(first?.customerExternalId),
      currency: textOf(first?.currency),
      monthly,
      open: sum(invoices),
      overdue: sum(overdue),
      since: overdue.map(({ dueDate }) => dueDate).sort()[0] ?? null,
      invoices: invoices.toSorted((a, b) => (a.dueDate ?? '9').localeCompare(b.dueDate ?? '9')),
      isTest: records.some(({ isLive }) => isLive === false),
    };
  });
}

function invoiceOf(record: StoredRecord, now: number): Invoice {
  const dueDate = textOf(record.dueDate) || null;
  return {
    id: record.id,
    number: textOf(record.number) || 'draft',
    remaining: numberOf(record.amountRemaining),
    currency: textOf(record.currency),
    dueDate,
    overdue: dueDate !== null && Date.parse(dueDate) < now,
  };
}

const payerOf = ({ companyId, customerId, customerExternalId }: StoredRecord) =>
  textOf(companyId) || textOf(customerId) || textOf(customerExternalId);
const sum = (invoices: readonly Invoice[]) => invoices.reduce((total, { remaining }) => total + remaining, 0);
