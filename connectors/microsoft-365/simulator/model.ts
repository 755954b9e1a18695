/** What an invented application and its tenants consist of. Ids and texts are made up. */

export const application = {
  id: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  secret: 'FAKE~not.a.real.secret_000000000000000',
  secretId: '0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f',
} as const;

/** What the guide tells to grant in every tenant, and in the provider's own besides. */
export const grantedRoles = [
  'SecurityEvents.Read.All',
  'Organization.Read.All',
  'Domain.Read.All',
  'User.Read.All',
] as const;
export const partnerRole = 'DelegatedAdminRelationship.Read.All';

export interface Tenant {
  readonly number: number;
  /** A GUID. */
  readonly id: string;
  name: string;
  readonly domain: string;
  readonly initialDomain: string;
  readonly partner: boolean;
  readonly city: string;
  readonly region: string;
  readonly postcode: string;
  readonly country: string;
  readonly countryCode: string;
  readonly street: string;
  readonly phone: string;
  readonly created: number;
  /** Whether anybody has let the application in. */
  consented: boolean;
  roles: readonly string[];
  readonly users: readonly User[];
  readonly skus: Sku[];
  readonly controls: Control[];
  /** False: no score was ever computed. */
  scored: boolean;
  /** Points above what the invented history says, for the newest day. */
  extraPoints: number;
}

export interface User {
  readonly id: string;
  readonly givenName: string;
  readonly surname: string;
  readonly principalName: string;
  readonly mail: string | null;
  readonly jobTitle: string | null;
  readonly phone: string | null;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** Numbers of SKUs. */
  readonly licenses: readonly string[];
  readonly created: number;
}

export interface Sku {
  readonly skuId: string;
  readonly partNumber: string;
  readonly enabled: number;
  readonly warning: number;
  consumed: number;
  readonly status: string;
  readonly trial: boolean;
  /** Null for products without charge. */
  readonly renews: number | null;
}

export interface Control {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly maxScore: number;
  score: number;
  /** Which of the two lists it is in: some are in one only. */
  readonly scored: boolean;
  readonly profiled: boolean;
  readonly deprecated: boolean;
  readonly service: string;
  readonly cost: string;
  readonly impact: string;
  readonly rank: number;
  state: string;
  readonly covered: number;
  readonly of: number;
}

export interface Relationship {
  readonly id: string;
  name: string;
  readonly status: string;
  /** Null until a customer has approved it. */
  readonly customer: { readonly tenantId: string; readonly displayName: string } | null;
  readonly roles: readonly string[];
  readonly autoExtends: boolean;
  readonly created: number;
  readonly activated: number | null;
  readonly ends: number | null;
  modified: number;
}
