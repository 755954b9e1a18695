/** Microsoft's ways to say no, in the operator's terms. Decided by status, then code; by words only where there is no code. */
import { z } from 'zod';
import {
  type ConnectorError,
  type Explanation,
  Forbidden,
  NotFound,
  Unauthorized,
} from '../../src/connector/errors.ts';
import type { Explain, HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

export type TenantState = 'connected' | 'consent-missing' | 'blocked' | 'not-found' | 'wrong-cloud' | 'failed';

/**
 * A sign-in that Microsoft refused. `concerns`: `application` when it is the same in every tenant (its secret), so that no
 * other need be tried.
 */
export class SignInRefused extends Unauthorized {
  readonly concerns: 'application' | 'tenant';
  readonly state: TenantState;
  constructor(
    concerns: 'application' | 'tenant',
    state: TenantState,
    explanation: Explanation,
    options: { status?: number } = {},
  ) {
    super(explanation, options);
    this.concerns = concerns;
    this.state = state;
  }
}

/** The vendor does not offer it in this tenant (a licence that is missing): no failure. */
export class NotOffered extends NotFound {}

/** What an explanation may need to name. */
export interface Circumstances {
  readonly tenant: string;
  readonly consentUrl: string;
}

const app = 'Entra admin center > App registrations > your application';

interface Meaning {
  readonly codes: readonly number[];
  readonly concerns: 'application' | 'tenant';
  readonly state: TenantState;
  readonly reason: string;
  readonly fix: (it: Circumstances) => string;
}

const consent = ({ consentUrl }: Circumstances) =>
  `An administrator of that tenant opens ${consentUrl} and accepts; then test the connection.`;

const meanings: readonly Meaning[] = [
  {
    codes: [7000215],
    concerns: 'application',
    state: 'failed',
    reason: 'Microsoft does not accept the client secret. Often the ID of the secret was copied in place of its value.',
    fix: () =>
      `Copy the Value of the secret from ${app} > Certificates & secrets. It is shown once: make a new one if it was not kept.`,
  },
  {
    codes: [7000222],
    concerns: 'application',
    state: 'failed',
    reason: 'The client secret has expired.',
    fix: () => `Make a new one in ${app} > Certificates & secrets and enter its Value here.`,
  },
  {
    codes: [7000218],
    concerns: 'application',
    state: 'failed',
    reason: 'Microsoft found neither a client secret nor a certificate in the sign-in.',
    fix: () => 'Enter the client secret again.',
  },
  {
    codes: [700027, 700024, 700030],
    concerns: 'application',
    state: 'failed',
    reason: 'Microsoft does not know this certificate for the application, or the key belongs to another one.',
    fix: () =>
      `Upload the certificate in ${app} > Certificates & secrets > Certificates. If that was done just now, test again in some minutes.`,
  },
  {
    codes: [700016],
    concerns: 'tenant',
    state: 'consent-missing',
    reason: 'The application is not known in this tenant: nobody has consented there, or tenant or client ID is wrong.',
    fix: (it) => `Check both ids. If they are right: ${consent(it)}`,
  },
  {
    codes: [7000229],
    concerns: 'tenant',
    state: 'consent-missing',
    reason: 'The application has not been let into this tenant.',
    fix: consent,
  },
  {
    codes: [90099],
    concerns: 'tenant',
    state: 'consent-missing',
    reason: 'The partner application is not authorised in this customer tenant.',
    fix: consent,
  },
  {
    codes: [90002, 50059],
    concerns: 'tenant',
    state: 'not-found',
    reason: 'Microsoft finds no such tenant: a typing error, a deleted tenant, or one of another cloud.',
    fix: () => 'Check the tenant and the cloud. Take it off the list if it is gone.',
  },
  {
    codes: [900023],
    concerns: 'tenant',
    state: 'not-found',
    reason: 'Microsoft takes this for neither a tenant ID nor a domain that it knows.',
    fix: () => 'Check the spelling. The Directory (tenant) ID from the Entra admin center works always.',
  },
  {
    codes: [5000224],
    concerns: 'tenant',
    state: 'not-found',
    reason: 'The tenant has been deleted or is out of service.',
    fix: () => 'Take it off the list of tenants if it is not coming back.',
  },
  {
    codes: [90038, 900382, 900432],
    concerns: 'tenant',
    state: 'wrong-cloud',
    reason: 'The tenant lives in another national cloud of Microsoft.',
    fix: () => 'Choose its cloud. Tenants of different clouds cannot be read with one application.',
  },
  {
    codes: [7000112, 70001],
    concerns: 'tenant',
    state: 'blocked',
    reason: 'The application is disabled in this tenant, or was removed from it.',
    fix: () => 'Enable it in that tenant under Entra admin center > Enterprise applications.',
  },
  {
    codes: [53003],
    concerns: 'tenant',
    state: 'blocked',
    reason: 'A Conditional Access policy of this tenant blocks the application, for example by address.',
    fix: () =>
      "Add this machine's address to the policy's named locations, or leave the application out of the policy.",
  },
  {
    codes: [9001023],
    concerns: 'tenant',
    state: 'not-found',
    reason: 'An application has to name one tenant.',
    fix: () => 'Enter the Directory (tenant) ID.',
  },
  {
    codes: [90013, 90014, 900144, 1002012, 70011],
    concerns: 'application',
    state: 'failed',
    reason:
      'Microsoft does not understand the sign-in, which is a defect of this program, or the cloud is the wrong one.',
    fix: () => 'Check the cloud. If it is right, report this with a recording: msportal test microsoft-365 --har FILE',
  },
];

const tokenError = z.object({
  error: z.string().catch(''),
  error_description: z.string().catch(''),
  error_codes: z.array(z.number()).catch([]),
  trace_id: z.string().optional().catch(undefined),
  correlation_id: z.string().optional().catch(undefined),
  timestamp: z.string().optional().catch(undefined),
});

/** Why a token was refused. Undefined for what is not Microsoft's own answer (a gateway's page). */
function signInFailure({ status, body }: HttpFailure, it: Circumstances): ConnectorError | undefined {
  const told = tokenError.safeParse(body).data;
  if (told === undefined || (told.error === '' && told.error_description === '')) return undefined;
  const number = told.error_codes[0] ?? Number(/AADSTS(\d+)/.exec(told.error_description)?.[1]);
  const meaning = meanings.find(({ codes }) => codes.includes(number));
  // Codes may change, Microsoft says: one that is not known here is shown as it came.
  const words = told.error_description.split(/\r?\n|(?<=\.)\s/)[0] ?? '';
  const trace = [
    words || told.error,
    told.trace_id && `trace ${told.trace_id}`,
    told.correlation_id && `correlation ${told.correlation_id}`,
    told.timestamp,
  ];
  const detail = trace.filter(Boolean).join(', ');
  if (meaning !== undefined) {
    const { concerns, state, reason, fix } = meaning;
    return new SignInRefused(concerns, state, { reason, fix: fix(it), detail }, { status });
  }
  return new SignInRefused(
    'tenant',
    'failed',
    {
      reason: `Microsoft refused the sign-in (${told.error || status}): ${words || 'it does not say why.'}`,
      fix: 'Look the code up at https://login.microsoftonline.com/error. The identifiers in the details help Microsoft to find the case.',
      detail,
    },
    { status },
  );
}

/** Which application permission each path needs. */
const permissions: readonly { path: RegExp; what: string; permission: string }[] = [
  { path: /\/security\//, what: 'Secure Score', permission: 'SecurityEvents.Read.All' },
  { path: /\/organization\b/, what: 'the tenant', permission: 'Organization.Read.All' },
  { path: /\/domains\b/, what: 'domains', permission: 'Domain.Read.All' },
  { path: /\/subscribedSkus\b|\/directory\/subscriptions\b/, what: 'licenses', permission: 'Organization.Read.All' },
  { path: /\/users\b/, what: 'users', permission: 'User.Read.All' },
  {
    path: /\/tenantRelationships\//,
    what: 'delegated admin relationships',
    permission: 'DelegatedAdminRelationship.Read.All',
  },
  { path: /./, what: 'this', permission: 'what the guide names' },
];

const graphError = z.object({
  error: z.object({ code: z.string().catch(''), message: z.string().catch('') }),
});

function graphFailure({ status, body, url }: HttpFailure, { consentUrl }: Circumstances): ConnectorError | undefined {
  const told = graphError.safeParse(body).data?.error;
  if (told === undefined) return undefined;
  const detail = [told.code, told.message].filter(Boolean).join(': ');
  const { pathname } = new URL(url);
  if (status === 401) {
    return new SignInRefused(
      'tenant',
      'failed',
      {
        reason: 'Microsoft Graph does not accept the token that was issued for it, not even a new one.',
        fix: 'Check that the cloud is the right one: tokens of one cloud are refused by the others.',
        detail,
      },
      { status },
    );
  }
  // A tenant without the licence answers so; there is no code for it.
  if ((status === 400 || status === 403) && /not applicable to target tenant/i.test(told.message)) {
    return new NotOffered(
      { reason: 'Microsoft does not offer this in the tenant.', fix: 'Nothing to do.', detail },
      { status },
    );
  }
  if (status === 403) {
    const { what, permission } = permissions.find(({ path }) => path.test(pathname))!;
    const partner = permission.startsWith('DelegatedAdmin');
    return new Forbidden(
      what,
      {
        reason: partner
          ? 'This tenant does not list delegated admin relationships: it is no partner tenant, or the permission is missing.'
          : `The application may not read ${what} in this tenant.`,
        fix: `Add the application permission ${permission} (not a delegated one) under ${app} > API permissions, then an administrator of the tenant opens ${consentUrl} and accepts.`,
        detail,
      },
      { status },
    );
  }
  return undefined;
}

export function explainFor(circumstances: Circumstances): Explain {
  return (failure) =>
    new URL(failure.url).pathname.endsWith('/oauth2/v2.0/token')
      ? signInFailure(failure, circumstances)
      : graphFailure(failure, circumstances);
}

export function keyMismatch(): SignInRefused {
  return new SignInRefused('application', 'failed', {
    reason: 'The private key does not belong to the certificate.',
    fix: 'Enter the certificate that was uploaded to the application, and the private key made with it.',
  });
}

export const oddAnswer = oddAnswerOf('Microsoft', 'microsoft-365');
