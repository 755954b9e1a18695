/** The sign-in host: tokens per tenant, and the page on which an administrator lets the application in. */
import { constants, createHash, randomUUID, verify, X509Certificate } from 'node:crypto';
import type { Clock } from '../../../src/simulator/clock.ts';
import { type Answer, isForm, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { certificate } from './certificate.ts';
import { isTokenFailure, tokenError } from './errors.ts';
import type { Instance } from './instance.ts';
import { application, grantedRoles, type Tenant } from './model.ts';

const lifetimeSeconds = 3599;
const scope = 'https://graph.microsoft.com/.default';
const guidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainForm = /^([a-z0-9-]+\.)+[a-z]{2,}$/i;
/** Faults that strike the application in every tenant, and those of the first client tenant only. */
const everywhere = new Set(['bad-secret', 'secret-expired', 'wrong-scope']);
const x509 = new X509Certificate(certificate);

export interface Access {
  readonly tenant: Tenant;
  readonly roles: readonly string[];
}

export class SignIn {
  readonly #instance: Instance;
  readonly #clock: Clock;
  readonly #faults: () => Faults;
  readonly #tokens = new Map<string, Access & { readonly expires: number }>();

  constructor(instance: Instance, clock: Clock, faults: () => Faults) {
    this.#instance = instance;
    this.#clock = clock;
    this.#faults = faults;
  }

  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** What the request's token opens; null when there is no live one. */
  accessOf(request: Pick<SimulatorRequest, 'headers'>): Access | null {
    const [, bearer = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const token = this.#tokens.get(bearer);
    return token && token.expires > this.#clock.now() ? token : null;
  }

  routes(): Route[] {
    return [
      {
        method: 'POST',
        path: '/{tenant}/oauth2/v2.0/token',
        kind: 'sign-in',
        query: [],
        body: ['client_id', 'client_secret', 'client_assertion_type', 'client_assertion', 'scope', 'grant_type'],
        handle: (request) => this.#token(request),
      },
      {
        method: 'GET',
        path: '/{tenant}/adminconsent',
        kind: 'open',
        query: ['client_id', 'redirect_uri', 'state'],
        handle: (request) => this.#consent(request),
      },
    ];
  }

  #token(request: SimulatorRequest): Answer {
    if (!isForm(request)) return tokenError('malformed');
    const form = new URLSearchParams(request.text);
    const named = (request.params.tenant ?? '').toLowerCase();
    if (['common', 'organizations', 'consumers'].includes(named)) return tokenError('any-tenant');
    if (!guidForm.test(named) && !domainForm.test(named)) return tokenError('not-a-tenant');
    const tenant = this.#instance.find(named);
    if (tenant === undefined) return tokenError('tenant-not-found');
    const { active } = this.#faults();
    if (active !== null && isTokenFailure(active) && (everywhere.has(active) || tenant === this.#instance.tenants[1])) {
      if (active !== 'certificate-unknown' && active !== 'token-throttled') return tokenError(active);
    }
    if (form.get('grant_type') !== 'client_credentials') return tokenError('grant-type');
    if (form.get('scope') !== scope) return tokenError('wrong-scope');
    const basic = basicOf(request);
    const clientId = form.get('client_id') ?? basic?.id;
    if (clientId === undefined) return tokenError('malformed');
    if (clientId.toLowerCase() !== application.id || !tenant.consented) return tokenError('no-consent');
    const assertion = form.get('client_assertion');
    if (assertion !== null) {
      const url = `http://${request.headers.host}${request.path}`;
      if (active === 'certificate-unknown' || !this.#isSigned(assertion, url)) return tokenError('certificate-unknown');
    } else {
      const secret = form.get('client_secret') ?? basic?.secret;
      if (secret === undefined) return tokenError('missing-secret');
      if (secret !== application.secret) return tokenError('bad-secret');
    }
    return this.#issue(tenant);
  }

  #issue(tenant: Tenant): Answer {
    const roles = this.#faults().isOn('no-permissions') ? [] : tenant.roles;
    const now = Math.floor(this.#clock.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = [
      part({ typ: 'JWT', alg: 'none' }),
      part({
        aud: 'https://graph.microsoft.com',
        tid: tenant.id,
        appid: application.id,
        ...(roles.length > 0 ? { roles } : {}),
        iat: now,
        exp: now + lifetimeSeconds,
        jti: randomUUID(),
      }),
      'fake',
    ].join('.');
    this.#tokens.set(token, { tenant, roles, expires: this.#clock.now() + lifetimeSeconds * 1000 });
    return {
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: {
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
        ext_expires_in: lifetimeSeconds,
        access_token: token,
      },
    };
  }

  #isSigned(assertion: string, url: string): boolean {
    try {
      const [head = '', claims = '', signature = ''] = assertion.split('.');
      const header = JSON.parse(Buffer.from(head, 'base64url').toString());
      const said = JSON.parse(Buffer.from(claims, 'base64url').toString());
      const now = this.#clock.now() / 1000;
      const thumbprint = createHash('sha256').update(x509.raw).digest('base64url');
      const signed = verify(
        'sha256',
        Buffer.from(`${head}.${claims}`),
        { key: x509.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
        Buffer.from(signature, 'base64url'),
      );
      return (
        signed &&
        header.alg === 'PS256' &&
        header['x5t#S256'] === thumbprint &&
        said.aud === url &&
        said.iss === application.id &&
        said.sub === application.id &&
        typeof said.jti === 'string' &&
        said.nbf <= now &&
        said.exp > now
      );
    } catch {
      return false;
    }
  }

  /** A person with the right to do so has opened the link and accepted. */
  #consent({ params, query }: SimulatorRequest): Answer {
    const tenant = this.#instance.find(params.tenant ?? '');
    if (tenant === undefined || query.get('client_id') !== application.id) {
      return { status: 400, body: page('Sorry, but we have trouble signing you in') };
    }
    tenant.consented = true;
    tenant.roles = [...new Set([...tenant.roles, ...grantedRoles])];
    const back = URL.parse(query.get('redirect_uri') ?? '');
    if (back === null) return { status: 200, body: page('Permissions were granted') };
    back.searchParams.set('tenant', tenant.id);
    back.searchParams.set('state', query.get('state') ?? '');
    back.searchParams.set('admin_consent', 'True');
    return { status: 302, headers: { location: back.href } };
  }
}

function basicOf(request: SimulatorRequest): { id: string; secret: string } | null {
  const [, encoded] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
  return { id, secret };
}

const page = (title: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`;
