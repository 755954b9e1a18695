/**
 * Where and how to sign in. An instance tells its sign-in server at /api/authinfo, without a token; builds
 * that do not have it use /auth of the same address. Rights are the application's and the agent's together.
 */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import { Malformed, NotFound, UntrustedHost } from '../../src/connector/errors.ts';
import type { Http, Token, TokenSource } from '../../src/connector/http.ts';
import { isScopeError, notHalo, said, signInRefused } from './failures.ts';

const loopback = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/;

/** The origin of what an operator types: with or without scheme, with one of the paths that Halo itself shows; null when it is no address. */
export function addressOf(typed: string): string | null {
  const url = parse(typed);
  if (url === null) return null;
  const path = url.pathname.replace(/\/+$/, '').toLowerCase();
  if (!['', '/api', '/auth', '/auth/token', '/token'].includes(path)) return null;
  return url.origin;
}

/** A sign-in server may have a path, and a host of its own; nothing is ever added to it. */
export function signInAddressOf(typed: string): string | null {
  const url = parse(typed);
  return url === null ? null : `${url.origin}${url.pathname.replace(/\/token\/?$/i, '').replace(/\/+$/, '')}`;
}

function parse(typed: string): URL | null {
  const trimmed = typed.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return null;
  if (loopback.test(url.origin)) return url;
  return url.protocol === 'https:' && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(url.hostname) ? url : null;
}

export interface SignInServer {
  readonly url: string;
  readonly tenant: string;
  /** False: this build does not tell, and its usual place was taken. */
  readonly told: boolean;
}

const authInfo = z.object({ auth_url: z.string(), tenant_id: z.string().optional() });

/**
 * @throws UntrustedHost when the instance names a sign-in server on another host that the operator has not confirmed
 * @throws Malformed when the address is no Halo instance
 */
export async function findSignInServer({ http, credentials, memory }: ConnectorEnvironment): Promise<SignInServer> {
  const { baseUrl = '', authUrl: given = '', tenant = '' } = credentials;
  const known = memory.get('authUrl');
  if (known !== undefined && http.allows(known)) {
    return { url: given || known, tenant: tenant || (memory.get('tenant') ?? ''), told: true };
  }
  const info = await readAuthInfo(http, baseUrl);
  const told = info === null ? null : signInAddressOf(info.auth_url);
  if (info !== null && told === null) throw notHalo(new URL(baseUrl).host);
  const url = given || (told ?? `${baseUrl}/auth`);
  if (!http.allows(url)) throw unconfirmed(baseUrl, url);
  const usedTenant = tenant || (info?.tenant_id ?? '');
  if (told !== null) {
    memory.set('authUrl', told);
    memory.set('tenant', usedTenant);
  }
  return { url, tenant: usedTenant, told: told !== null };
}

async function readAuthInfo(http: Http, baseUrl: string) {
  try {
    const { body } = await http.request({ url: 'authinfo', auth: false });
    const info = authInfo.safeParse(body).data;
    if (info === undefined) throw notHalo(new URL(baseUrl).host);
    return info;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error instanceof Malformed ? notHalo(new URL(baseUrl).host) : error;
  }
}

/** The field to fill in is in `host`, so that a form can offer it. */
function unconfirmed(baseUrl: string, url: string): UntrustedHost {
  return new UntrustedHost(url, {
    reason: `${new URL(baseUrl).host} says that signing in happens at ${url}, another host. Nothing secret was sent there.`,
    fix: `If that is the Authorisation Server shown under Configuration > Integrations > Halo API, enter it as Authorisation Server.`,
  });
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().default(''),
});

/** Asks for the named permissions and, where the application has only "all" ticked, for that; remembers which one worked. */
export function tokenSource(environment: ConnectorEnvironment): TokenSource {
  const { credentials, memory } = environment;
  return {
    earlyMs: 90_000,
    async fetch(http) {
      const server = await findSignInServer({ ...environment, http });
      const named = credentials.scope || 'all';
      const first = memory.get('scope') ?? named;
      const scopes = [...new Set([first, named, 'all'])];
      for (const scope of scopes) {
        const token = await requestToken(http, server, credentials, scope, scope === scopes.at(-1));
        if (token === 'scope refused') continue;
        memory.set('scope', scope);
        return token;
      }
      throw signInRefused(400, { error: 'invalid_scope' }, { tenant: server.tenant, scope: named });
    },
  };
}

async function requestToken(
  http: Http,
  server: SignInServer,
  { clientId = '', clientSecret = '', scope: named = '' }: ConnectorEnvironment['credentials'],
  scope: string,
  last: boolean,
): Promise<Token | 'scope refused'> {
  const { status, body } = await http.request({
    method: 'POST',
    url: `${server.url}/token`,
    auth: false,
    ...(server.tenant === '' ? {} : { query: { tenant: server.tenant } }),
    // Never without a scope: Halo then gives a token that opens nothing.
    form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope },
    headers: { accept: 'application/json' },
    // Signing in again has no other effect than another token.
    idempotent: true,
    accept: [400, 401, 403, 404],
    expect: 'either',
  });
  if (status === 404) throw notHalo(new URL(server.url).host);
  if (status >= 400) {
    const error = z.object({ error: z.string() }).safeParse(body).data?.error ?? '';
    if (isScopeError(error, said(body)) && !last) return 'scope refused';
    throw signInRefused(status, body, { tenant: server.tenant, scope: named });
  }
  const answer = tokenAnswer.safeParse(body).data;
  if (answer === undefined) throw notHalo(new URL(server.url).host);
  return { value: answer.access_token, expiresIn: answer.expires_in, about: { scope: answer.scope, askedFor: scope } };
}
