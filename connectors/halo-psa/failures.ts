/** Halo's ways to say no, in the operator's terms. */
import { z } from 'zod';
import { type ConnectorError, Forbidden, Malformed, Rejected, Unauthorized } from '../../src/connector/errors.ts';
import type { HttpFailure } from '../../src/connector/http.ts';
import { oddAnswerOf } from '../../src/connector/odd-answer.ts';

const applicationPath = 'Configuration > Integrations > Halo API > View Applications';

/** Which permission and which part of the agent's role a path needs. */
const needs: readonly { path: RegExp; what: string; scope: string; role: string }[] = [
  { path: /\/(client|site)\b/i, what: 'companies', scope: 'read:customers', role: 'Customers' },
  { path: /\/users\b/i, what: 'contacts', scope: 'read:customers', role: 'Users' },
  { path: /\/tickets\b/i, what: 'tickets', scope: 'read:tickets', role: 'Tickets' },
  { path: /\/agent\b/i, what: 'technicians', scope: 'all:teams', role: 'Agents' },
  { path: /./, what: 'lists of statuses, priorities and types', scope: 'read:tickets', role: 'Tickets' },
];

export function permissionFor(path: string) {
  return needs.find((need) => need.path.test(path)) as (typeof needs)[number];
}

/** For answers to signed-in calls; what is not Halo's own is left to the general wording. */
export function explain(failure: HttpFailure): ConnectorError | undefined {
  const { pathname } = new URL(failure.url);
  const detail = said(failure.body);
  const more = detail === '' ? {} : { detail };
  const { status } = failure;
  if (status === 401 && failure.signedIn) {
    return new Unauthorized(
      {
        reason: 'Halo no longer accepts the sign-in of this application, not even with a new token.',
        fix: `Check in ${applicationPath} that the application is Active, has its permissions ticked, and that its agent is not disabled; then test the connection.`,
        ...more,
      },
      { status },
    );
  }
  if (status === 403 && failure.signedIn) return noPermission(pathname, { status, ...more });
  if (status === 400 && detail !== '') {
    return new Rejected(
      modelErrors(failure.body),
      { reason: `Halo refused it: ${detail}`, fix: 'Correct what Halo names and try again.' },
      { status },
    );
  }
  return undefined;
}

export function noPermission(path: string, options: { status?: number; detail?: string } = {}): Forbidden {
  const { what, scope, role } = permissionFor(path);
  return new Forbidden(
    what,
    {
      reason: `Halo does not let this application read ${what}.`,
      fix: `Tick ${scope} (or all) on the Permissions tab in ${applicationPath}, and give the application's agent a role that may read ${role}.`,
      ...(options.detail === undefined ? {} : { detail: options.detail }),
    },
    options.status === undefined ? {} : { status: options.status },
  );
}

export function notHalo(host: string): Malformed {
  return new Malformed({
    reason: `${host} answers, but not as a Halo instance.`,
    fix: 'Copy Resource Server from Configuration > Integrations > Halo API, without the /api at its end.',
  });
}

export const oddAnswer = oddAnswerOf('Halo', 'halo-psa', '/');

/** Why the sign-in was refused. `body` is the token endpoint's answer. */
export function signInRefused(status: number, body: unknown, used: { tenant: string; scope: string }): ConnectorError {
  const detail = said(body);
  const more = detail === '' ? {} : { detail };
  const error = z.object({ error: z.string() }).safeParse(body).data?.error ?? '';
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return new Unauthorized(
      {
        reason: 'Halo does not accept this Client ID and Client Secret, or the application is not active.',
        fix: `Copy both again from ${applicationPath} after the application was saved; it must be Active, with the method Client ID and Secret (Services).`,
        ...more,
      },
      { status },
    );
  }
  if (isScopeError(error, detail)) {
    return new Forbidden(
      used.scope,
      {
        reason: `Halo refuses the permissions asked for (${used.scope}), and "all" as well.`,
        fix: `Tick them on the Permissions tab in ${applicationPath}, or tick all, and save.`,
        ...more,
      },
      { status },
    );
  }
  return new Unauthorized(
    {
      reason:
        used.tenant === ''
          ? 'Halo refused the sign-in. A hosted instance may need its tenant, and none was given.'
          : `Halo refused the sign-in. The tenant "${used.tenant}" may be wrong.`,
      fix: 'Copy Tenant and Authorisation Server from Configuration > Integrations > Halo API > API Details.',
      ...more,
    },
    { status },
  );
}

/** The server's words for "that permission is not yours" differ between builds. */
export function isScopeError(error: string, detail: string): boolean {
  return error === 'invalid_scope' || (error === 'invalid_request' && /scope/i.test(detail));
}

const messages = z.looseObject({
  errorMessage: z.string().optional(),
  Message: z.string().optional(),
  message: z.string().optional(),
  error_description: z.string().optional(),
  error: z.string().optional(),
});

/** Halo's own words, from any of the shapes its errors come in; '' when it says nothing. */
export function said(body: unknown): string {
  if (typeof body === 'string') return /^\s*</.test(body) ? '' : body.trim().slice(0, 300);
  const known = messages.safeParse(body).data;
  if (known === undefined) return '';
  const text = known.errorMessage ?? known.Message ?? known.message ?? known.error_description ?? known.error;
  return (text ?? Object.values(modelErrors(body))[0] ?? '').slice(0, 300);
}

/** `{"[0].id":["Could not convert ..."]}`: complaints by field path within the posted array. */
function modelErrors(body: unknown): Record<string, string> {
  const parsed = z.record(z.string(), z.array(z.string())).safeParse(body).data ?? {};
  return Object.fromEntries(Object.entries(parsed).map(([field, texts]) => [field, texts.join('; ')]));
}
