/** Stripe's integers as amounts of money. Which unit is meant depends on the currency, and not always as ISO 4217 has it. */

/** Amounts are whole units. Stripe's table of zero-decimal currencies, without UGX. */
const noDigits = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const threeDigits = new Set('BHD JOD KWD OMR TND'.split(' '));

/**
 * Digits after the point of what Stripe counts in. Everything not listed has two, and so have, against ISO 4217:
 * ISK (no fraction since 2023) and UGX, whose amounts end in 00. UGX is in Stripe's table of zero-decimal currencies too, but
 * its special case says that 5 shillings are 500. HUF and TWD are whole only in payouts.
 */
export function digitsOf(currency: string): number {
  const code = currency.toUpperCase();
  return noDigits.has(code) ? 0 : threeDigits.has(code) ? 3 : 2;
}

/**
 * The nearest number to the decimal that is meant: 1050 of `eur` is 10.5, of `jpy` 1050, of `kwd` 1.05. A text may
 * have a fraction of the smallest unit ("0.5"). Null for nothing, and for what is no number.
 */
export function decimalOf(minor: number | string | null | undefined, currency: string): number | null {
  if (minor === null || minor === undefined) return null;
  const decimal = Number(`${minor}e-${digitsOf(currency)}`);
  return Number.isFinite(decimal) ? decimal : null;
}
