/** Record types by what they are about, as lists of them are grouped. Free of zod, like names.ts. */
import type { RecordType } from './names.ts';

export interface RecordFamily {
  readonly label: string;
  readonly types: readonly RecordType[];
}

export const recordFamilies: readonly RecordFamily[] = [
  { label: 'Service desk', types: ['companies', 'contacts', 'users', 'tickets'] },
  { label: 'Devices', types: ['locations', 'devices', 'alerts'] },
  { label: 'Microsoft 365', types: ['tenants', 'licenses', 'secureScores', 'scoreControls', 'delegatedAdmins'] },
  {
    label: 'Billing',
    types: ['customers', 'products', 'prices', 'subscriptions', 'invoices', 'payments', 'refunds'],
  },
  { label: 'Training', types: ['courses', 'learners', 'enrollments', 'completions'] },
];

/** The family a type belongs to; every type is in exactly one. */
export function familyOf(type: RecordType): RecordFamily {
  const family = recordFamilies.find(({ types }) => types.includes(type));
  if (family === undefined) throw new RangeError(`${type} is in no family of record types.`);
  return family;
}
