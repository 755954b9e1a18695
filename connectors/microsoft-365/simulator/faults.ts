/** Microsoft's own ways to go wrong, beside those any vendor has. The ones without code are looked up where they matter. */
import type { Answer } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault, type Wording } from '../../../src/simulator/faults.ts';
import { graphError, tokenError } from './errors.ts';

export const wording: Wording = {
  throttled: (waitMs) => ({
    ...graphError(429, 'TooManyRequests', 'Too many requests'),
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)), 'x-ms-throttle-scope': 'Tenant_Application' },
  }),
  serverError: () => graphError(500, 'generalException', 'An internal server error has occurred.'),
  unauthorised: (kind) => (kind === 'sign-in' ? tokenError('bad-secret') : invalidToken()),
};

export function invalidToken(message = 'Access token has expired or is not yet valid.'): Answer {
  return {
    ...graphError(401, 'InvalidAuthenticationToken', message),
    headers: {
      'www-authenticate':
        'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"',
    },
  };
}

const one = 'In the first client tenant';

export function microsoftFaults(forgetTokens: () => void): Record<string, Fault> {
  return {
    'bad-secret': { meaning: 'The secret is refused in every tenant: AADSTS7000215.' },
    'secret-expired': { meaning: 'The secret has expired: AADSTS7000222.' },
    'certificate-unknown': { meaning: 'A client assertion is refused: AADSTS700027.' },
    'wrong-scope': { meaning: 'The scope is refused, as of another cloud: AADSTS1002012.' },
    'token-throttled': {
      meaning: 'The next 2 sign-ins are answered 429, AADSTS90055 (count: how many).',
      count: 2,
      before: (_, route, turn) => {
        if (route?.kind !== 'sign-in') return undefined;
        turn.left--;
        if (turn.left <= 0) turn.end();
        return { ...tokenError('token-throttled'), headers: { 'retry-after': '2' } };
      },
    },
    'no-consent': { meaning: `${one} nobody has consented: AADSTS700016.` },
    'no-service-principal': { meaning: `${one} the application has no service principal: AADSTS7000229.` },
    'partner-not-authorised': { meaning: `${one} the partner application is not authorised: AADSTS90099.` },
    'tenant-not-found': { meaning: 'The first client tenant is not found: AADSTS90002.' },
    'tenant-deleted': { meaning: 'The first client tenant is out of service: AADSTS5000224.' },
    'other-cloud': { meaning: 'The first client tenant lives in another cloud: AADSTS900382.' },
    'app-disabled': { meaning: `${one} the application is disabled: AADSTS7000112.` },
    'conditional-access': { meaning: `${one} a policy blocks the application: AADSTS53003.` },
    'unknown-code': { meaning: `${one} the sign-in is refused with a code that nobody has heard of.` },
    'no-permissions': { meaning: 'Tokens are issued without any permission; every data call is answered 403.' },
    'missing-security': { meaning: 'Security calls are answered 403, code UnknownError.' },
    'missing-security-blank': { meaning: 'Security calls are answered 403, with an empty code.' },
    'missing-security-one': { meaning: `${one} security calls are answered 403, code UnknownError.` },
    'missing-organization': { meaning: 'Calls for the organization are answered 403 Authorization_RequestDenied.' },
    'missing-domains': { meaning: 'Calls for domains are answered 403 Authorization_RequestDenied.' },
    'missing-users': { meaning: 'Calls for users are answered 403 Authorization_RequestDenied.' },
    'missing-licenses': { meaning: 'Calls for licences are answered 403 Authorization_RequestDenied.' },
    'not-a-partner': { meaning: 'Calls for delegated admin relationships are answered 403 accessDenied.' },
    'not-applicable': { meaning: `${one} security calls are answered 400: not applicable to target tenant.` },
    'no-score': { meaning: `${one} no score was computed yet: the list is empty.` },
    'invalid-token': { meaning: 'Every token is refused with 401, as those of another cloud are.' },
    'no-count-index': { meaning: 'Users are not counted: @odata.count is left out, and pages hold 5.' },
    'no-count-at-all': { meaning: 'Queries that need an index are refused, as in tenants for consumers.' },
    'endless-links': { meaning: 'Lists hand out links to further pages without end.' },
    'circular-links': { meaning: 'Lists hand out links that lead to the first page again.' },
    'foreign-links': { meaning: 'Links to further pages lead to another host.' },
    'provider-warning': { meaning: 'Security calls are answered 206 with a Warning, as when one provider failed.' },
    'batch-throttled': { meaning: 'The next 3 requests inside batches are answered 429 (count: how many).', count: 3 },
    ...commonFaults(wording, forgetTokens),
  };
}
