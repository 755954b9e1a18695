/**
 * The names of all record types, in dependency order: what a type refers to stands before it. Apart from the definitions,
 * because these need zod, and a first frame on the screen must not wait for that.
 */
export const recordTypeNames = [
  'companies',
  'contacts',
  'users',
  'tickets',
  'locations',
  'devices',
  'alerts',
  'customers',
  'products',
  'prices',
  'subscriptions',
  'invoices',
  'payments',
  'refunds',
  'tenants',
  'licenses',
  'secureScores',
  'scoreControls',
  'delegatedAdmins',
  'courses',
  'learners',
  'enrollments',
  'completions',
] as const;

export type RecordType = (typeof recordTypeNames)[number];

export function isRecordType(value: string): value is RecordType {
  return (recordTypeNames as readonly string[]).includes(value);
}

/** As people write it: `secureScores` is `Secure scores`. */
export function labelOf(type: RecordType): string {
  const words = type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
