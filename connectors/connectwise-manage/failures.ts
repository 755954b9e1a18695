/** ConnectWise's ways to say no, in the operator's terms. */
import { z } from 'zod';
import {
  type ConnectorError,
  Forbidden,
  NotFound,
  Rejected,
  Unauthorized,
  Unreachable,
  VendorFault,
} from '../../src/connector/errors.ts';
import type { HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

const roles = 'System > Security Roles';
const tableSetup =
  'System > Table Setup (customize: allow Service / Service Board, Service / Priority, Company / Company Status)';

/** What each path gives, and the function and level of the security role that it needs. */
const needs: readonly { path: RegExp; what: string; level: string }[] = [
  {
    path: /\/boards?\b|\/priorities\b|\/companies\/statuses\b/,
    what: 'boards and statuses',
    level: `${tableSetup}: Inquire = All`,
  },
  { path: /\/company\/companies\b/, what: 'companies', level: 'Companies > Company Maintenance: Inquire = All' },
  { path: /\/company\/contacts\b/, what: 'contacts', level: 'Companies > Contacts: Inquire = All' },
  { path: /\/system\/members\b/, what: 'members', level: 'System > Member Maintenance: Inquire = All' },
  { path: /\/service\/tickets\b/, what: 'tickets', level: 'Service Desk > Service Tickets: Inquire = All' },
  { path: /./, what: 'this', level: 'what it needs: Inquire = All' },
];

export function permissionFor(path: string) {
  return needs.find((need) => need.path.test(path)) as (typeof needs)[number];
}

/** The same for writes. Closing is a right of its own, and the refusal does not say which is missing. */
const writeNeeds: readonly { path: RegExp; what: string; level: string }[] = [
  { path: /\/system\/members\b/, what: 'members', level: 'System > Member Maintenance: Edit = All' },
  {
    path: /./,
    what: 'tickets',
    level:
      'Service Desk > Service Tickets: Add and Edit = All, and for closing Service Desk > Close Service Tickets: Add and Edit = All',
  },
];

export function writePermissionFor(path: string) {
  return writeNeeds.find((need) => need.path.test(path)) as (typeof writeNeeds)[number];
}

const errorBody = z.object({
  code: z.string().nullish(),
  message: z.string().nullish(),
  errors: z.array(z.object({ message: z.string().nullish(), field: z.string().nullish() })).nullish(),
});

/** Tells ConnectWise's own answers apart; gateways' web pages and throttling are left to the general wording. */
export function explain(failure: HttpFailure): ConnectorError | undefined {
  const { status, body } = failure;
  const url = new URL(failure.url);
  const text = typeof body === 'string' ? body.trim() : '';
  // Plain text, not JSON: looks like a refused key and is not one.
  if (/^cannot route/i.test(text)) return cannotRoute(url.host, text, status);
  const { code, message, errors } = errorBody.safeParse(body).data ?? {};
  const said = clean(message ?? '');
  const detail = said === '' ? {} : { detail: said };
  // Which status it has is not documented, so it is known by its words alone.
  if (code === 'Security' && /ssl is required/i.test(said)) return signInHost(url.host, said, status);
  // Seen with 400, 401 and 403.
  if ([400, 401, 403].includes(status) && /client\s?id/i.test(said || text))
    return clientIdRefused(said || text.slice(0, 200), status);
  if (status === 401) return keysRefused(status, said);
  if (status === 403 && text === '') {
    const writes = failure.method !== 'GET';
    const { what, level } = writes ? writePermissionFor(url.pathname) : permissionFor(url.pathname);
    return new Forbidden(
      what,
      {
        reason: `ConnectWise accepts the keys, but the security role of their API member may not ${writes ? 'write' : 'read'} ${what}.`,
        fix: `Give the role in ${roles}: ${level}.`,
        ...detail,
      },
      { status },
    );
  }
  // Nothing was done, and the next sync may find it free. For a create, what conflicts would conflict again.
  if (status === 409 && failure.method === 'PATCH') {
    return new VendorFault(
      {
        reason: 'ConnectWise did not change it, because somebody has it in use.',
        fix: 'Nothing to do: it is looked at again with the next sync.',
        ...detail,
      },
      { status },
    );
  }
  if (status === 404 && /endpoint does not exist/i.test(said)) {
    return new NotFound(
      {
        reason: `This release of ConnectWise has nothing at ${url.pathname}.`,
        fix: 'The release may be too old for it. Leave that record type out, or upgrade.',
        ...detail,
      },
      { status },
    );
  }
  // A body that cannot be read is answered 500 as well; sending it again would change nothing.
  if (status === 400 || (status === 500 && /^error converting value/i.test(said))) {
    if (said === '') return undefined;
    const fields = (errors ?? []).map((each) => [each.field ?? '', clean(each.message ?? '')] as const);
    const all = [said, ...fields.map(([, each]) => each)].filter(Boolean).join(' ');
    return new Rejected(
      Object.fromEntries(fields.filter(([field]) => field !== '')),
      { reason: `ConnectWise refused it: ${all}`, fix: 'Correct what it names and try again.', ...detail },
      { status },
    );
  }
  return undefined;
}

export function keysRefused(status: number, detail = ''): Unauthorized {
  return new Unauthorized(
    {
      reason: 'ConnectWise does not accept these API keys, or the member they belong to is inactive.',
      fix:
        'Check under System > Members > API Members that the member is active; if it is, make a new key on its API Keys tab ' +
        'and copy both parts. If the keys are certainly right, check the Client ID.',
      ...(detail === '' ? {} : { detail }),
    },
    { status },
  );
}

function clientIdRefused(detail: string, status: number): Unauthorized {
  return new Unauthorized(
    {
      reason: 'ConnectWise does not accept the Client ID.',
      fix: 'Copy the Client ID (a GUID) of your integration from developer.connectwise.com/ClientID. A private one works only in the environments of its owner.',
      detail,
    },
    { status },
  );
}

export function unknownCompany(companyId: string, host: string): Unauthorized {
  return new Unauthorized(
    {
      reason: `${host} knows no company "${companyId}".`,
      fix: 'Enter what you type into the Company box of the sign-in page, not the display name; and check that the site is your region.',
    },
    { status: 200 },
  );
}

function cannotRoute(host: string, detail: string, status: number): NotFound {
  return new NotFound(
    {
      reason: `${host} cannot route calls for this company. This is not about the API keys.`,
      fix: 'The login company ID or the region of the site is wrong: compare both with your sign-in page.',
      detail: detail.slice(0, 200),
    },
    { status },
  );
}

function signInHost(host: string, detail: string, status: number): NotFound {
  return new NotFound(
    {
      reason: `${host} is for signing in, not for the API.`,
      fix: `Enter api-${host} as ConnectWise site.`,
      detail,
    },
    { status },
  );
}

export function notConnectWise(host: string): NotFound {
  return new NotFound({
    reason: `${host} answers, but not as ConnectWise does.`,
    fix: 'Enter the host of the page where you sign in to ConnectWise, such as na.myconnectwise.net.',
  });
}

export const oddAnswer = oddAnswerOf('ConnectWise', 'connectwise-manage', '/');

export function noLongerThere(what: string): NotFound {
  return new NotFound({
    reason: `ConnectWise no longer has this ${what}.`,
    fix: 'It was deleted there; withdraw the change.',
  });
}

/** The name of a field or filter that this release does not know; null when the error is another. */
export function unknownName(error: unknown): string | null {
  if (!(error instanceof Rejected)) return null;
  return /^(\S+) is not a recognized name/i.exec(error.detail ?? '')?.[1] ?? null;
}

/** The database or a gateway gave up on a list that was too much for it: a smaller page may pass. */
export function isTimeOut(error: unknown): boolean {
  if (error instanceof Unreachable) return error.kind === 'timeout';
  return (
    error instanceof VendorFault && (error.status === 504 || /time-?\s?out|connection pool/i.test(error.detail ?? ''))
  );
}

/** One line: bodies have CRLF in them. */
function clean(message: string): string {
  return message.replace(/\s+/g, ' ').trim().slice(0, 300);
}
