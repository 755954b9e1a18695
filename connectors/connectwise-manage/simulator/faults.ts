/** ConnectWise's own ways to go wrong, beside those any vendor has. The ones without code are looked up where they matter. */
import { commonFaults, type Fault, repeatsRows, type Wording } from '../../../src/simulator/faults.ts';
import { badKeys, error, pageNotFound } from './context.ts';

/** The answers whose wording is ConnectWise's. */
export const wording: Wording = {
  // Here the key is `error`, everywhere else `code`.
  throttled: (waitMs) => {
    const wait = Math.ceil(waitMs / 1000);
    return {
      status: 429,
      headers: { 'retry-after': String(wait) },
      body: { error: 'ConnectWiseAPI', message: `Too many requests. Please try again in ${wait} seconds.` },
    };
  },
  serverError: () => error(500, 'ConnectWiseApi', 'A timeout has occured. Please try again.'),
  unauthorised: () => badKeys,
};

export function connectWiseFaults(upgrade: () => void): Record<string, Fault> {
  // There are no tokens that could expire.
  const { 'expired-mid-run': _, ...common } = commonFaults(wording, () => {});
  return {
    'unknown-company': { meaning: 'companyinfo is answered 200 null, as for a company that does not exist.' },
    'not-connectwise': {
      meaning: 'Every path is answered 404 with an HTML page, as by some other web server.',
      before: () => pageNotFound,
    },
    'ssl-required': {
      meaning: 'Every path is answered "SSL is required.", as by a cloud sign-in host without api-.',
      before: () => error(403, 'Security', 'SSL is required.'),
    },
    'other-api-host': { meaning: 'companyinfo names another host as the API.' },
    'cannot-route': { meaning: 'Data calls are answered 400 in plain text: Cannot route.' },
    'on-premises': { meaning: "The customer's own server: codebase v4_6_release, IsCloud as text, no SiteUrl." },
    'inactive-member': { meaning: 'The API member is inactive: 401 UserNotAuthenticated.' },
    'bad-keys-404': { meaning: 'Refused keys read as 404 with an HTML page, as the cloud may answer.' },
    'client-id-400': { meaning: 'The Client ID is refused with 400.' },
    'client-id-401': { meaning: 'The Client ID is refused with 401.' },
    'client-id-403': { meaning: 'The Client ID is refused with 403.' },
    'no-right-companies': { meaning: 'The role may not read companies: 403 Security.' },
    'no-right-contacts': { meaning: 'The role may not read contacts: 403 Security.' },
    'no-right-members': { meaning: 'The role may not read members: 403 Security.' },
    'no-right-tickets': { meaning: 'The role may not read tickets: 403 Security.' },
    'no-right-setup': { meaning: 'The role may not read setup tables (boards, statuses, priorities): 403 Security.' },
    'no-right-write': { meaning: 'The role may not write: 403 Security.' },
    'no-right-close': { meaning: 'The role may not close tickets: 403 Security.' },
    'patch-ignored': { meaning: 'Changes are answered 200, and nothing changes.' },
    'record-in-use': {
      meaning: 'The next change is answered 409, as for a record that somebody has in use (count: how many).',
      count: 1,
      before: (request, _, turn) => {
        if (request.method !== 'PATCH') return undefined;
        if (--turn.left <= 0) turn.end();
        return error(409, 'Conflict', 'The record is in use.');
      },
    },
    'rewrites-text': { meaning: 'What is written is stored with white space folded.' },
    'workflow-rules': { meaning: 'A rule of the tenant sets the status to In Progress whenever an owner is set.' },
    'hidden-board': { meaning: 'The API member is kept from board 2: its lists are answered 403.' },
    'sees-nothing': { meaning: 'The role shows the member its own records only, and it has none: lists are empty.' },
    'no-members-endpoint': { meaning: 'An old release without /system/members: 404 The endpoint does not exist.' },
    'older-fields': { meaning: 'An older release that refuses the field primaryEmail by name.' },
    'explicit-nulls': { meaning: 'An older release that writes null where newer ones leave a property out.' },
    'no-forward-only': { meaning: 'Lists do not know forward-only paging and number their pages.' },
    'repeats-rows': repeatsRows,
    'large-pages-time-out': { meaning: 'Lists of more than 250 rows a page are answered 500, a time-out.' },
    'zones-misread': { meaning: 'Date literals with Z are misread by five hours; without a zone they are right.' },
    'dates-misread': { meaning: 'All date literals are misread by five hours.' },
    upgraded: {
      meaning: 'After 2 more data calls the release changes, and with it the codebase (count: how many calls).',
      count: 2,
      before: (_, route, turn) => {
        if (route?.kind !== 'read') return undefined;
        if (turn.left-- > 0) return undefined;
        upgrade();
        turn.end();
        return undefined;
      },
    },
    ...common,
  };
}
