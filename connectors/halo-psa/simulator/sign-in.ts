/** The authorisation server: an application, its permissions, and the tokens it was given. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/simulator/clock.ts';
import { type Answer, isForm, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { apiAgent } from './model.ts';

export const application = {
  clientId: '00000000-1111-4222-8333-444444444444',
  clientSecret: 'aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa-bbbbbbbb-0000-4000-8000-bbbbbbbbbbbb',
  tenant: 'acme-demo',
} as const;

/** The permissions that MSPortal's published table switches on. */
const enabledScopes =
  'read:tickets edit:tickets read:calendar edit:calendar all:teams read:customers read:crm edit:crm read:contracts read:items read:projects edit:projects read:sales edit:sales read:quotes read:softwarelicensing'.split(
    ' ',
  );

const areas =
  'tickets calendar customers crm contracts suppliers items projects sales quotes sos pos invoices reporting timesheets software softwarelicensing kb assets distributionlists mailcampaign events'.split(
    ' ',
  );

/** There is no scope for actions, sites, users or agents. */
const knownScopes = new Set([
  'all',
  'all:standard',
  'admin',
  'all:teams',
  'admin:webhooks',
  'editMine:timesheets',
  'access:chat',
  'access:adpasswordreset',
  ...areas.flatMap((area) => [`read:${area}`, `edit:${area}`]),
]);

const lifetimeSeconds = 3600;

interface IssuedToken {
  readonly scopes: readonly string[];
  readonly expires: number;
}

export class SignIn {
  readonly #clock: Clock;
  readonly #faults: () => Faults;
  #tokens = new Map<string, IssuedToken>();

  constructor(clock: Clock, faults: () => Faults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** The scopes of the request's bearer token; null when there is no live token. */
  scopesOf(request: SimulatorRequest): readonly string[] | null {
    const [, bearer = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const token = this.#tokens.get(bearer);
    return token && token.expires > this.#clock.now() ? token.scopes : null;
  }

  routes(): Route[] {
    const token = (path: string, host?: string): Route => ({
      method: 'POST',
      path,
      kind: 'sign-in',
      ...(host ? { host } : {}),
      query: ['tenant'],
      body: ['grant_type', 'client_id', 'client_secret', 'scope', 'tenant'],
      handle: (request) => this.#token(request),
    });
    const discovery = (base: string, host?: string): Route => ({
      method: 'GET',
      path: `${base}/.well-known/openid-configuration`,
      kind: 'open',
      ...(host ? { host } : {}),
      handle: (request) => {
        const issuer = `${request.urls[request.host]}${base}`;
        return { status: 200, body: { issuer, token_endpoint: `${issuer}/token` } };
      },
    });
    // The separate host has no `/auth` in its path.
    return [token('/auth/token'), discovery('/auth'), token('/token', 'auth'), discovery('', 'auth')];
  }

  #token(request: SimulatorRequest): Answer {
    if (!isForm(request)) return refuse('invalid_request', 'The specified content type is not valid.');
    const form = new URLSearchParams(request.text);
    const faults = this.#faults();
    if (form.get('grant_type') !== 'client_credentials') {
      return refuse('unsupported_grant_type', 'The specified grant type is not supported.');
    }
    const tenant = request.query.get('tenant') || form.get('tenant') || null;
    // The shape of a tenant error is not known for certain; this is the OAuth way to say it.
    const needsTenant = request.host === 'auth' || faults.isOn('missing-tenant');
    if (tenant === null ? needsTenant : tenant !== application.tenant) {
      return refuse('invalid_request', 'The specified tenant could not be found.');
    }
    const known =
      form.get('client_id') === application.clientId && form.get('client_secret') === application.clientSecret;
    if (!known || faults.isOn('bad-secret') || faults.isOn('inactive-app')) return invalidClient();
    const asked = (form.get('scope') ?? '').split(/\s+/).filter(Boolean);
    const onlyAll = faults.isOn('scope-refused');
    for (const scope of asked) {
      const enabled = onlyAll ? scope === 'all' : enabledScopes.includes(scope);
      if (!knownScopes.has(scope) || !enabled) return refuse('invalid_scope', `The scope '${scope}' is not allowed.`);
    }
    return this.#issue(faults.isOn('scopeless') ? [] : asked);
  }

  #issue(scopes: readonly string[]): Answer {
    const token = `fake.${randomUUID()}.sig`;
    this.#tokens.set(token, { scopes, expires: this.#clock.now() + lifetimeSeconds * 1000 });
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        scope: scopes.length > 0 ? scopes.join(' ') : undefined,
        token_type: 'Bearer',
        access_token: token,
        expires_in: lifetimeSeconds,
        refresh_token: `fake-refresh-${randomUUID()}`,
        id_token: idToken(),
      },
    };
  }
}

/** Whether one of these permissions, or the right to everything, is among the granted. Editing implies reading. */
export function allows(granted: readonly string[], needed: readonly string[]): boolean {
  return granted.includes('all') || needed.some((scope) => granted.includes(scope));
}

export const invalidClient = (): Answer => ({
  status: 401,
  body: { error: 'invalid_client', error_description: 'The specified client credentials are invalid.' },
});

const refuse = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

/** Claims name the agent; the signature is none. */
function idToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: String(apiAgent), name: 'MSPortal API', email: 'msportal-api@acme.example' };
  return `${part({ alg: 'none' })}.${part(claims)}.fake`;
}
