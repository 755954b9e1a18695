/**
 * Stripe on loopback: keys, lists, single objects and events as the vendor's, over an invented account. Companies are among the
 * totals only as customers that the companies of a PSA with the same seed and scale are tied to.
 */
import { defineSimulator } from '../../src/simulator/define.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { Account } from './simulator/account.ts';
import { stockCatalogue } from './simulator/catalogue.ts';
import { error, unrecognised, wording } from './simulator/errors.ts';
import { controlled } from './simulator/expected.ts';
import { stripeFaults } from './simulator/faults.ts';
import { billEverybody } from './simulator/history.ts';
import { authorise, keys } from './simulator/keys.ts';
import { readingRoutes } from './simulator/reading.ts';

/** Beyond those of every client: Stripe's own ones, and what its Node SDK sends of itself. */
const headers = [
  'stripe-version',
  'stripe-account',
  'idempotency-key',
  'x-stripe-client-user-agent',
  'x-stripe-client-telemetry',
];

export default defineSimulator({
  id: 'stripe',
  // The vendor allows 25 requests a second; forty times that unless asked for, so that trying things is not slowed.
  limit: { requests: 1000, seconds: 1 },
  faults: stripeFaults,
  build(world, clock) {
    const account = new Account(world, clock);
    const catalogue = stockCatalogue(account);
    billEverybody(account, catalogue);
    const faults = new Faults(stripeFaults);
    account.silentDeletions = () => faults.isOn('silent-deletions');
    return {
      routes: readingRoutes({ account, faults }),
      headers,
      wording: {
        ...wording,
        notFound: ({ method, path }) => unrecognised(method, path),
        undocumented: (lines) =>
          error(400, { code: 'parameter_unknown', message: `Not documented: ${lines.join('; ')}` }),
      },
      authorise: (request, route) => authorise(faults, request, route),
      faults,
      controlled: controlled(account, catalogue),
      credentials: (url) => ({ apiKey: keys.restrictedTest, baseUrl: url }),
    };
  },
});
