/** Microsoft Graph's shapes and what they are in the portal. Pure. Rows are read leniently: any member may be null, absent, or a number written as text. */
import { z } from 'zod';
import type { SourceItem } from '../../src/connector/contract.ts';
import { joined, orNull, utcTime } from '../../src/connector/values.ts';
import type { SourceRecords } from '../../src/portal/records/index.ts';
import type { TenantState } from './failures.ts';

const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const texts = z.array(z.string()).nullish().catch(null);
const number = z
  .union([z.number(), z.string()])
  .nullish()
  .catch(null)
  .transform((value) => {
    const numeric = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof numeric === 'number' && Number.isFinite(numeric) ? numeric : null;
  });
const listOf = <S extends z.ZodType>(row: S) =>
  z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? []);

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

/** The ids of licences and scores begin with the tenant's id as Microsoft writes it; ours are in lower case throughout. */
export const idOf = (id: string): string => id.toLowerCase();

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

export const skuRow = z.object({
  id: z.string(),
  skuId: text,
  skuPartNumber: text,
  capabilityStatus: text,
  appliesTo: text,
  consumedUnits: number,
  prepaidUnits: z
    .object({ enabled: number, warning: number, suspended: number, lockedOut: number })
    .nullish()
    .catch(null),
});
export type SkuRow = z.infer<typeof skuRow>;

export const subscriptionRow = z.object({
  id: z.string(),
  skuId: text,
  status: text,
  isTrial: flag,
  nextLifecycleDateTime: text,
});
export type SubscriptionRow = z.infer<typeof subscriptionRow>;

/** Products without charge come with ten thousand seats and more. */
const freeFrom = 10_000;

/** `subscriptions`: null where they cannot be read. */
export function toLicense(
  row: SkuRow,
  subscriptions: readonly SubscriptionRow[] | null,
  tenant: string,
): SourceItem<'licenses'> {
  const { enabled, warning, suspended, lockedOut } = row.prepaidUnits ?? {};
  const seats = enabled ?? null;
  const used = row.consumedUnits;
  const own = subscriptions?.filter(({ skuId, status }) => skuId === row.skuId && status !== 'Deleted') ?? [];
  const ends = own.map(({ nextLifecycleDateTime }) => utcTime(nextLifecycleDateTime)).filter((time) => time !== null);
  return {
    kind: 'record',
    externalId: idOf(row.id),
    modifiedAt: null,
    record: {
      ...belongsTo(tenant),
      name: orNull(row.skuPartNumber) ?? orNull(row.skuId),
      productId: orNull(row.skuId),
      status: orNull(row.capabilityStatus),
      appliesTo: orNull(row.appliesTo),
      seats,
      used,
      available: seats === null ? null : Math.max(0, seats - (used ?? 0)),
      seatsInWarning: warning ?? null,
      seatsSuspended: suspended ?? null,
      seatsLockedOut: lockedOut ?? null,
      isFree: seats === null ? null : seats >= freeFrom,
      ...(subscriptions === null
        ? {}
        : { isTrial: own.some(({ isTrial }) => isTrial === true), renewsAt: ends.sort()[0] ?? null }),
    },
  };
}

const controlScoreRow = z.object({
  controlName: text,
  controlCategory: text,
  description: text,
  score: number,
  implementationStatus: text,
  lastSynced: text,
});
export type ControlScoreRow = z.infer<typeof controlScoreRow>;

export const scoreRow = z.object({
  id: z.string(),
  azureTenantId: text,
  createdDateTime: text,
  currentScore: number,
  maxScore: number,
  activeUserCount: number,
  licensedUserCount: number,
  enabledServices: texts,
  averageComparativeScores: listOf(z.object({ basis: text, averageScore: number })),
  controlScores: listOf(controlScoreRow),
});
export type ScoreRow = z.infer<typeof scoreRow>;

/** A day of the past: of its fifteen kilobytes only the score counts. */
export const pastScoreRow = scoreRow.pick({ createdDateTime: true, currentScore: true, maxScore: true });
export type PastScoreRow = z.infer<typeof pastScoreRow>;

export const daysOfHistory = 90;

export const dayOf = (row: Pick<ScoreRow, 'createdDateTime'>): string | null =>
  utcTime(row.createdDateTime)?.slice(0, 10) ?? null;

/** `days`: the newest 90, in any order; null where only the newest one was read, and the history told before stands. */
export function toSecureScore(
  row: ScoreRow,
  days: readonly PastScoreRow[] | null,
  tenant: string,
): SourceItem<'secureScores'> {
  const comparisons = row.averageComparativeScores.flatMap(({ basis, averageScore }) =>
    basis && averageScore !== null ? [{ basis, averageScore }] : [],
  );
  return {
    kind: 'record',
    externalId: tenant,
    modifiedAt: null,
    record: {
      ...belongsTo(tenant),
      currentScore: row.currentScore,
      maxScore: row.maxScore,
      percentage: row.currentScore === null ? null : percent(row.currentScore, row.maxScore),
      scoreDate: utcTime(row.createdDateTime),
      averageComparativeScore: comparisons.find(({ basis }) => basis === 'AllTenants')?.averageScore ?? null,
      comparisons,
      activeUserCount: row.activeUserCount,
      licensedUserCount: row.licensedUserCount,
      enabledServices: row.enabledServices ?? null,
      ...(days === null ? {} : { history: historyOf(days) }),
    },
  };
}

/** The maximum can be 0. */
function percent(score: number, max: number | null): number {
  return max === null || max <= 0 ? 0 : Math.round((score / max) * 10_000) / 100;
}

function historyOf(days: readonly PastScoreRow[]) {
  const points = days.flatMap((row) => {
    const date = dayOf(row);
    return date === null || row.currentScore === null
      ? []
      : [{ date, score: row.currentScore, maxScore: row.maxScore ?? 0 }];
  });
  const byDay = new Map(points.map((point) => [point.date, point]));
  return [...byDay.values()].sort((a, b) => (a.date < b.date ? -1 : 1)).slice(-daysOfHistory);
}

export const profileRow = z.object({
  id: z.string(),
  title: text,
  controlCategory: text,
  maxScore: number,
  rank: number,
  tier: text,
  service: text,
  implementationCost: text,
  userImpact: text,
  actionUrl: text,
  remediation: text,
  remediationImpact: text,
  threats: texts,
  deprecated: flag,
  controlStateUpdates: listOf(z.object({ state: text })),
});
export type ProfileRow = z.infer<typeof profileRow>;

/** A control can have a score without a profile (retired, or of the endpoint product) and the reverse: what is there is shown. */
export function toScoreControls(
  score: ScoreRow | null,
  profiles: readonly ProfileRow[],
  tenant: string,
): SourceItem<'scoreControls'>[] {
  const scored = new Map<string, ControlScoreRow>();
  for (const row of score?.controlScores ?? []) {
    const name = orNull(row.controlName);
    if (name !== null && !scored.has(name)) scored.set(name, row);
  }
  const known = new Map(profiles.map((row) => [row.id, row]));
  const names = new Set([...known.keys(), ...scored.keys()]);
  return [...names].map((name) => toScoreControl(name, scored.get(name), known.get(name), tenant));
}

function toScoreControl(
  name: string,
  row: ControlScoreRow | undefined,
  profile: ProfileRow | undefined,
  tenant: string,
): SourceItem<'scoreControls'> {
  const score = row?.score ?? null;
  const maxScore = profile?.maxScore ?? null;
  return {
    kind: 'record',
    externalId: `${tenant}_${name}`,
    modifiedAt: null,
    record: {
      ...belongsTo(tenant),
      controlId: name,
      name: orNull(profile?.title) ?? name,
      category: orNull(profile?.controlCategory) ?? orNull(row?.controlCategory),
      score,
      maxScore,
      gain: score === null || maxScore === null ? null : Math.round(Math.max(0, maxScore - score) * 100) / 100,
      implementationStatus: plain(row?.implementationStatus),
      userImpact: orNull(profile?.userImpact),
      implementationCost: orNull(profile?.implementationCost),
      rank: profile?.rank ?? null,
      tier: orNull(profile?.tier),
      service: orNull(profile?.service),
      state: orNull(profile?.controlStateUpdates.at(-1)?.state),
      isActive: profile === undefined ? null : profile.deprecated !== true,
      description: plain(row?.description),
      remediation: plain(profile?.remediation),
      remediationImpact: plain(profile?.remediationImpact),
      actionUrl: orNull(profile?.actionUrl),
      threats: profile?.threats ?? null,
      lastSyncedAt: utcTime(row?.lastSynced),
    },
  };
}

export const relationshipRow = z.object({
  id: z.string(),
  displayName: text,
  status: text,
  customer: z.object({ tenantId: text, displayName: text }).nullish().catch(null),
  autoExtendDuration: text,
  accessDetails: z
    .object({ unifiedRoles: listOf(z.object({ roleDefinitionId: z.string() })) })
    .nullish()
    .catch(null),
  createdDateTime: text,
  activatedDateTime: text,
  endDateTime: text,
  lastModifiedDateTime: text,
});
export type RelationshipRow = z.infer<typeof relationshipRow>;

/** `partner`: the id of the provider's tenant, which lists them. */
export function toDelegatedAdmin(row: RelationshipRow, partner: string): SourceItem<'delegatedAdmins'> {
  const customer = orNull(row.customer?.tenantId)?.toLowerCase() ?? null;
  const roles = row.accessDetails?.unifiedRoles.map(({ roleDefinitionId }) => roleDefinitionId) ?? null;
  return {
    kind: 'record',
    externalId: `${partner}_${idOf(row.id)}`,
    modifiedAt: null,
    record: {
      tenantExternalId: customer,
      companyExternalId: customer,
      name: orNull(row.displayName),
      status: orNull(row.status),
      isActive: row.status === 'active' || row.status === 'expiring',
      customerName: orNull(row.customer?.displayName),
      roles,
      roleCount: roles?.length ?? null,
      autoExtends: !['', 'PT0S', 'P0D'].includes(row.autoExtendDuration ?? ''),
      createdAt: utcTime(row.createdDateTime),
      activatedAt: utcTime(row.activatedDateTime),
      endsAt: utcTime(row.endDateTime),
      updatedAt: utcTime(row.lastModifiedDateTime),
    },
  };
}

/** Relationships that Microsoft made while it moved partners to GDAP; nobody manages these. */
export const isTransitional = (row: RelationshipRow): boolean => row.displayName?.startsWith('MLT_') ?? false;

function belongsTo(tenant: string) {
  return { tenantExternalId: tenant, companyExternalId: tenant };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** Texts come as HTML. Only words are kept: it is read in a terminal. */
function plain(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  const words = html
    .replaceAll(/<(br|\/p|\/li|\/div|\/h\d)\b[^>]*>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => entities[name] ?? '');
  return joined(words.split(/\s*\n\s*/), '\n');
}
