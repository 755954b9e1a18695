/** What can be read, with which permission, and which query options each list takes. */
import type { Faults } from '../../../src/simulator/faults.ts';
import type { Instance } from './instance.ts';
import { partnerRole, type Tenant, type User } from './model.ts';
import * as rows from './rows.ts';

export interface Resource {
  /** Below the version. */
  readonly path: string;
  readonly family: 'directory' | 'security' | 'partner';
  /** Any of these opens it. */
  readonly roles: readonly string[];
  /** A fault that closes it. */
  readonly deniedBy: string;
  readonly options: readonly string[];
  readonly paging: {
    readonly by: '$skiptoken' | '$skip';
    readonly usual: number;
    readonly most: number;
    readonly strict?: boolean;
  } | null;
  readonly rows: (tenant: Tenant, filter: string | null) => readonly object[] | null;
  /** The fields that come without `$select`; absent: all. */
  readonly usualFields?: readonly string[];
  /** Queries with `$count`, and some filters, need the header `ConsistencyLevel: eventual`. */
  readonly indexed?: boolean;
}

const directoryRead = 'Directory.Read.All';

export function resourcesOf(instance: Instance, faults: () => Faults): Resource[] {
  const view = () => ({ hostile: faults().isOn('hostile-text') });
  const security = {
    family: 'security',
    roles: ['SecurityEvents.Read.All', 'SecurityEvents.ReadWrite.All'],
    deniedBy: 'missing-security',
    options: ['$top', '$skip', '$count', '$filter'],
    paging: { by: '$skip', usual: 90, most: 999 },
  } as const;
  const partner = {
    family: 'partner',
    roles: [partnerRole, 'DelegatedAdminRelationship.ReadWrite.All'],
    deniedBy: 'not-a-partner',
    paging: { by: '$skiptoken', usual: 100, most: 300 },
  } as const;
  return [
    {
      path: '/organization',
      family: 'directory',
      roles: ['Organization.Read.All', 'User.Read.All', directoryRead],
      deniedBy: 'missing-organization',
      options: ['$select'],
      paging: null,
      rows: (tenant) => [rows.organization(tenant, view())],
    },
    {
      path: '/domains',
      family: 'directory',
      roles: ['Domain.Read.All', directoryRead],
      deniedBy: 'missing-domains',
      options: ['$select'],
      paging: null,
      rows: rows.domains,
    },
    {
      path: '/subscribedSkus',
      family: 'directory',
      roles: ['LicenseAssignment.Read.All', 'Organization.Read.All', directoryRead],
      deniedBy: 'missing-licenses',
      options: ['$select'],
      paging: null,
      rows: (tenant) => tenant.skus.map((row) => rows.sku(tenant, row, view())),
    },
    {
      path: '/directory/subscriptions',
      family: 'directory',
      roles: ['Organization.Read.All', directoryRead],
      deniedBy: 'missing-licenses',
      options: ['$select', '$filter'],
      paging: null,
      rows: (tenant) => tenant.skus.map((row) => rows.subscription(tenant, row)),
    },
    {
      path: '/users',
      family: 'directory',
      roles: ['User.Read.All', 'User.ReadBasic.All', directoryRead],
      deniedBy: 'missing-users',
      options: ['$select', '$top', '$filter', '$count', '$skiptoken', '$orderby', '$search', '$expand'],
      paging: { by: '$skiptoken', usual: 100, most: 999, strict: true },
      indexed: true,
      usualFields: rows.usualUserFields,
      rows: (tenant, filter) => {
        const keep = userFilter(filter);
        return keep === null ? null : tenant.users.filter(keep).map(rows.user);
      },
    },
    {
      path: '/security/secureScores',
      ...security,
      rows: (tenant) => instance.scores(tenant).map((row) => rows.score(tenant, row, view())),
    },
    {
      path: '/security/secureScoreControlProfiles',
      ...security,
      rows: (tenant) =>
        tenant.controls.filter(({ profiled }) => profiled).map((control) => rows.profile(tenant, control, view())),
    },
    {
      path: '/tenantRelationships/delegatedAdminRelationships',
      ...partner,
      options: ['$select', '$filter', '$orderby', '$count', '$top', '$skiptoken'],
      rows: (_, filter) => {
        const [, status] = /^status eq '(\w+)'$/.exec(filter ?? '') ?? [];
        if (filter !== null && status === undefined) return null;
        return instance.relationships
          .filter((row) => status === undefined || row.status === status)
          .map((row) => rows.relationship(row, view()));
      },
    },
    {
      path: '/tenantRelationships/delegatedAdminCustomers',
      ...partner,
      options: ['$select', '$filter', '$orderby', '$count', '$top', '$skiptoken'],
      rows: () => {
        const customers = instance.relationships
          .filter(({ status }) => status === 'active' || status === 'expiring')
          .flatMap(({ customer }) => customer ?? []);
        const byId = new Map(customers.map((customer) => [customer.tenantId, customer]));
        return [...byId.values()].map(({ tenantId, displayName }) => ({ id: tenantId, tenantId, displayName }));
      },
    },
  ];
}

/** Only what is documented as filterable; null for anything else. */
function userFilter(filter: string | null): ((user: User) => boolean) | null {
  switch (filter) {
    case null:
      return () => true;
    case 'assignedLicenses/$count ne 0':
      return ({ licenses }) => licenses.length > 0;
    case "userType eq 'Guest'":
      return ({ guest }) => guest;
    case 'accountEnabled eq false':
      return ({ enabled }) => !enabled;
    default:
      return null;
  }
}
