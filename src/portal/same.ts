/** Whether two values of a field say the same, however they are written. Pure. */

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * Vendors trim, fold white space, change line ends and write times with more or fewer digits; none of that is a change. Blank is
 * blank: null, nothing, and spaces only.
 */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** The same for what is chosen from a list: names differ in more than their case. */
export function sameName(a: unknown, b: unknown): boolean {
  return nameKey(a) === nameKey(b);
}

/** Two names that mean the same value have the same. */
export function nameKey(name: unknown): unknown {
  const plain = canonical(name);
  return typeof plain === 'string' ? plain.toLowerCase() : plain;
}

/** What goes by a name, by the key of that; of those with the same name the first. In their order. */
export function firstByName<T>(all: readonly T[], nameOf: (each: T) => string): ReadonlyMap<unknown, T> {
  const first = new Map<unknown, T>();
  for (const each of all) {
    const key = nameKey(nameOf(each));
    if (!first.has(key)) first.set(key, each);
  }
  return first;
}

/** Each name once, as it is written first. */
export const distinctNames = (names: readonly string[]): readonly string[] => [
  ...firstByName(names, (name) => name).values(),
];

function canonical(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value !== 'string') return value;
  const text = value.toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim();
  if (text === '') return null;
  // To the second: the coarsest that vendors keep.
  if (isoTime.test(text) && !Number.isNaN(Date.parse(text))) return `time ${Math.floor(Date.parse(text) / 1000)}`;
  return text;
}
