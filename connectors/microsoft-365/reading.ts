/** What is asked of one tenant for each record type, with as few requests as Microsoft allows. */
import { z } from 'zod';
import { type ConnectorError, Forbidden, Rejected } from '../../src/connector/errors.ts';
import type { TenantRows } from './across.ts';
import { oddAnswer } from './failures.ts';
import { isTransitional, relationshipRow, toDelegatedAdmin } from './mapping/delegated-admins.ts';
import { skuRow, subscriptionRow, toLicense } from './mapping/licenses.ts';
import {
  dayOf,
  daysOfHistory,
  pastScoreRow,
  profileRow,
  type ScoreRow,
  scoreRow,
  toScoreControls,
  toSecureScore,
} from './mapping/scores.ts';
import {
  domainRow,
  organizationRow,
  type TenantFacts,
  toCompany,
  toTenant,
  type UserCounts,
} from './mapping/tenants.ts';
import { type Answer, type Query, type Tenant, valid } from './tenant.ts';

const listOf = <S extends z.ZodType>(row: S) => z.object({ value: z.array(row) });

const organizationQuery: Query = {
  url: '/organization?$select=id,displayName,verifiedDomains,street,city,state,postalCode,country,businessPhones,technicalNotificationMails,createdDateTime,tenantType,partnerTenantType,onPremisesSyncEnabled,onPremisesLastSyncDateTime',
};

/** Each count is one row and a number beside it. */
const userQueries: Readonly<Record<keyof UserCounts, string | null>> = {
  all: null,
  licensed: 'assignedLicenses/$count ne 0',
  guests: "userType eq 'Guest'",
  disabled: 'accountEnabled eq false',
};

export interface TenantView extends TenantFacts {
  readonly id: string;
  readonly problem: ConnectorError | null;
}

/** Organization, domains and user counts: one request, shared by the record types that need it. */
export function viewOf(tenant: Tenant, signal: AbortSignal): Promise<TenantView> {
  return tenant.once('view', async () => {
    const answers = await tenant.batch(
      {
        organization: organizationQuery,
        domains: { url: '/domains?$select=id,isDefault,isInitial,isVerified,authenticationType,supportedServices' },
        all: userCount('all', 1),
        licensed: userCount('licensed', 1),
        guests: userCount('guests', 1),
        disabled: userCount('disabled', 1),
      },
      signal,
    );
    const organization = organizationOf(answers.organization);
    const id = organization.id.toLowerCase();
    tenant.learn(id, organization.displayName ?? null);
    const domains = openTo(answers.domains, (body) => valid(listOf(domainRow), 'domains', body).value);
    const users = await usersOf(tenant, answers, signal);
    return { id, organization, domains: domains.value, users: users.value, problem: domains.problem ?? users.problem };
  });
}

export async function readCompany(tenant: Tenant, signal: AbortSignal): Promise<TenantRows> {
  const company = toCompany(await viewOf(tenant, signal));
  return { items: company === null ? [] : [company] };
}

export async function readTenant(tenant: Tenant, signal: AbortSignal): Promise<TenantRows> {
  const view = await viewOf(tenant, signal);
  return {
    items: [toTenant(view, tenant.consentUrl)],
    ...(view.problem === null ? {} : { problem: view.problem }),
  };
}

/** `/subscribedSkus` takes neither a filter nor pages; renewal dates come from another list, where that is open to us. */
export async function readLicenses(tenant: Tenant, signal: AbortSignal): Promise<TenantRows> {
  const answers = await tenant.batch(
    {
      skus: { url: '/subscribedSkus' },
      subscriptions: { url: '/directory/subscriptions' },
    },
    signal,
  );
  const skus = valid(listOf(skuRow), 'licenses', bodyOf(answers.skus)).value;
  const subscriptions =
    'error' in answers.subscriptions
      ? null
      : (listOf(subscriptionRow).safeParse(answers.subscriptions.body).data?.value ?? null);
  const id = await idOf(tenant, signal);
  return { items: skus.map((row) => toLicense(row, subscriptions, id)) };
}

/**
 * There is one score a day, newest first. One row is read; only when its day is news, once a day, all 90 are. The list
 * has a link to older days whatever is asked for: it is not followed.
 */
export async function readSecureScore(tenant: Tenant, signal: AbortSignal): Promise<TenantRows> {
  const newest = await newestScore(tenant, signal);
  // A tenant that is new or has no licence has no score yet.
  if (newest === null) return { items: [] };
  const id = await idOf(tenant, signal);
  const day = dayOf(newest);
  if (day !== null && tenant.historyTold === day) return { items: [toSecureScore(newest, null, id)] };
  const days = await scores(pastScoreRow, tenant, daysOfHistory, signal);
  return {
    items: [toSecureScore(newest, days, id)],
    stored: () => {
      if (day !== null) tenant.historyTold = day;
    },
  };
}

export async function readScoreControls(tenant: Tenant, signal: AbortSignal): Promise<TenantRows> {
  const score = await newestScore(tenant, signal);
  const profiles = [];
  const pages = tenant.pages(
    profileRow,
    'control profiles',
    { url: '/security/secureScoreControlProfiles?$top=999', security: true },
    signal,
  );
  for await (const rows of pages) profiles.push(...rows);
  return { items: toScoreControls(score, profiles, await idOf(tenant, signal)) };
}

/** Listed by the provider's own tenant, where the permission is there. */
export async function readDelegatedAdmins(tenant: Tenant, signal: AbortSignal): Promise<TenantRows> {
  const id = await idOf(tenant, signal);
  const items = [];
  const pages = tenant.pages(
    relationshipRow,
    'delegated admin relationships',
    { url: '/tenantRelationships/delegatedAdminRelationships?$top=300' },
    signal,
  );
  for await (const rows of pages) {
    items.push(...rows.filter((row) => !isTransitional(row)).map((row) => toDelegatedAdmin(row, id)));
  }
  return { items };
}

const customerRow = z.object({ id: z.string(), tenantId: z.string().nullish() });

/** The ids of the customer tenants that a partner's own tenant lists. */
export async function customersOf(tenant: Tenant, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  const pages = tenant.pages(
    customerRow,
    'customers',
    { url: '/tenantRelationships/delegatedAdminCustomers?$top=300' },
    signal,
  );
  for await (const rows of pages) ids.push(...rows.map((row) => (row.tenantId ?? row.id).toLowerCase()));
  return ids;
}

export function newestScore(tenant: Tenant, signal: AbortSignal): Promise<ScoreRow | null> {
  return tenant.once('score', async () => (await scores(scoreRow, tenant, 1, signal))[0] ?? null);
}

async function scores<S extends z.ZodType>(row: S, tenant: Tenant, top: number, signal: AbortSignal) {
  const query = { url: `/security/secureScores?$top=${top}`, security: true };
  const { value } = await tenant.json(z.object({ value: z.array(row) }), 'Secure Score', query, signal);
  return value.slice(0, top);
}

/** Known from the sign-in nearly always; where the token does not tell it, the organization does. */
async function idOf(tenant: Tenant, signal: AbortSignal): Promise<string> {
  return tenant.id ?? (await viewOf(tenant, signal)).id;
}

export function organizationOf(answer: Answer) {
  const row = valid(listOf(organizationRow), 'the organization', bodyOf(answer)).value[0];
  if (row === undefined) throw oddAnswer('the organization', 'the list is empty');
  return row;
}

function bodyOf(answer: Answer): unknown {
  if ('error' in answer) throw answer.error;
  return answer.body;
}

/** What a missing permission closes is null, and named; any other failure is one of the whole. */
function openTo<T>(answer: Answer, read: (body: unknown) => T): { value: T | null; problem: ConnectorError | null } {
  if (!('error' in answer)) return { value: read(answer.body), problem: null };
  if (answer.error instanceof Forbidden) return { value: null, problem: answer.error };
  throw answer.error;
}

function userCount(which: keyof UserCounts, top: number): Query {
  const filter = userQueries[which];
  return {
    url: `/users?${filter === null ? '' : `$filter=${encodeURIComponent(filter)}&`}$count=true&$top=${top}&$select=id`,
    eventual: true,
  };
}

const counted = z.object({ '@odata.count': z.number().int().nonnegative().optional() });

async function usersOf(
  tenant: Tenant,
  answers: Readonly<Record<keyof UserCounts, Answer>>,
  signal: AbortSignal,
): Promise<{ value: UserCounts | null; problem: ConnectorError | null }> {
  const counts: Record<keyof UserCounts, number> = { all: 0, licensed: 0, guests: 0, disabled: 0 };
  for (const which of Object.keys(counts) as (keyof UserCounts)[]) {
    const answer = answers[which];
    // Tenants of the kind for consumers have no index to count with, and say so.
    if ('error' in answer && answer.error instanceof Rejected) return { value: null, problem: null };
    const { value, problem } = openTo(answer, (body) => valid(counted, 'users', body)['@odata.count']);
    if (problem !== null) return { value: null, problem };
    counts[which] = value ?? (await countRows(tenant, which, signal));
  }
  return { value: counts, problem: null };
}

/** Where the number beside the rows is left out. */
async function countRows(tenant: Tenant, which: keyof UserCounts, signal: AbortSignal): Promise<number> {
  let count = 0;
  for await (const rows of tenant.pages(z.object({ id: z.string() }), 'users', userCount(which, 999), signal)) {
    count += rows.length;
  }
  return count;
}
