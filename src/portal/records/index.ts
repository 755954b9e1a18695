/** All record types. A new one is a file beside this, a line in `recordTypes`, and its name in names.ts. */
import type { z } from 'zod';
import { alerts } from './alert.ts';
import { companies } from './company.ts';
import { completions } from './completion.ts';
import { contacts } from './contact.ts';
import { courses } from './course.ts';
import { customers } from './customer.ts';
import type { RecordTypeDefinition } from './define.ts';
import { delegatedAdmins } from './delegated-admin.ts';
import { devices } from './device.ts';
import { enrollments } from './enrollment.ts';
import { invoices } from './invoice.ts';
import { learners } from './learner.ts';
import { licenses } from './license.ts';
import { locations } from './location.ts';
import { isRecordType, labelOf, type RecordType, recordTypeNames } from './names.ts';
import { payments } from './payment.ts';
import { prices } from './price.ts';
import { products } from './product.ts';
import { refunds } from './refund.ts';
import { scoreControls } from './score-control.ts';
import { secureScores } from './secure-score.ts';
import { subscriptions } from './subscription.ts';
import { tenants } from './tenant.ts';
import { tickets } from './ticket.ts';
import { users } from './user.ts';

export { isRecordType, labelOf, type RecordType, recordTypeNames };

export const recordTypes = {
  companies,
  contacts,
  users,
  tickets,
  locations,
  devices,
  alerts,
  customers,
  products,
  prices,
  subscriptions,
  invoices,
  payments,
  refunds,
  tenants,
  licenses,
  secureScores,
  scoreControls,
  delegatedAdmins,
  courses,
  learners,
  enrollments,
  completions,
} as const satisfies Record<RecordType, RecordTypeDefinition>;

export type RecordOf<T extends RecordType> = z.infer<(typeof recordTypes)[T]['schema']>;
export type PortalRecord = { [T in RecordType]: RecordOf<T> }[RecordType];
/** What connectors give, per type. */
export type SourceRecords = { [T in RecordType]: z.infer<(typeof recordTypes)[T]['source']> };

/** The definition without its exact shape, for code that treats all types alike. */
export function definitionOf(type: RecordType): RecordTypeDefinition {
  return recordTypes[type];
}
