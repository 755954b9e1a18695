/** The rows as Microsoft Graph shows them. */
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { DayScore } from './instance.ts';
import type { Control, Relationship, Sku, Tenant, User } from './model.ts';

export interface Presentation {
  readonly hostile: boolean;
}

const day = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
/** Some resources tell seven digits of a second. */
const fine = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString().replace('Z', '0000Z');
const worded = (text: string, number: number, { hostile }: Presentation) =>
  hostile ? hostileText(text, number) : text;

export const dayText = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

export function organization(tenant: Tenant, view: Presentation): object {
  return {
    id: tenant.id,
    displayName: worded(tenant.name, tenant.number, view),
    verifiedDomains: [
      {
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: true,
        isInitial: false,
        name: tenant.domain,
        type: 'Managed',
      },
      { capabilities: 'Email', isDefault: false, isInitial: true, name: tenant.initialDomain, type: 'Managed' },
    ],
    street: tenant.street,
    city: tenant.city,
    state: tenant.region,
    postalCode: tenant.postcode,
    country: tenant.country,
    countryLetterCode: tenant.countryCode,
    businessPhones: tenant.number % 4 === 3 ? [] : [tenant.phone],
    technicalNotificationMails: [`it@${tenant.domain}`],
    createdDateTime: iso(tenant.created),
    defaultUsageLocation: tenant.countryCode,
    preferredLanguage: 'en',
    tenantType: 'AAD',
    partnerTenantType: tenant.partner ? 'breadthPartnerDelegatedAdmin' : null,
    onPremisesSyncEnabled: tenant.number % 3 === 1 ? true : null,
    onPremisesLastSyncDateTime: tenant.number % 3 === 1 ? iso(tenant.created + day) : null,
    assignedPlans: [],
    provisionedPlans: [],
  };
}

export function domains(tenant: Tenant): object[] {
  const common = {
    availabilityStatus: null,
    isAdminManaged: true,
    isRoot: true,
    passwordValidityPeriodInDays: 2_147_483_647,
    passwordNotificationWindowInDays: 14,
    state: null,
  };
  const own = { isDefault: true, isInitial: false, isVerified: true, supportedServices: ['Email', 'Intune'] };
  const waiting = { isDefault: false, isInitial: false, isVerified: false, supportedServices: [] };
  const initial = { isDefault: false, isInitial: true, isVerified: true, supportedServices: ['Email'] };
  return [
    { ...common, id: tenant.initialDomain, authenticationType: 'Managed', ...initial },
    { ...common, id: tenant.domain, authenticationType: tenant.number % 5 === 2 ? 'Federated' : 'Managed', ...own },
    ...(tenant.number % 4 === 1
      ? [{ ...common, id: `new.${tenant.domain}`, authenticationType: 'Managed', ...waiting }]
      : []),
  ];
}

export function sku(tenant: Tenant, row: Sku, view: Presentation): object {
  return {
    id: `${tenant.id}_${row.skuId}`,
    skuId: row.skuId,
    skuPartNumber: worded(row.partNumber, tenant.number, view),
    capabilityStatus: row.status,
    appliesTo: 'User',
    consumedUnits: row.consumed,
    prepaidUnits: { enabled: row.enabled, suspended: 0, warning: row.warning, lockedOut: 0 },
    servicePlans: [
      {
        servicePlanId: 'aaaa1111-0000-4000-8000-000000000001',
        servicePlanName: 'FAKE_MAIL',
        provisioningStatus: 'Success',
        appliesTo: 'User',
      },
    ],
    subscriptionIds: [subscriptionId(tenant, row)],
    accountId: tenant.id,
    accountName: tenant.initialDomain.split('.')[0],
  };
}

export function subscription(tenant: Tenant, row: Sku): object {
  return {
    id: subscriptionId(tenant, row),
    commerceSubscriptionId: subscriptionId(tenant, row),
    skuId: row.skuId,
    skuPartNumber: row.partNumber,
    status: row.status,
    totalLicenses: row.enabled,
    isTrial: row.trial,
    createdDateTime: iso(tenant.created),
    nextLifecycleDateTime: row.renews === null ? null : iso(row.renews),
    ownerTenantId: null,
    ownerId: null,
    ownerType: 'User',
    serviceStatus: [],
  };
}

const subscriptionId = (tenant: Tenant, row: Sku): string =>
  `5b000000-${row.skuId.slice(-4)}-4000-8000-${tenant.id.slice(-12)}`;

export function user(row: User): Record<string, unknown> {
  return {
    id: row.id,
    businessPhones: row.phone === null ? [] : [row.phone],
    displayName: `${row.givenName} ${row.surname}`,
    givenName: row.givenName,
    surname: row.surname,
    jobTitle: row.jobTitle,
    mail: row.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    userPrincipalName: row.principalName,
    accountEnabled: row.enabled,
    userType: row.guest ? 'Guest' : 'Member',
    assignedLicenses: row.licenses.map((skuId) => ({ skuId, disabledPlans: [] })),
    createdDateTime: iso(row.created),
  };
}

/** What comes without `$select`. */
export const usualUserFields =
  'businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName'.split(
    ' ',
  );

const vendorInformation = { provider: 'SecureScore', providerVersion: null, subProvider: null, vendor: 'Microsoft' };

export function score(tenant: Tenant, row: DayScore, view: Presentation): object {
  return {
    id: `${tenant.id}_${dayText(row.day)}`,
    azureTenantId: tenant.id,
    activeUserCount: tenant.users.filter(({ enabled }) => enabled).length,
    createdDateTime: `${dayText(row.day)}T00:00:00Z`,
    currentScore: row.score,
    enabledServices: ['HasExchange', 'HasSharePoint'],
    licensedUserCount: tenant.users.filter(({ licenses }) => licenses.length > 0).length,
    maxScore: row.max,
    vendorInformation,
    averageComparativeScores: [
      { basis: 'AllTenants', averageScore: 41.7 },
      { basis: 'TotalSeats', averageScore: 44.1 },
    ],
    controlScores: tenant.controls.filter(({ scored }) => scored).map((control) => controlScore(control, row, view)),
  };
}

/** The members after `score` are not documented; numbers come as text now and then. */
function controlScore(control: Control, { day: number }: DayScore, view: Presentation): object {
  const share = control.of === 0 ? 0 : (control.covered / control.of) * 100;
  return {
    controlCategory: control.category,
    controlName: control.id,
    description: `<p>${worded(control.title, control.rank, view)}.</p>`,
    score: control.score,
    ...(control.id.startsWith('scid_')
      ? {}
      : {
          scoreInPercentage: control.rank % 2 === 0 ? share.toFixed(2) : Math.round(share * 100) / 100,
          implementationStatus: `<p>${control.covered} of ${control.of} users are covered.</p>`,
          count: String(control.covered),
          total: String(control.of),
          lastSynced: `${dayText(number)}T00:00:00Z`,
        }),
  };
}

export function profile(tenant: Tenant, control: Control, view: Presentation): object {
  return {
    id: control.id,
    azureTenantId: tenant.id,
    actionType: 'Config',
    actionUrl: `https://example.invalid/action/${control.id}`,
    controlCategory: control.category,
    title: worded(control.title, control.rank, view),
    deprecated: control.deprecated,
    implementationCost: control.cost,
    lastModifiedDateTime: null,
    maxScore: control.maxScore,
    rank: control.rank,
    remediation: `<p>Open the settings &amp; choose <b>On</b>.</p><ul><li>First</li><li>Then</li></ul>`,
    remediationImpact: '<p>People are asked once.</p>',
    service: control.service,
    threats: ['Account breach'],
    tier: 'Core',
    userImpact: control.impact,
    complianceInformation: [],
    controlStateUpdates: [
      { assignedTo: '', comment: '', state: 'Default', updatedBy: '', updatedDateTime: '2026-01-05T08:00:00Z' },
      { assignedTo: '', comment: '', state: control.state, updatedBy: '', updatedDateTime: '2026-02-05T08:00:00Z' },
    ],
    vendorInformation,
  };
}

export function relationship(row: Relationship, view: Presentation): object {
  return {
    '@odata.etag': 'W/"FAKE"',
    id: row.id,
    displayName: worded(row.name, 1, view),
    duration: 'P730D',
    autoExtendDuration: row.autoExtends ? 'P180D' : 'PT0S',
    customer: row.customer,
    accessDetails: { unifiedRoles: row.roles.map((roleDefinitionId) => ({ roleDefinitionId })) },
    status: row.status,
    createdDateTime: fine(row.created),
    activatedDateTime: fine(row.activated),
    endDateTime: fine(row.ends),
    lastModifiedDateTime: fine(row.modified),
  };
}
