/** Syncro on loopback: one token, numbered pages, 401 for two things, over an invented account. */
import { createClock } from '../../src/simulator/clock.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { Context } from './simulator/context.ts';
import { controlled } from './simulator/expected.ts';
import { syncroFaults, wording } from './simulator/faults.ts';
import { Instance } from './simulator/instance.ts';
import { apiToken } from './simulator/model.ts';
import { readingRoutes } from './simulator/reading.ts';
import { writingRoutes } from './simulator/writing.ts';

const id = 'syncro';

/** Syncro allows 180 requests a minute; ten times that unless asked for, so that trying things is not slowed. */
const windowSeconds = 60;
const generousLimit = 1800;

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const faults = new Faults(syncroFaults());
  faults.set(options.fault ?? null);
  const context = new Context(new Instance(world, clock), faults);
  const records = controlled(context);
  const server = await serve(
    {
      id,
      routes: [...readingRoutes(context), ...writingRoutes(context)],
      limit: { requests: options.limit ?? generousLimit, seconds: windowSeconds },
      wording: {
        ...wording,
        notFound: () => ({ status: 404, body: { error: 'Not found' } }),
        undocumented: (lines) => ({ status: 400, body: { error: `Not documented: ${lines.join('; ')}` } }),
      },
      authorise: (request) => context.authorise(request),
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  return {
    id,
    url: server.urls.main ?? '',
    credentials: { subdomain: server.urls.main ?? '', api_token: apiToken },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(syncroFaults()).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
