import { z } from 'zod';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';
import { filledIn, ofTenant, tenantReferences } from './of-tenant.ts';

/** A product that a tenant has bought: how many seats, how many of them used. */
export const licenseSchema = z.object({
  ...ownFields,
  ...ofTenant,
  /** The vendor's short name (`SPB`): it tells no other. */
  name: text(),
  productId: text(),
  /** Enabled, Warning, Suspended, Deleted, LockedOut. */
  status: text(),
  appliesTo: text(),
  seats: amount(),
  used: amount(),
  /** Never below zero, though more can be used than bought. */
  available: amount(),
  /** Seats in their period of grace, suspended, locked. */
  seatsInWarning: amount(),
  seatsSuspended: amount(),
  seatsLockedOut: amount(),
  /** Free products have so many seats that they must not be added up with bought ones. */
  isFree: flag(),
  isTrial: flag(),
  /** When the subscription changes its state next: renewal or end. */
  renewsAt: time(),
});

export const licenseSource = licenseSchema.omit({ id: true, provider: true, externalId: true, ...filledIn }).partial();

export const licenses = {
  type: 'licenses',
  singular: 'license',
  label: 'Licenses',
  schema: licenseSchema,
  source: licenseSource,
  columns: {
    name: { label: 'Product', index: true, priority: 1, width: 26 },
    tenantName: { label: 'Tenant', index: true, priority: 2, width: 24 },
    seats: { label: 'Bought', index: true, priority: 3, width: 7 },
    used: { label: 'Used', index: true, priority: 4, width: 6 },
    available: { label: 'Free', index: true, priority: 5, width: 6 },
    status: { label: 'Status', index: true, priority: 6, width: 10 },
    renewsAt: { label: 'Renews', index: true, priority: 7, width: 12 },
    companyName: { label: 'Company', index: true, priority: 8, width: 22 },
    isTrial: { label: 'Trial', priority: 9, width: 5 },
    isFree: { label: 'No charge', priority: 10, width: 9 },
  },
  references: tenantReferences,
  title: ['name'],
} satisfies RecordTypeDefinition;
