/** Syncro's own ways to go wrong, beside those any vendor has. The ones without code are looked up where they matter. */
import type { Answer } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault, repeatsRows, type Wording } from '../../../src/simulator/faults.ts';
import { badToken, faultAgainst, permissions } from './context.ts';

/** Neither the text nor a Retry-After is documented: none is sent. */
export const wording: Wording = {
  throttled: () => ({ status: 429, headers: { 'content-type': 'text/plain' }, body: 'Retry later\n' }),
  serverError: () => ({ status: 500, body: { status: 500, error: 'Internal Server Error' } }),
  unauthorised: () => badToken,
};

const page = (status: number, title: string): Answer => ({
  status,
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});
/** How a name that nobody has is answered is not documented: each of these may be it. */
const everywhere = (meaning: string, answer: Answer): Fault => ({ meaning, before: () => answer });
/** Not `/me`: what stands in the way only later. */
const onLists = (meaning: string, answer: Answer): Fault => ({
  meaning,
  before: (_, route) => (route?.kind === 'read' && route.path !== '/api/v1/me' ? answer : undefined),
});

export function syncroFaults(): Record<string, Fault> {
  // There are no tokens that could be renewed.
  const { 'expired-mid-run': _, ...common } = commonFaults(wording, () => {});
  return {
    'bad-token': { meaning: 'The token is mistyped, expired or deleted: 401 to everything.' },
    'bad-token-page': everywhere('As bad-token, but the 401 is a web page.', page(401, 'Unauthorized')),
    'no-account-404': everywhere(
      'No account has this name: every path is a web page, 404.',
      page(404, 'Page not found'),
    ),
    'no-account-page': everywhere(
      'No account has this name: every path is a web page, 200.',
      page(200, 'Find your account'),
    ),
    'no-account-redirect': everywhere('No account has this name: every path leads to another host.', {
      status: 302,
      headers: { location: 'https://www.syncro.example/' },
    }),
    'sign-in-page': onLists('Lists are answered 200 with the sign-in page.', page(200, 'Syncro | Sign in')),
    'ticket-page-404': {
      meaning: 'A single ticket is answered 404 with a web page, as by a proxy in between.',
      before: (_, route) => (route?.path === '/api/v1/tickets/{id}' ? page(404, 'Page not found') : undefined),
    },
    'feature-off': onLists('Lists are answered 200 with the plain text "Disabled".', {
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'Disabled',
    }),
    ...Object.fromEntries(
      permissions.map((permission) => [
        faultAgainst(permission),
        { meaning: `The token lacks "${permission}": 401, in words of its own.` },
      ]),
    ),
    'repeats-rows': repeatsRows,
    'forbidden-403': { meaning: 'The token lacks "Tickets - List/Search", and that is answered 403.' },
    'own-tickets-only': { meaning: "Only tickets assigned to the token's own user can be opened." },
    'single-customer-user': { meaning: 'The token was made by a user who sees one customer.' },
    'since-ignored': { meaning: 'since_updated_at is ignored: everything comes back.' },
    'all-comments': { meaning: 'Lists of tickets carry every comment, newest first, as until spring 2026.' },
    'documented-page-size': { meaning: 'Lists have the documented 25 rows a page.' },
    'disabled-users-listed': { meaning: 'Users who were disabled stay in the list.' },
    'account-zone': { meaning: "Times have the account's offset instead of Z." },
    'type-required': { meaning: 'The account wants a ticket type on every new ticket: 422 without.' },
    'mail-refused': { meaning: 'Tickets and comments that would e-mail the customer are refused: 422.' },
    'blanks-ignored': { meaning: 'A value that a write empties stays as it was, and the answer is 200.' },
    'rewrites-text': { meaning: 'Texts are stored with white space folded, subjects cut at 255 characters.' },
    'listed-late': {
      meaning: 'A create is stored and answered 504, and a new ticket is in no list for its first 30 seconds.',
      after: (answer) => (answer.created ? page(504, '504 Gateway Time-out') : answer),
    },
    'outtake-form': { meaning: 'Tickets cannot be resolved without an outtake form: 422.' },
    ...common,
  };
}
