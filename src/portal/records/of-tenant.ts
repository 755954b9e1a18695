import type { Reference } from './define.ts';
import { text } from './define.ts';

/** Fields of a record that belongs to a tenant and, through it, to a company. */
export const ofTenant = {
  tenantId: text(),
  tenantName: text(),
  companyId: text(),
  companyName: text(),
  tenantExternalId: text(),
  companyExternalId: text(),
};

/** What the portal fills in by itself; left out of what connectors give. */
export const filledIn = { tenantId: true, tenantName: true, companyId: true, companyName: true } as const;

/** A tenant counts without a company as well: the provider's own has none. */
export const tenantReferences = [
  {
    from: 'tenantExternalId',
    to: 'tenants',
    into: 'tenantId',
    missing: 'ignore',
    copy: { tenantName: 'name' },
  },
  {
    from: 'companyExternalId',
    to: 'companies',
    into: 'companyId',
    missing: 'ignore',
    copy: { companyName: 'name' },
  },
] as const satisfies readonly Reference[];
