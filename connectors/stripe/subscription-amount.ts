/** What a subscription costs per period and per month, from its lines. Before discounts and tax. Pure. */
import type { z } from 'zod';
import type { subscriptionRow } from './rows.ts';

type SubscriptionRow = z.infer<typeof subscriptionRow>;
type Item = SubscriptionRow['items']['data'][number];

export interface SubscriptionAmount {
  /** In the smallest unit, per `intervalCount` `interval`s; null where a line has no fixed amount, or lines differ in interval. */
  readonly minor: number | null;
  readonly interval: string | null;
  readonly intervalCount: number | null;
  /** In the smallest unit, rounded. 0 while nothing is billed; null where a line has no fixed amount. */
  readonly monthlyMinor: number | null;
}

const billing = new Set(['active', 'past_due']);
const monthsIn: Readonly<Record<string, number>> = { day: 12 / 365, week: 12 / 52, month: 1, year: 12 };

export function amountOf(row: SubscriptionRow): SubscriptionAmount {
  const lines = row.items.data.map((item) => ({ minor: lineAmount(item), ...intervalOf(item) }));
  const [first] = lines;
  const alike = lines.every(({ interval, count }) => interval === first?.interval && count === first.count);
  const interval = alike ? (first?.interval ?? null) : null;
  return {
    minor: interval === null ? null : rounded(sum(lines.map(({ minor }) => minor))),
    interval,
    intervalCount: interval === null ? null : (first?.count ?? null),
    monthlyMinor:
      !billing.has(row.status) || row.pause_collection
        ? 0
        : rounded(
            sum(
              lines.map(({ minor, interval, count }) => {
                const months = monthsIn[interval ?? ''];
                return minor === null || months === undefined ? null : minor / (months * count);
              }),
            ),
          ),
  };
}

function lineAmount({ price, quantity }: Item): number | null {
  const { unit_amount, unit_amount_decimal, billing_scheme, recurring, transform_quantity: pack } = price;
  if (billing_scheme === 'tiered' || recurring?.usage_type === 'metered') return null;
  const unit = unit_amount ?? Number.parseFloat(unit_amount_decimal ?? '');
  if (Number.isNaN(unit) || quantity === null || quantity === undefined) return null;
  if (!pack) return unit * quantity;
  const packs = quantity / pack.divide_by;
  return unit * (pack.round === 'down' ? Math.floor(packs) : Math.ceil(packs));
}

function intervalOf({ price: { recurring } }: Item): { interval: string | null; count: number } {
  return { interval: recurring?.interval ?? null, count: recurring?.interval_count ?? 1 };
}

const sum = (parts: readonly (number | null)[]): number | null =>
  parts.reduce<number | null>((total, part) => (total === null || part === null ? null : total + part), 0);

const rounded = (amount: number | null): number | null => (amount === null ? null : Math.round(amount));
