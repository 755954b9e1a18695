/** The connection test: is there a tenant that lets us in, what does each say, which record types may be read where. */
import type { CheckOutcome, CheckStep, ConnectorEnvironment } from '../../src/connector/contract.ts';
import { ConnectorError, Forbidden } from '../../src/connector/errors.ts';
import { labelOf, type RecordType } from '../../src/portal/records/index.ts';
import { placesOf } from './clouds.ts';
import { isGuid } from './credentials.ts';
import { NotOffered } from './failures.ts';
import { organizationOf } from './reading.ts';
import { proofEnds } from './sign-in.ts';
import type { Answer, Query, Tenant } from './tenant.ts';

/** One small question per thing that needs a permission of its own; all of them go in one request per tenant. */
const questions = {
  organization: { url: '/organization?$select=id,displayName,verifiedDomains' },
  domains: { url: '/domains?$select=id' },
  users: { url: '/users?$top=1&$select=id' },
  skus: { url: '/subscribedSkus?$select=skuId,skuPartNumber' },
  score: { url: '/security/secureScores?$top=1' },
} as const satisfies Record<string, Query>;
type Question = keyof typeof questions;

const needs: Readonly<Partial<Record<RecordType, readonly Question[]>>> = {
  companies: ['organization'],
  tenants: ['organization', 'domains', 'users'],
  licenses: ['skus'],
  secureScores: ['score'],
  scoreControls: ['score'],
};

const warnDaysAhead = 30;
const dayMs = 86_400_000;

export function checks(
  environment: ConnectorEnvironment,
  tenants: readonly Tenant[],
  types: readonly RecordType[],
): CheckStep[] {
  const { lacks } = placesOf(environment.credentials);
  const survey = new Survey(tenants);
  return [
    { id: 'sign-in', label: 'Sign-in of the application', hard: true, run: (signal) => survey.signIn(signal) },
    ...validity(environment),
    ...tenants.map((tenant) => ({
      id: `tenant:${tenant.key}`,
      label: `Tenant ${tenant.key}`,
      run: (signal: AbortSignal) => survey.tenant(tenant, signal),
    })),
    ...types.map((type) => ({
      id: type,
      label: `Read ${labelOf(type).toLowerCase()}`,
      run: async (signal: AbortSignal) => {
        if (lacks.includes(type)) return notOffered;
        return type === 'delegatedAdmins' ? relationships(tenants[0]!, signal) : survey.type(type);
      },
    })),
  ];
}

const notOffered: CheckOutcome = {
  status: 'untested',
  cause: 'Microsoft does not offer this in the chosen cloud.',
  fix: 'Nothing to do; leave it out of the record types if you like.',
};

/** What the tenants answered, so that the record types need not ask again. */
class Survey {
  readonly #tenants: readonly Tenant[];
  readonly #answers = new Map<Tenant, Record<Question, Answer>>();

  constructor(tenants: readonly Tenant[]) {
    this.#tenants = tenants;
  }

  /** With a new token each, so that permissions which were granted a moment ago count. */
  async signIn(signal: AbortSignal): Promise<CheckOutcome> {
    let first: ConnectorError | null = null;
    for (const tenant of this.#tenants) {
      try {
        const roles = await tenant.signIn(signal, true);
        const detail = roles === '' ? 'The token names no permissions' : `Permissions: ${roles}`;
        return { status: 'passed', detail: `${tenant.key}. ${detail}` };
      } catch (error) {
        if (!(error instanceof ConnectorError) || tenant.stopsRun(error)) throw error;
        first ??= error;
      }
    }
    throw first;
  }

  async tenant(tenant: Tenant, signal: AbortSignal): Promise<CheckOutcome> {
    await tenant.signIn(signal, true);
    const answers = await tenant.batch(questions, signal);
    this.#answers.set(tenant, answers);
    if ('error' in answers.organization) throw answers.organization.error;
    const { id, displayName } = organizationOf(answers.organization);
    if (isGuid(tenant.key) && id.toLowerCase() !== tenant.key) {
      return {
        status: 'failed',
        cause: `Microsoft signed us in to another tenant (${id}) than the one that was named.`,
        fix: 'Check the tenant ID and the cloud.',
      };
    }
    tenant.learn(id.toLowerCase(), displayName ?? null);
    const scored = 'error' in answers.score || (answers.score.body as { value?: unknown[] }).value?.length !== 0;
    return { status: 'passed', detail: `${displayName ?? id} (${id})${scored ? '' : ', no Secure Score yet'}` };
  }

  type(type: RecordType): CheckOutcome {
    const wanted = needs[type] ?? [];
    const refused: { tenant: Tenant; error: ConnectorError }[] = [];
    let fine = 0;
    for (const [tenant, answers] of this.#answers) {
      const errors = wanted.flatMap((question) => {
        const answer = answers[question];
        return 'error' in answer && !(answer.error instanceof NotOffered) ? [answer.error] : [];
      });
      if (errors[0] === undefined) fine += 1;
      else refused.push({ tenant, error: errors[0] });
    }
    const first = refused[0];
    const of = `${fine} of ${this.#tenants.length} tenant${this.#tenants.length === 1 ? '' : 's'}`;
    if (first !== undefined) {
      const where = refused.map(({ tenant }) => tenant.label).join(', ');
      const { reason, fix, detail } = first.error;
      return { status: 'failed', cause: `${reason} (${where})`, fix, ...(detail === undefined ? {} : { detail }) };
    }
    if (fine > 0) return { status: 'passed', detail: of };
    return { status: 'untested', cause: 'No tenant answered.', fix: 'Mend the tenants above, then test again.' };
  }
}

async function relationships(provider: Tenant, signal: AbortSignal): Promise<CheckOutcome> {
  try {
    const query = { relationships: { url: '/tenantRelationships/delegatedAdminRelationships?$top=1' } };
    const { relationships: answer } = await provider.batch(query, signal);
    if ('error' in answer) throw answer.error;
    return { status: 'passed', detail: `Listed by ${provider.label}` };
  } catch (error) {
    // Not every provider is a partner; then there is nothing to read, and nothing wrong.
    if (error instanceof Forbidden) return { status: 'untested', cause: error.reason, fix: error.fix };
    throw error;
  }
}

/** Microsoft tells an application nothing of when its secret ends: only with the operator's word, or a certificate. */
function validity({ credentials, http }: ConnectorEnvironment): CheckStep[] {
  const ends = proofEnds(credentials);
  if (ends === null) return [];
  const run = async (): Promise<CheckOutcome> => {
    const days = Math.floor((ends.getTime() - (http.vendorNow() ?? new Date()).getTime()) / dayMs);
    const on = ends.toISOString().slice(0, 10);
    const fix = 'Make a new one in the Entra admin center and enter it here before this one ends.';
    if (days < 0) return { status: 'failed', cause: `The secret or certificate ended on ${on}.`, fix };
    if (days >= warnDaysAhead) return { status: 'passed', detail: `Until ${on}` };
    return { status: 'untested', cause: `The secret or certificate ends on ${on}, in ${days} days.`, fix };
  };
  return [{ id: 'secret', label: 'Secret or certificate is valid for long enough', run }];
}
