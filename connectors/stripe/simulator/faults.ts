/** Stripe's own ways to go wrong, beside those any vendor has. Those without code are looked up where they matter. */
import type { Answer } from '../../../src/simulator/exchange.ts';
import { isData } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault } from '../../../src/simulator/faults.ts';
import { error, unrecognised, wording } from './errors.ts';

/** Data calls are answered so. */
const answering = (meaning: string, answer: () => Answer): Fault => ({
  meaning,
  before: (_, route) => (route !== null && isData(route) ? answer() : undefined),
});

/** There are no tokens to end, and nothing is written. */
const {
  'expired-mid-run': _tokens,
  'create-504': _creates,
  'cut-creates': _cuts,
  'cut-writes': _cutWrites,
  ...shared
} = commonFaults(wording, () => {});

const permissions = ['customers', 'products', 'prices', 'subscriptions', 'invoices', 'charges', 'events'] as const;

export const stripeFaults: Readonly<Record<string, Fault>> = {
  'wrong-key': { meaning: 'The key was rolled or deleted: 401.' },
  'key-expired': { meaning: 'The key has expired: 401 with the code api_key_expired.' },
  'publishable-key': { meaning: 'The key is taken for a publishable one: 401 with the code secret_key_required.' },
  'key-lost': { meaning: 'A proxy takes the Authorization header away: 401 as without a key.' },
  'address-restricted': { meaning: 'The key is limited to other IP addresses: 403.' },
  'app-key': { meaning: 'The key belongs to an app: 403 with the code oauth_not_supported.' },
  'account-withdrawn': { meaning: 'The connected account withdrew: 403 with the code account_invalid.' },
  ...Object.fromEntries(
    permissions.map((name) => [
      `missing-permission-${name}`,
      { meaning: `The restricted key lacks the permission for ${name}: 403 that names it.` },
    ]),
  ),
  'closed-to-restricted-keys': { meaning: 'Refunds are kept from every restricted key: 403 in the older wording.' },
  'wrong-path': answering('Every path is answered 404, as by another address.', () => unrecognised('GET', '/v1/...')),
  'version-refused': answering('The pinned API version is refused: 400.', () =>
    error(400, { message: 'Invalid Stripe API version: 2026-10-28.endive' }),
  ),
  'parameter-refused': answering('A documented parameter is refused: 400 with the code parameter_unknown.', () =>
    error(400, { code: 'parameter_unknown', message: 'Received unknown parameter: limit', param: 'limit' }),
  ),
  'lock-timeout': {
    meaning:
      'The next 3 data calls meet a locked object: 429 with the code lock_timeout, no reason header (count: how many).',
    count: 3,
    before: (_, route, turn) => {
      if (route === null || !isData(route)) return undefined;
      turn.left--;
      if (turn.left <= 0) turn.end();
      return error(429, { code: 'lock_timeout', message: 'This object cannot be accessed right now.' });
    },
  },
  'mixed-modes': { meaning: 'Objects carry the other mode than the key.' },
  'silent-deletions': { meaning: 'Deletions leave no event, as when test data is reset.' },
  ...shared,
};
