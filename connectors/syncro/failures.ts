/** Syncro's ways to say no, in the operator's terms. */
import {
  type ConnectorError,
  Forbidden,
  Malformed,
  NotFound,
  Rejected,
  Unauthorized,
} from '../../src/connector/errors.ts';
import type { HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

export const tokensPath = 'Admin > API > API Tokens';

interface Need {
  readonly method?: 'POST' | 'PUT';
  readonly path: RegExp;
  /** What the token may not do. */
  readonly act: string;
  /** The labels on the token's screen; none: none is documented. */
  readonly permissions: readonly string[];
}

/** The first that fits counts. Contacts have no permission of their own. */
const needs: readonly Need[] = [
  {
    method: 'POST',
    path: /\/tickets\/\d+\/comment$/,
    act: 'add notes',
    // The documentation of the path names the first alone; others' guides tick both.
    permissions: ['Tickets - Edit', 'Ticket Comments - New'],
  },
  { method: 'POST', path: /\/tickets$/, act: 'create tickets', permissions: ['Tickets - Create'] },
  { method: 'PUT', path: /\/tickets\/\d+$/, act: 'change tickets', permissions: ['Tickets - Edit'] },
  { path: /\/customers\b/, act: 'read companies', permissions: ['Customers - List/Search'] },
  { path: /\/contacts\b/, act: 'read contacts', permissions: ['Customers - View Detail'] },
  { path: /\/tickets\/\d+/, act: 'read single tickets', permissions: ['Tickets - View Details'] },
  { path: /\/tickets\/?$/, act: 'read tickets', permissions: ['Tickets - List/Search'] },
  { path: /\/users\b/, act: 'read technicians', permissions: [] },
  { path: /./, act: 'read the lists of statuses and priorities', permissions: [] },
];

/** For every answer that is not what was asked for; what says nothing of Syncro's own is left to the general wording. */
export function explain(failure: HttpFailure): ConnectorError | undefined {
  const { status } = failure;
  // A page in place of "not found" is of something in between, and says nothing of the record.
  const page = status < 300 || status === 404 ? webPage(failure.body) : undefined;
  if (status < 300 || page !== undefined) return page;
  const detail = said(failure.body);
  const more = detail === '' ? {} : { detail };
  if (status === 401) return tokenRefused({ status, ...more });
  // A firewall's 403 is a web page, and is told by the general wording.
  if (status === 403 && typeof failure.body === 'object') {
    return noPermission(failure.method, new URL(failure.url).pathname, { status, ...more });
  }
  if ((status === 400 || status === 422) && detail !== '') {
    return new Rejected(
      complaintsByField(failure.body),
      { reason: `Syncro refused it: ${detail}`, fix: 'Correct what Syncro names and try again.' },
      { status },
    );
  }
  return undefined;
}

/** A sign-in page, or a proxy's, in place of an answer: named by its title. */
function webPage(body: unknown): Malformed | undefined {
  const title = typeof body === 'string' ? /<title[^>]*>([^<]*)/i.exec(body)?.[1] : undefined;
  if (title === undefined) return undefined;
  const shown = title.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return new Malformed({
    reason: `A web page came in place of Syncro's answer: "${shown.slice(0, 80)}".`,
    fix: 'Check the subdomain, and whether a proxy between here and Syncro asks for a sign-in.',
  });
}

interface Told {
  readonly status?: number;
  readonly detail?: string;
}

const statusOf = ({ status }: Told) => (status === undefined ? {} : { status });
const detailOf = ({ detail }: Told) => (detail === undefined ? {} : { detail });

export function tokenRefused(told: Told = {}): Unauthorized {
  return new Unauthorized(
    {
      reason: 'Syncro refused the API token. It is mistyped, deleted, or past its expiry date.',
      fix: `Create a new one under ${tokensPath} with an expiry date at least a year ahead, and enter it here.`,
      ...detailOf(told),
    },
    statusOf(told),
  );
}

/** @param path of the request that was refused */
export function noPermission(method: string, path: string, told: Told = {}): Forbidden {
  const { act, permissions } = needs.find((need) => (need.method ?? method) === method && need.path.test(path)) as Need;
  const quoted = permissions.map((label) => `"${label}"`);
  return new Forbidden(
    permissions.join(', ') || act,
    permissions.length === 0
      ? {
          reason: `The token is valid, but Syncro does not let it ${act}, for which no permission is documented.`,
          fix: `Have a Global Admin create the token under ${tokensPath}: a token may have no more rights than who made it.`,
          ...detailOf(told),
        }
      : {
          reason: `The token is valid but lacks ${quoted.join(' or ')}, so Syncro does not let it ${act}.`,
          fix: `Edit the token under ${tokensPath} and tick ${quoted.join(' and ')}.`,
          ...detailOf(told),
        },
    statusOf(told),
  );
}

/** What answers at the address is not a Syncro account: a web page, a redirect, nothing at all. */
export function noAccount(address: string, detail?: string): NotFound {
  return new NotFound({
    reason: `There is no Syncro account at ${address}.`,
    fix: 'Check the first part of your Syncro address: ACME in https://ACME.syncromsp.com.',
    ...(detail === undefined || detail === '' ? {} : { detail }),
  });
}

export const oddAnswer = oddAnswerOf('Syncro', 'syncro', '/');

/**
 * Syncro's own words, from any of the shapes its errors come in: `error`, `message` and `errors`, each a text, a list of
 * texts or texts by field. What else is in an answer (`record`, `params`) repeats what was sent and is left out.
 */
export function said(body: unknown): string {
  if (typeof body !== 'object' || body === null) return '';
  const { error, errors, message } = body as Record<string, unknown>;
  return [...new Set([error, errors, message].flatMap(texts))].join('; ').slice(0, 300);
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, complaints]) => texts(complaints).map((text) => `${field} ${text}`));
}

function complaintsByField(body: unknown): Record<string, string> {
  const errors = (body as { errors?: unknown } | null)?.errors;
  if (typeof errors !== 'object' || errors === null || Array.isArray(errors)) return {};
  return Object.fromEntries(Object.entries(errors).map(([field, complaints]) => [field, texts(complaints).join('; ')]));
}
