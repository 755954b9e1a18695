/** ConnectWise Manage on loopback: company lookup, keys, reading and writing as the vendor's, over an invented company. */
import { createClock } from '../../src/simulator/clock.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { Context, error, noEndpoint } from './simulator/context.ts';
import { controlled } from './simulator/expected.ts';
import { connectWiseFaults, wording } from './simulator/faults.ts';
import { account, Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { writingRoutes } from './simulator/writing.ts';

const id = 'connectwise-manage';

/** The vendor throttles from about 1,000 requests a minute; ten times that unless asked for, so that trying things is not slowed. */
const windowSeconds = 60;
const generousLimit = 10_000;

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const instance = new Instance(world, clock);
  const faults: Faults = new Faults(connectWiseFaults(() => context.upgrade()));
  const context: Context = new Context(instance, faults);
  faults.set(options.fault ?? null);
  const records = controlled(instance);
  const server = await serve(
    {
      id,
      routes: [...readingRoutes(context), ...writingRoutes(context)],
      headers: ['clientid', 'pagination-type', 'x-cw-usertype'],
      limit: { requests: options.limit ?? generousLimit, seconds: windowSeconds },
      wording: {
        ...wording,
        notFound: (request) => context.refuse(request) ?? noEndpoint,
        undocumented: (lines) => error(400, 'InvalidObject', `Not documented: ${lines.join('; ')}`),
      },
      authorise: (request) => context.refuse(request),
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  return {
    id,
    url: server.urls.main ?? '',
    credentials: { site: server.urls.main ?? '', ...account },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(connectWiseFaults(() => {})).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
