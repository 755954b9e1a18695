import { z } from 'zod';
import { amount, flag, list, ownFields, type RecordTypeDefinition, text, time } from './define.ts';
import { filledIn, ofTenant, tenantReferences } from './of-tenant.ts';

/** A delegated admin relationship (GDAP) between the provider's tenant and a client's: what the provider's people may do there, until when. */
export const delegatedAdminSchema = z.object({
  ...ownFields,
  ...ofTenant,
  name: text(),
  /** As the vendor has it: active, expiring, approvalPending, terminated ... */
  status: text(),
  isActive: flag(),
  /** The client as the relationship names it; its tenant need not be among those that are read. */
  customerName: text(),
  /** The vendor's ids of the directory roles. */
  roles: list(),
  roleCount: amount(),
  autoExtends: flag(),
  createdAt: time(),
  activatedAt: time(),
  endsAt: time(),
  updatedAt: time(),
});

export const delegatedAdminSource = delegatedAdminSchema
  .omit({ id: true, provider: true, externalId: true, ...filledIn })
  .partial();

export const delegatedAdmins = {
  type: 'delegatedAdmins',
  singular: 'delegated admin',
  label: 'Delegated admins',
  schema: delegatedAdminSchema,
  source: delegatedAdminSource,
  columns: {
    name: { label: 'Relationship', index: true, priority: 1, width: 28 },
    customerName: { label: 'Client', index: true, priority: 2, width: 26 },
    status: { label: 'Status', index: true, priority: 3, width: 14 },
    endsAt: { label: 'Ends', index: true, priority: 4, width: 12 },
    autoExtends: { label: 'Extends', priority: 5, width: 7 },
    roleCount: { label: 'Roles', priority: 6, width: 6 },
    companyName: { label: 'Company', index: true, priority: 7, width: 22 },
  },
  references: tenantReferences,
  title: ['name'],
} satisfies RecordTypeDefinition;
