import { z } from 'zod';
import { amount, flag, list, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

const domain = z.object({
  name: z.string(),
  isDefault: z.boolean(),
  isInitial: z.boolean(),
  isVerified: z.boolean(),
  /** `Managed` or `Federated`. */
  authenticationType: text(),
  services: list(),
});

/**
 * A Microsoft 365 tenant, the provider's own or a client's, and whether it can be read. MSPortal publishes none; the names
 * follow its API's style. `name` is null until the tenant could be read once.
 */
export const tenantSchema = z.object({
  ...ownFields,
  name: text(),
  companyId: text(),
  companyName: text(),
  /** `connected`, `consent-missing`, `blocked`, `not-found`, `wrong-cloud` or `failed`. */
  connectionState: text(),
  /** Why it cannot be read and what to do; null when it can. */
  connectionProblem: text(),
  /** An administrator of the tenant opens it to let the application in, and again after its permissions have changed. */
  consentUrl: text(),
  defaultDomain: text(),
  initialDomain: text(),
  /** Verified ones, the default first. */
  domainNames: list(),
  domains: z.array(domain).nullable(),
  userCount: amount(),
  licensedUserCount: amount(),
  guestCount: amount(),
  disabledUserCount: amount(),
  address: text(),
  city: text(),
  state: text(),
  postalCode: text(),
  country: text(),
  phone: text(),
  technicalEmail: text(),
  tenantType: text(),
  /** The tenant of a Microsoft partner. */
  isPartner: flag(),
  directorySync: flag(),
  directorySyncedAt: time(),
  createdAt: time(),
  companyExternalId: text(),
});

export const tenantSource = tenantSchema
  .omit({ id: true, provider: true, externalId: true, companyId: true, companyName: true })
  .partial();

export const tenants = {
  type: 'tenants',
  singular: 'tenant',
  label: 'Tenants',
  schema: tenantSchema,
  source: tenantSource,
  columns: {
    name: { label: 'Name', index: true, priority: 1, width: 26 },
    connectionState: { label: 'State', index: true, priority: 2, width: 15 },
    companyName: { label: 'Company', index: true, priority: 3, width: 22 },
    defaultDomain: { label: 'Domain', priority: 4, width: 24 },
    userCount: { label: 'Users', priority: 5, width: 6 },
    licensedUserCount: { label: 'Licensed', priority: 6, width: 8 },
    guestCount: { label: 'Guests', priority: 7, width: 6 },
    disabledUserCount: { label: 'Disabled', priority: 9, width: 8 },
    country: { label: 'Country', priority: 10, width: 14 },
    connectionProblem: { label: 'Problem', priority: 8, width: 40 },
  },
  references: [
    {
      from: 'companyExternalId',
      to: 'companies',
      into: 'companyId',
      missing: 'ignore',
      copy: { companyName: 'name' },
    },
  ],
  title: ['name', 'defaultDomain'],
} satisfies RecordTypeDefinition;
