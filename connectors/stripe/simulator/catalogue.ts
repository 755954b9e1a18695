/** What the service provider sells: the same in every account. */
import type { Account } from './account.ts';
import type { Price, Product } from './model.ts';

const day = 86_400;

/** Pence a month in pounds; other currencies follow from it. */
const services: readonly (readonly [name: string, unit: string, pence: number])[] = [
  ['Managed seat', 'seat', 4500],
  ['Server care', 'server', 18_000],
  ['Backup', 'terabyte', 3200],
  ['E-mail security', 'mailbox', 350],
  ['Password manager', 'user', 290],
  ['Awareness training', 'learner', 180],
  ['Firewall service', 'firewall', 9500],
  ['Wi-Fi service', 'access point', 1250],
  ['Phone system', 'extension', 1600],
  ['Log keeping', 'device', 420],
  ['Remote monitoring', 'device', 260],
  ['Virtual technology officer', 'month', 95_000],
];

/** How many of the smallest unit one penny is, and what that must be a multiple of. */
const currencies: Readonly<Record<string, readonly [perPenny: number, multiple: number]>> = {
  gbp: [1, 1],
  usd: [1.25, 1],
  eur: [1.15, 1],
  cad: [1.7, 1],
  sek: [13, 1],
  aud: [1.9, 1],
  // Whole yen; hundredths of a krona and of a shilling that are always 00; thousandths of a dinar that end in 0.
  jpy: [1.9, 1],
  isk: [170, 100],
  ugx: [4700, 100],
  kwd: [3.9, 10],
};

export const currencyCodes = Object.keys(currencies);

export function inCurrency(pence: number, currency: string): number {
  const [perPenny, multiple] = currencies[currency] ?? [1, 1];
  return Math.round((pence * perPenny) / multiple) * multiple;
}

export interface Catalogue {
  /** The monthly price of the nth service. */
  price(service: number, currency: string): Price;
  readonly services: number;
}

export function stockCatalogue(account: Account): Catalogue {
  const opened = Math.floor(account.world.today / 1000) - 800 * day;
  const monthly = services.map(([name, unit, pence], index) => {
    const product = addProduct(account, { name, unit, at: opened + index * 60 });
    const prices = currencyCodes.map((currency) =>
      addPrice(account, product, {
        at: opened + index * 60 + 30,
        currency,
        unit_amount: inCurrency(pence, currency),
        nickname: `${name}, monthly`,
      }),
    );
    product.default_price = prices[0]?.id ?? null;
    return prices;
  });
  addOddities(account, opened + 3600);
  return {
    services: services.length,
    price: (service, currency) =>
      (monthly[service % services.length] ?? []).find((price) => price.currency === currency) as Price,
  };
}

/** What an account collects over the years: archived products, ids of the merchant's own choosing, prices without a unit amount. */
function addOddities(account: Account, at: number): void {
  const retired = addProduct(account, { name: 'Fax to e-mail', unit: 'line', at });
  retired.active = false;
  addPrice(account, retired, { at, currency: 'gbp', unit_amount: 700, nickname: null }).active = false;
  const hosting = addProduct(account, { id: 'legacy-hosting', name: 'Web hosting', unit: 'site', at: at + 1 });
  addPrice(account, hosting, {
    id: 'plan_gold_monthly',
    at: at + 2,
    currency: 'gbp',
    unit_amount: 2500,
    nickname: 'Gold',
  });
  addPrice(account, hosting, { at: at + 3, currency: 'gbp', unit_amount: 27_000, nickname: null, interval: 'year' });
  const traffic = addProduct(account, { name: 'Traffic', unit: 'megabyte', at: at + 4 });
  const metered = { currency: 'gbp', unit_amount: null, nickname: null, usage: 'metered' } as const;
  addPrice(account, traffic, { ...metered, at: at + 5, decimal: '0.05' });
  addPrice(account, traffic, { ...metered, at: at + 6, tiered: true });
  const setUp = addProduct(account, { name: 'Onboarding', unit: 'project', at: at + 7 });
  addPrice(account, setUp, { at: at + 8, currency: 'gbp', unit_amount: 120_000, nickname: null, interval: null });
}

export function addProduct(
  account: Account,
  { id, name, unit, at }: { id?: string; name: string; unit: string; at: number },
): Product {
  const product = account.products.add({
    id: id ?? account.id('prod'),
    object: 'product',
    active: true,
    created: at,
    default_price: null,
    description: null,
    metadata: {},
    name,
    type: 'service',
    unit_label: unit,
    updated: at,
    url: null,
  });
  account.emit('product.created', product, at);
  return product;
}

export function addPrice(
  account: Account,
  product: Product,
  given: {
    id?: string;
    at: number;
    currency: string;
    unit_amount: number | null;
    nickname: string | null;
    interval?: 'month' | 'year' | null;
    usage?: 'metered';
    decimal?: string;
    tiered?: boolean;
  },
): Price {
  const { interval = 'month', usage = 'licensed', tiered = false, unit_amount } = given;
  const price = account.prices.add({
    id: given.id ?? account.id('price', 24),
    object: 'price',
    active: true,
    billing_scheme: tiered ? 'tiered' : 'per_unit',
    created: given.at,
    currency: given.currency,
    lookup_key: null,
    metadata: {},
    nickname: given.nickname,
    product: product.id,
    recurring:
      interval === null
        ? null
        : { interval, interval_count: 1, meter: null, trial_period_days: null, usage_type: usage },
    tiers_mode: tiered ? 'graduated' : null,
    transform_quantity: null,
    type: interval === null ? 'one_time' : 'recurring',
    unit_amount: tiered ? null : unit_amount,
    unit_amount_decimal: tiered ? null : (given.decimal ?? (unit_amount === null ? null : String(unit_amount))),
  });
  account.emit('price.created', price, given.at);
  return price;
}
