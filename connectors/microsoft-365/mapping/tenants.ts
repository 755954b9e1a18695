/** Organization, domains and user counts, and the tenant and company they make. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { orNull, utcTime } from '../../../src/connector/values.ts';
import type { SourceRecords } from '../../../src/portal/records/index.ts';
import type { TenantState } from '../failures.ts';
import { flag, idOf, listOf, text, texts } from './fields.ts';

export const organizationRow = z.object({
  id: z.string(),
  displayName: text,
  verifiedDomains: listOf(
    z.object({ name: z.string(), isDefault: flag, isInitial: flag, type: text, capabilities: text }),
  ),
  street: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
  businessPhones: texts,
  technicalNotificationMails: texts,
  createdDateTime: text,
  tenantType: text,
  partnerTenantType: text,
  onPremisesSyncEnabled: flag,
  onPremisesLastSyncDateTime: text,
});
export type OrganizationRow = z.infer<typeof organizationRow>;

export const domainRow = z.object({
  id: z.string(),
  isDefault: flag,
  isInitial: flag,
  isVerified: flag,
  authenticationType: text,
  supportedServices: texts,
});
export type DomainRow = z.infer<typeof domainRow>;

export interface UserCounts {
  readonly all: number;
  readonly licensed: number;
  readonly guests: number;
  readonly disabled: number;
}

/** The fields whose source may be closed to us are absent then, so that what the portal has of them stays. */
export interface TenantFacts {
  readonly organization: OrganizationRow;
  readonly domains: readonly DomainRow[] | null;
  readonly users: UserCounts | null;
}

export function toTenant(facts: TenantFacts, consentUrl: string): SourceItem<'tenants'> {
  const { organization: row, users } = facts;
  const domains = domainsOf(facts);
  const id = idOf(row.id);
  return {
    kind: 'record',
    externalId: id,
    modifiedAt: null,
    record: {
      name: orNull(row.displayName),
      ...stateOf('connected', null, consentUrl),
      defaultDomain: domains.find(({ isDefault }) => isDefault)?.name ?? null,
      initialDomain: domains.find(({ isInitial }) => isInitial)?.name ?? null,
      domainNames: domains.filter(({ isVerified }) => isVerified).map(({ name }) => name),
      domains,
      ...(users === null
        ? {}
        : {
            userCount: users.all,
            licensedUserCount: users.licensed,
            guestCount: users.guests,
            disabledUserCount: users.disabled,
          }),
      address: orNull(row.street),
      city: orNull(row.city),
      state: orNull(row.state),
      postalCode: orNull(row.postalCode),
      country: orNull(row.country),
      phone: orNull(row.businessPhones?.[0]),
      technicalEmail: orNull(row.technicalNotificationMails?.[0]),
      tenantType: orNull(row.tenantType),
      isPartner: isPartner(row),
      directorySync: row.onPremisesSyncEnabled ?? false,
      directorySyncedAt: utcTime(row.onPremisesLastSyncDateTime),
      createdAt: utcTime(row.createdDateTime),
      companyExternalId: isPartner(row) ? null : id,
    },
  };
}

/** A tenant that cannot be read: its state, and nothing else that was known of it changes. */
export function toBrokenTenant(
  id: string,
  state: TenantState,
  problem: string,
  consentUrl: string,
): SourceItem<'tenants'> {
  return { kind: 'record', externalId: id, modifiedAt: null, record: stateOf(state, problem, consentUrl) };
}

function stateOf(state: TenantState, problem: string | null, consentUrl: string) {
  return { connectionState: state, connectionProblem: problem, consentUrl } satisfies SourceRecords['tenants'];
}

/** The provider's own tenant is no client: it is tied to no company. */
export const isPartner = (row: OrganizationRow): boolean => orNull(row.partnerTenantType) !== null;

/** Ties the tenant to the company that has its name, or one of its addresses as website. */
export function toCompany({ organization: row }: TenantFacts): SourceItem<'companies'> | null {
  if (isPartner(row)) return null;
  const own = row.verifiedDomains.filter(({ isInitial }) => isInitial !== true);
  const website = (own.find(({ isDefault }) => isDefault === true) ?? own[0])?.name;
  return {
    kind: 'record',
    externalId: idOf(row.id),
    modifiedAt: null,
    record: { name: orNull(row.displayName) ?? row.id, ...(website === undefined ? {} : { website }) },
  };
}

/** From the list of domains; where that is closed to us, from the shorter one in the organization. Default first, then by name. */
function domainsOf({ organization, domains }: TenantFacts) {
  const all =
    domains?.map((row) => ({
      name: row.id,
      isDefault: row.isDefault ?? false,
      isInitial: row.isInitial ?? false,
      isVerified: row.isVerified ?? false,
      authenticationType: orNull(row.authenticationType),
      services: row.supportedServices ?? null,
    })) ??
    organization.verifiedDomains.map((row) => ({
      name: row.name,
      isDefault: row.isDefault ?? false,
      isInitial: row.isInitial ?? false,
      isVerified: true,
      authenticationType: orNull(row.type),
      services: row.capabilities?.split(/\s*,\s*/) ?? null,
    }));
  return all.sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.name < b.name ? -1 : 1));
}
