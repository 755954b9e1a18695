/** OAuth 2 client credentials, in the form body: whether NinjaOne takes them in a header is not known. */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import type { TokenSource } from '../../src/connector/http.ts';
import { trustedOrigin } from './address.ts';
import { notNinja, signInRefused } from './failures.ts';

export const scope = 'monitoring';

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().nullish(),
});

export function tokenSource({ credentials }: ConnectorEnvironment): TokenSource {
  return {
    earlyMs: 90_000,
    async fetch(http) {
      const origin = trustedOrigin(credentials);
      const { host } = new URL(origin);
      const { clientId = '', clientSecret = '' } = credentials;
      const { status, headers, body } = await http.request({
        method: 'POST',
        // Always with /ws: without it some hosts answer 405.
        url: `${origin}/ws/oauth/token`,
        auth: false,
        form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope },
        // Signing in again has no other effect than another token.
        idempotent: true,
        accept: [400, 401, 403, 404, 405],
      });
      if (status >= 400) throw signInRefused({ status, headers, body }, host);
      const answer = tokenAnswer.safeParse(body).data;
      if (answer === undefined) throw notNinja(host);
      return {
        value: answer.access_token,
        expiresIn: answer.expires_in,
        about: { host, ...(answer.scope == null ? {} : { scope: answer.scope }) },
      };
    },
  };
}
