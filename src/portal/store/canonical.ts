import { hash } from 'node:crypto';

/** JSON with sorted keys: equal values give equal text. Undefined members are left out, as JSON does. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member) ? sorted(member) : member,
  );
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The identity of what a vendor told: 22 characters. `fields` are the ones that count, sorted by name. */
export function hashOf(record: Readonly<Record<string, unknown>>, fields: readonly string[]): string {
  const told: unknown[] = [];
  for (const field of fields) {
    const value = record[field];
    if (value === undefined) continue;
    told.push(field, typeof value === 'object' && value !== null && !Array.isArray(value) ? sorted(value) : value);
  }
  return hash('sha256', JSON.stringify(told), 'base64url').slice(0, 22);
}
