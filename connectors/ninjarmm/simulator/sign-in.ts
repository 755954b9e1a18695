/** The token endpoint and the one API app of this instance. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/simulator/clock.ts';
import { type Answer, isForm, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { authFailure, clientUnknown, methodNotAllowed, notAuthenticated, result } from './failures.ts';

export const application = {
  clientId: 'FAKEfakeFAKE-fakeFAKEfake-00',
  clientSecret: 'FAKEfakeFAKE_not-a-real-secret_0000000000000000000000',
} as const;

const lifetimeSeconds = 3600;

interface IssuedToken {
  readonly scopes: readonly string[];
  readonly expires: number;
}

export class SignIn {
  readonly #clock: Clock;
  readonly #faults: () => Faults;
  readonly #tokens = new Map<string, IssuedToken>();

  constructor(clock: Clock, faults: () => Faults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  forgetTokens(): void {
    this.#tokens.clear();
  }

  routes(): Route[] {
    const handle = (request: SimulatorRequest) => this.#token(request);
    const body = ['grant_type', 'client_id', 'client_secret', 'scope'];
    return [
      { method: 'POST', path: '/ws/oauth/token', kind: 'sign-in', query: [], body, handle },
      // A POST that was redirected from http arrives as GET; without /ws some hosts have no such method.
      { method: 'GET', path: '/ws/oauth/token', kind: 'open', handle: methodNotAllowed },
      { method: 'POST', path: '/oauth/token', kind: 'open', handle: methodNotAllowed },
    ];
  }

  /** What speaks against a data call: an absent or garbled header is 400, a token that is not (or no longer) good 401. */
  refusal({ headers }: SimulatorRequest): Answer | undefined {
    const header = headers.authorization;
    if (header === undefined || this.#faults().isOn('header-lost')) {
      return authFailure(400, 'missing_header', 'Missing required header', 2);
    }
    const bearer = /^Bearer ([\w.~+/=-]+)$/i.exec(header)?.[1];
    if (bearer === undefined) return authFailure(400, 'invalid_header', "Invalid 'Authorization' header", 1);
    const token = this.#tokens.get(bearer);
    if (token === undefined || token.expires <= this.#clock.now()) return notAuthenticated();
    return token.scopes.includes('monitoring') ? undefined : result(403, 'permission_denied');
  }

  #token(request: SimulatorRequest): Answer {
    const faults = this.#faults();
    if (faults.isOn('wrong-region')) return clientUnknown();
    if (!isForm(request)) return authFailure(400, 'invalid_request', 'Missing form body');
    const form = new URLSearchParams(request.text);
    if (form.get('client_id') !== application.clientId) return clientUnknown();
    // Which status goes with a wrong secret is not documented; a client's live tests met 400, 403 and 404.
    if (form.get('client_secret') !== application.clientSecret || faults.isOn('bad-secret')) {
      return authFailure(400, 'invalid_client', 'Client authentication failed');
    }
    if (faults.isOn('bad-secret-403')) return result(403, 'access_denied');
    if (form.get('grant_type') !== 'client_credentials') {
      return authFailure(400, 'unsupported_grant_type', 'Unsupported grant type');
    }
    if (faults.isOn('no-grant')) return authFailure(400, 'unauthorized_client', 'Grant type not allowed');
    const granted = faults.isOn('no-monitoring') ? ['management'] : ['monitoring'];
    // Left out, it means all that the app may do.
    const asked = form.get('scope')?.split(/\s+/).filter(Boolean) ?? granted;
    const refused =
      faults.isOn('scope-refused') || asked.some((scope) => !['monitoring', 'management', 'control'].includes(scope));
    if (refused) return authFailure(400, 'invalid_scope', 'Requested scope is not allowed');
    const scopes = faults.isOn('no-monitoring') ? granted : asked.filter((scope) => granted.includes(scope));
    const token = `FAKE.${randomUUID()}.none`;
    this.#tokens.set(token, { scopes, expires: this.#clock.now() + lifetimeSeconds * 1000 });
    return {
      status: 200,
      body: { access_token: token, expires_in: lifetimeSeconds, scope: scopes.join(' '), token_type: 'Bearer' },
    };
  }
}
