/** Autotask's ways to say no, in the operator's terms. Its 500 is mostly no fault of the server but a refusal, told by the body. */
import { z } from 'zod';
import {
  type ConnectorError,
  Forbidden,
  Malformed,
  RateLimited,
  Rejected,
  Unauthorized,
} from '../../src/connector/errors.ts';
import type { HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

const usersPath = 'Admin > Organization Settings & Users > Resources/Users (HR) > Resources/Users';

/** What an entity is to the operator, and the right its reading needs. */
const entities: readonly { readonly path: RegExp; readonly what: string; readonly right: string }[] = [
  { path: /\/Companies\b/i, what: 'companies', right: 'CRM: view companies = All' },
  { path: /\/Contacts\b/i, what: 'contacts', right: 'CRM: view contacts = All' },
  { path: /\/Resources\b/i, what: 'technicians', right: 'access to Resources/Users (HR)' },
  { path: /\/Tickets\b/i, what: 'tickets', right: 'Service Desk: view tickets = All' },
  { path: /\/DeletedTicketLogs\b/i, what: 'the log of deleted tickets', right: 'Service Desk: view tickets = All' },
  { path: /./, what: 'its lists', right: 'CRM and Service Desk: view = All' },
];

export function rightFor(path: string) {
  return entities.find((entity) => entity.path.test(path)) as (typeof entities)[number];
}

export function explain(failure: HttpFailure): ConnectorError | undefined {
  const { status, url, method } = failure;
  const path = new URL(url).pathname;
  const errors = errorsIn(failure.body);
  if (!failure.signedIn) return /\/zoneInformation$/i.test(path) ? unknownUser(status, errors) : undefined;
  if (status === 401) return credentialsRefused();
  if (errors !== null) return refusal(errors, { path, method, status });
  // HTML is a firewall's; the general wording tells that.
  return status === 403 && typeof failure.body !== 'string' ? noRight(path, method, '', status) : undefined;
}

/**
 * The texts of `{"errors": [...]}`; null when the body is not of this form. Autotask answers so with 500, and some
 * operational calls with 200. Plain texts so far; objects with a message are taken as well.
 */
export function errorsIn(body: unknown): readonly string[] | null {
  return errorsBody.safeParse(body).data?.errors ?? null;
}
const errorsBody = z.object({
  errors: z.array(z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])),
});

/** What `{"errors": [...]}` means. Never a reason to send the same again, but for the two that ask to wait. */
export function refusal(
  errors: readonly string[],
  { path, method, status }: { path: string; method: string; status: number },
): ConnectorError {
  const text = errors.join(' ').slice(0, 300);
  if (/thread threshold|threshold of \d+ threads/i.test(text)) {
    return new RateLimited(
      0,
      {
        reason:
          'Autotask allows three calls at once for each kind of record, and another job uses the same tracking identifier.',
        fix: 'Nothing to do: it goes on by itself. If it happens often, give this program an API user with a tracking identifier of its own.',
        detail: text,
      },
      { status },
    );
  }
  if (/request threshold|requests? (limit|per hour)|threshold .*exceeded/i.test(text)) {
    return new RateLimited(0, { ...hourUsedUp, detail: text }, { status });
  }
  if (status === 403 || /adequate permissions?|does not have .*permission|impersonat/i.test(text)) {
    return noRight(path, method, text, status);
  }
  return new Rejected(
    {},
    { reason: `Autotask refused it: ${text}`, fix: 'Correct what Autotask names and try again.', detail: text },
    { status },
  );
}

/** The allowance is the tenant's, of all integrations together. */
export const hourUsedUp = {
  reason: "The tenant's hourly allowance of API requests, which all integrations share, is used up or nearly so.",
  fix: 'Wait: it goes on by itself as the hour passes. Which integration uses it shows under Admin > Extensions & Integrations > Other Extensions & Tools > API Activity by Hour.',
};

function noRight(path: string, method: string, text: string, status: number): Forbidden {
  const { what, right } = rightFor(path);
  const detail = text === '' ? {} : { detail: text };
  if (/impersonat/i.test(text)) {
    return new Forbidden(
      what,
      {
        reason: 'Autotask does not let this API user act for somebody else.',
        fix: "Allow impersonation in the Web Services API section of the API user's security level, and in the other person's level that they may be impersonated.",
        ...detail,
      },
      { status },
    );
  }
  // A query is a POST that reads.
  const writes = method !== 'GET' && !/\/query\b/i.test(path);
  return new Forbidden(
    what,
    {
      reason: `Autotask does not let this API user ${writes ? 'edit' : 'read'} ${what}.`,
      fix: writes
        ? `Give the API user's security level the right to add and edit ${what}; for technicians that is admin access to Resources/Users (HR), for tickets the Service Desk module must be active as well.`
        : `Give the API user's security level ${right} (copy a built-in API level to change it).`,
      ...detail,
    },
    { status },
  );
}

/** One empty answer for every cause: Autotask does not say which. Repeating it locks the API user. */
export function credentialsRefused(): Unauthorized {
  return new Unauthorized(
    {
      reason: 'Autotask rejected the credentials. It does not say which one, or whether the API user is locked.',
      fix: `Check in this order: the API secret, the tracking identifier, and in ${usersPath} that the user has an API-only security level, is active and is not Locked. It is not tried again by itself: repeated failures lock the user.`,
    },
    { status: 401 },
  );
}

function unknownUser(status: number, errors: readonly string[] | null): Unauthorized | undefined {
  if (errors === null || !/zone information/i.test(errors.join(' '))) return undefined;
  return new Unauthorized(
    {
      reason: 'Autotask does not know this API username.',
      fix: `Copy Username (Key) from the API user's page in ${usersPath}. It looks like an e-mail address but is made by Autotask.`,
    },
    { status },
  );
}

export function notAutotask(host: string): Malformed {
  return new Malformed({
    reason: `${host} answers, but not as Autotask's API.`,
    fix: 'Leave Zone empty, so that Autotask is asked for it; if it is empty, a proxy or sign-in page stands in between.',
  });
}

export const oddAnswer = oddAnswerOf('Autotask', 'autotask');

/** Too little is visible: restricted API users get shorter lists, not errors. */
export function nothingVisible(entity: string): Forbidden {
  const { what, right } = rightFor(`/${entity}`);
  return new Forbidden(what, {
    reason: `Autotask shows this API user no ${what} at all, and every tenant has some.`,
    fix: `Give its security level ${right}. Autotask shows fewer rows instead of an error when a right is missing.`,
  });
}
