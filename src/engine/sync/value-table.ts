/** Steps in working on a table of values, for screen and command line alike. Pure; nothing is changed in place. */
import { alike } from './unmapped.ts';
import type { ValuePair } from './values.ts';

export type Pairs = readonly ValuePair[];

export const pairOf = (pairs: Pairs | undefined, vendor: string): ValuePair | undefined =>
  pairs?.find((pair) => alike(pair.vendor, vendor));

/** Every one of these names that the table lacks is called here as at the vendor. */
export function filled(pairs: Pairs | undefined, names: readonly string[]): Pairs {
  const table = [...(pairs ?? [])];
  for (const name of names) if (pairOf(table, name) === undefined) table.push({ vendor: name, portal: name });
  return table;
}

/**
 * The first name of a field makes a table of all that the vendor has: a table that lacks values would hold their records back.
 * @param names all that the vendor has
 */
export function called(pairs: Pairs | undefined, names: readonly string[], vendor: string, portal: string): Pairs {
  const table = pairs ?? filled(undefined, names);
  if (pairOf(table, vendor) === undefined) return [...table, { vendor, portal }];
  return table.map((pair) => (alike(pair.vendor, vendor) ? { ...pair, portal } : pair));
}

export const without = (pairs: Pairs | undefined, vendor: string): Pairs =>
  (pairs ?? []).filter((pair) => !alike(pair.vendor, vendor));

/** Of several values of one name here, the first in the table is written at the vendor. */
export function first(pairs: Pairs, vendor: string): Pairs {
  const pair = pairOf(pairs, vendor);
  return pair === undefined ? pairs : [pair, ...without(pairs, vendor)];
}
