/** Halo's own ways to go wrong, beside those any vendor has. The ones without code are looked up where they matter. */
import type { Answer } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault, repeatsRows, type Wording } from '../../../src/simulator/faults.ts';
import { invalidClient } from './sign-in.ts';

/** The answers whose wording is Halo's. */
export const wording: Wording = {
  // No Retry-After: Halo is not known to send one.
  throttled: () => ({ status: 429, body: { error: 'Rate Limit Reached - 300 Requests per rolling 5 minute window' } }),
  serverError: () => ({
    status: 500,
    body: { ClassName: 'System.Exception', Message: 'An unexpected error has occurred', Data: null },
  }),
  unauthorised: (kind) =>
    kind === 'sign-in' ? invalidClient() : { status: 401, headers: { 'www-authenticate': 'Bearer' } },
};

const pageNotFound: Answer = {
  status: 404,
  body: '<!DOCTYPE html><html><head><title>Not Found</title></head><body><h1>Not Found</h1></body></html>',
};

export function haloFaults(forgetTokens: () => void): Record<string, Fault> {
  return {
    'bad-secret': { meaning: 'The secret is refused: 401 invalid_client.' },
    'inactive-app': { meaning: 'The application is not active: 401 invalid_client, as for a wrong secret.' },
    'missing-tenant': { meaning: 'Sign-in needs the tenant, and authinfo does not tell it.' },
    'shared-auth-host': { meaning: 'Sign-in is on a separate host, which needs the tenant; authinfo tells both.' },
    'scope-refused': { meaning: 'The application has only "all" ticked: named scopes are refused, "all" is accepted.' },
    scopeless: { meaning: 'Tokens are issued without any scope; every data call is answered 401.' },
    'missing-scope-tickets': { meaning: 'Ticket calls are answered 403 with an empty body.' },
    'missing-scope-customers': { meaning: 'Client, site and user calls are answered 403 with an empty body.' },
    'missing-scope-agents': { meaning: 'Agent calls are answered 403 with an empty body.' },
    'missing-scope-lookups': {
      meaning: 'Status, priority and other lookup calls are answered 403 with an empty body.',
    },
    'no-visibility': { meaning: 'The agent sees nothing: client, site, user and ticket lists are 200 and empty.' },
    'not-halo': {
      meaning: 'Every path is answered 404 with an HTML page, as by some other web server.',
      before: () => pageNotFound,
    },
    'no-authinfo': {
      meaning: 'An old build without /api/authinfo (404); /auth/token works.',
      before: (_, route) => (route?.path === '/api/authinfo' ? pageNotFound : undefined),
    },
    'filter-ignored': { meaning: 'lastupdatefromdate is ignored: everything comes back.' },
    'renamed-update-field': { meaning: 'Answers to writes spell the update time flastupdate.' },
    'rewrites-text': { meaning: 'What is written is stored with white space folded and titles cut at 60 characters.' },
    'forgets-reference': { meaning: 'client_reference is taken and not kept.' },
    'close-needs-confirmation': { meaning: 'Closing a ticket is refused with 400 unless _appointment01_ok is sent.' },
    'repeats-rows': repeatsRows,
    ...commonFaults(wording, forgetTokens),
  };
}
