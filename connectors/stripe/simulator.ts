/**
 * Stripe on loopback: keys, lists, single objects and events as the vendor's, over an invented account. Companies are among the
 * totals only as customers that the companies of a PSA with the same seed and scale are tied to.
 */
import { createClock } from '../../src/simulator/clock.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { Account } from './simulator/account.ts';
import { stockCatalogue } from './simulator/catalogue.ts';
import { error, unrecognised, wording } from './simulator/errors.ts';
import { controlled } from './simulator/expected.ts';
import { stripeFaults } from './simulator/faults.ts';
import { billEverybody } from './simulator/history.ts';
import { authorise, keys } from './simulator/keys.ts';
import { readingRoutes } from './simulator/reading.ts';

const id = 'stripe';

/** The vendor allows 25 requests a second; forty times that unless asked for, so that trying things is not slowed. */
const generousLimit = 1000;

/** Beyond those of every client: Stripe's own ones, and what its Node SDK sends of itself. */
const headers = [
  'stripe-version',
  'stripe-account',
  'idempotency-key',
  'x-stripe-client-user-agent',
  'x-stripe-client-telemetry',
];

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const account = new Account(world, clock);
  const catalogue = stockCatalogue(account);
  billEverybody(account, catalogue);
  const faults = new Faults(stripeFaults);
  faults.set(options.fault ?? null);
  account.silentDeletions = () => faults.isOn('silent-deletions');
  const records = controlled(account, catalogue);
  const server = await serve(
    {
      id,
      routes: readingRoutes({ account, faults }),
      headers,
      limit: { requests: options.limit ?? generousLimit, seconds: 1 },
      wording: {
        ...wording,
        notFound: ({ method, path }) => unrecognised(method, path),
        undocumented: (lines) =>
          error(400, { code: 'parameter_unknown', message: `Not documented: ${lines.join('; ')}` }),
      },
      authorise: (request, route) => authorise(faults, request, route),
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  const url = server.urls.main ?? '';
  return {
    id,
    url,
    credentials: { apiKey: keys.restrictedTest, baseUrl: url },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(stripeFaults).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
