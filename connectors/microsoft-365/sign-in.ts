/**
 * One application, one token per tenant: the same proof is sent to each tenant's own token address. A token is issued even
 * where nothing was consented to; what it may do is fixed at that moment.
 */
import { constants, createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Http, Token, TokenSource } from '../../src/connector/http.ts';
import type { Credentials } from '../../src/connector/manifest.ts';
import { placesOf } from './clouds.ts';
import { pemText } from './credentials.ts';
import { keyMismatch, oddAnswer, SignInRefused } from './failures.ts';

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** `tenant`: an id or a domain, valid already. */
export function tokenSource(credentials: Credentials, tenant: string): TokenSource {
  const { scope } = placesOf(credentials);
  const url = tokenUrl(credentials, tenant);
  return {
    name: tenant,
    earlyMs: 5 * 60_000,
    async fetch(http) {
      const dated = http.vendorNow() !== null;
      try {
        return await askForToken(http, credentials, url, scope);
      } catch (error) {
        // A statement is dated by our clock, which may be wrong, until Microsoft has answered once; then by theirs.
        if (dated || !credentials.certificate || !(error instanceof SignInRefused)) throw error;
        return await askForToken(http, credentials, url, scope);
      }
    },
  };
}

async function askForToken(http: Http, credentials: Credentials, url: string, scope: string): Promise<Token> {
  const { body } = await http.request({
    method: 'POST',
    url,
    auth: false,
    budget: 'sign-in',
    // Signing in again has no other effect than another token.
    idempotent: true,
    form: {
      client_id: credentials.clientId ?? '',
      scope,
      grant_type: 'client_credentials',
      ...proof(credentials, url, now(http)),
    },
  });
  const answer = tokenAnswer.safeParse(body).data;
  if (answer === undefined) throw oddAnswer('the token');
  return { value: answer.access_token, expiresIn: answer.expires_in, about: claimsOf(answer.access_token) };
}

export function tokenUrl(credentials: Credentials, tenant: string): string {
  return `${placesOf(credentials).login}/${tenant}/oauth2/v2.0/token`;
}

/** What an administrator of the tenant opens to let the application in. */
export function consentUrl(credentials: Credentials, tenant: string): string {
  const url = new URL(`${placesOf(credentials).login}/${tenant}/adminconsent`);
  url.searchParams.set('client_id', credentials.clientId ?? '');
  if (credentials.redirectUri) url.searchParams.set('redirect_uri', credentials.redirectUri);
  return url.href;
}

/** The last day of the secret or certificate; null when it is not known. */
export function proofEnds({ certificate, privateKey, secretEnds }: Credentials): Date | null {
  if (certificate && privateKey) return new X509Certificate(pemText(certificate)).validToDate;
  return secretEnds ? new Date(secretEnds) : null;
}

const now = (http: Http): number => (http.vendorNow() ?? new Date()).getTime();

/** @throws SignInRefused when certificate and key do not belong together */
function proof(credentials: Credentials, url: string, at: number): Record<string, string> {
  const { certificate, privateKey, clientSecret = '', clientId = '' } = credentials;
  if (!certificate || !privateKey) return { client_secret: clientSecret };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion({ certificate, privateKey, clientId }, url, at),
  };
}

/** A statement signed with the certificate's key, good for five minutes at this one address. */
function assertion(
  { certificate, privateKey, clientId }: { certificate: string; privateKey: string; clientId: string },
  url: string,
  at: number,
): string {
  const x509 = new X509Certificate(pemText(certificate));
  const key = createPrivateKey(pemText(privateKey));
  if (!x509.checkPrivateKey(key)) throw keyMismatch();
  const seconds = Math.floor(at / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = [
    part({ alg: 'PS256', typ: 'JWT', 'x5t#S256': createHash('sha256').update(x509.raw).digest('base64url') }),
    // Begins a little early: clocks differ.
    part({ aud: url, iss: clientId, sub: clientId, jti: randomUUID(), nbf: seconds - 60, exp: seconds + 300 }),
  ].join('.');
  const signature = sign('sha256', Buffer.from(signed), {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return `${signed}.${signature.toString('base64url')}`;
}

const claims = z.object({ tid: z.string().optional(), roles: z.array(z.string()).optional() });

/** Graph tokens are formally opaque: what can be read in one is a hint and no more. */
function claimsOf(token: string): Record<string, string> {
  try {
    const { tid, roles } = claims.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
    return { ...(tid === undefined ? {} : { tid: tid.toLowerCase() }), roles: (roles ?? []).join(' ') };
  } catch {
    return {};
  }
}
