/** NinjaOne's own ways to go wrong or to differ, beside those any vendor has. The ones without code are looked up where they matter. */
import { isData, type Route } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault, type Turn, type Wording } from '../../../src/simulator/faults.ts';
import { clientUnknown, failure, methodNotAllowed, notAuthenticated, page, pathNotFound, result } from './failures.ts';

export const wording: Wording = {
  throttled: (waitMs) => ({
    status: 429,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    body: { resultCode: 'FAILURE', errorMessage: 'Too Many Requests' },
  }),
  serverError: () => failure(500, 'Internal server error'),
  // An app that was removed is unknown from then on.
  unauthorised: (kind) => (kind === 'sign-in' ? clientUnknown() : notAuthenticated()),
};

type Before = NonNullable<Fault['before']>;

const isPath = (route: Route | null, part: string): boolean => route?.path.includes(part) ?? false;

function strike(turn: Turn): void {
  turn.left--;
  if (turn.left <= 0) turn.end();
}

export function ninjaFaults(forgetTokens: () => void): Record<string, Fault> {
  const missing =
    (part: string): Before =>
    (_, route) =>
      isPath(route, part) ? pathNotFound() : undefined;
  const html =
    (title: string, text: string): Before =>
    (_, route) =>
      route && isData(route) ? page(title, text) : undefined;
  return {
    'wrong-region': { meaning: 'The Client ID is unknown here: sign-in is answered 404 "Client app not exist".' },
    'bad-secret': { meaning: 'The secret is refused: 400 invalid_client.' },
    'bad-secret-403': { meaning: 'The secret is refused in another way: 403 with a result code.' },
    'no-grant': { meaning: 'The app lacks the Client Credentials grant: 400 unauthorized_client.' },
    'scope-refused': { meaning: 'The app does not have the Monitoring scope: sign-in is answered 400 invalid_scope.' },
    'no-monitoring': { meaning: 'Tokens come without the Monitoring scope; data calls are answered 403.' },
    'permission-500': {
      meaning: 'Data calls are refused for want of a permission, with status 500 and a result code.',
      before: (_, route) => (route && isData(route) ? result(500, 'permission_denied') : undefined),
    },
    'needs-person': {
      meaning: 'Data calls are answered 403 user_context_required.',
      before: (_, route) => (route && isData(route) ? result(403, 'user_context_required') : undefined),
    },
    'wrong-path': {
      meaning: 'Sign-in is answered 405, as on a wrong path or after a redirect from http.',
      before: (_, route) => (route?.kind === 'sign-in' ? methodNotAllowed() : undefined),
    },
    'not-ninja': {
      meaning: 'Every path is answered 404 with an HTML page, as by some other web server.',
      before: () => ({ ...page('Not Found', 'Not Found'), status: 404 }),
    },
    'header-lost': {
      meaning: 'The Authorization header is lost on its way: data calls are answered 400 missing_header.',
    },
    'throttle-page': {
      meaning: 'The next 3 data calls are answered with an HTML page of throttling, status 200 (count: how many).',
      count: 3,
      before: (_, route, turn) => {
        if (!route || !isData(route)) return undefined;
        strike(turn);
        return page('NinjaOne', 'Too many requests. Please slow down.');
      },
    },
    'login-page': {
      meaning: 'Data calls are answered with a sign-in form, status 200.',
      before: html('Log in', '<form><input type="password" name="password"></form>'),
    },
    'busy-page': {
      meaning: 'Data calls are answered with some other HTML page, status 200.',
      before: html('NinjaOne', 'We will be right back.'),
    },
    'plain-type': {
      meaning: 'JSON is sent as text/html.',
      after: (answer, route) =>
        isData(route) ? { ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } } : answer,
    },
    'no-reports': { meaning: 'An older instance: /v2/queries/ is answered 404.', before: missing('/v2/queries/') },
    'no-activities': {
      meaning: 'An older instance: /v2/activities is answered 404.',
      before: missing('/v2/activities'),
    },
    'no-alerts': { meaning: 'An older instance: /v2/alerts is answered 404.', before: missing('/v2/alerts') },
    'bare-activities': { meaning: 'Activities are answered as a bare array.' },
    'bare-devices': { meaning: 'The detailed list has no os and system, as in the published description.' },
    'page-cap': { meaning: 'Lists and reports give 50 rows a page, whatever is asked for.' },
    'inclusive-after': { meaning: 'after includes the row it names; 50 rows a page.' },
    'new-cursor-names': {
      meaning: 'Reports give a new cursor name with each page, of 50 rows; each name always gives the same page.',
    },
    'cursor-expires': {
      meaning: 'The next request with a report cursor is refused: the cursor is gone (count: how many).',
      count: 1,
      before: (request, route, turn) => {
        if (!isPath(route, '/queries/') || !request.query.has('cursor')) return undefined;
        strike(turn);
        return failure(400, 'Cursor not found or expired');
      },
    },
    'cursor-cut': {
      meaning: 'The next page after the first of a report is cut off, and its cursor has moved on (count: how many).',
      count: 1,
      after: (answer, _, turn) => {
        const { cursor } = Object(answer.body) as { cursor?: { offset: number } };
        if (cursor === undefined || cursor.offset === 0) return answer;
        strike(turn);
        return { ...answer, broken: 'truncated' };
      },
    },
    'decommissioned-listed': { meaning: 'Devices taken out of service are listed without being asked for.' },
    'stranger-organization': {
      meaning: 'There is an organization that no other system knows, with a location, devices and an alert.',
    },
    outage: { meaning: 'Every device is offline. No activity says so.' },
    'odd-row': { meaning: 'One device has no organization and its name is a number.' },
    ...commonFaults(wording, forgetTokens),
  };
}
