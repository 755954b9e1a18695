/**
 * NinjaOne on loopback. Its organizations are the clients of the shared world: what is told as totals is what a connection holds
 * once the companies of the same world (seed and scale) have come from a PSA; organizations alone create none.
 */
import { createClock } from '../../src/simulator/clock.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { controlled } from './simulator/expected.ts';
import { failure, pathNotFound } from './simulator/failures.ts';
import { ninjaFaults, wording } from './simulator/faults.ts';
import { Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { application, SignIn } from './simulator/sign-in.ts';

const id = 'ninjarmm';

/** NinjaOne publishes no limit; five requests a second are said to be safe (300 a minute). Ten times that unless asked for. */
const windowSeconds = 60;
const generousLimit = 3000;

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const instance = new Instance(world, clock);
  const signIn: SignIn = new SignIn(clock, () => faults);
  const faults = new Faults(ninjaFaults(() => signIn.forgetTokens()));
  faults.set(options.fault ?? null);
  const records = controlled(instance);
  const server = await serve(
    {
      id,
      routes: [...signIn.routes(), ...readingRoutes(instance, () => faults)],
      limit: { requests: options.limit ?? generousLimit, seconds: windowSeconds },
      wording: {
        ...wording,
        notFound: pathNotFound,
        undocumented: (lines) => failure(400, `Not documented: ${lines.join('; ')}`),
      },
      authorise: (request) => signIn.refusal(request),
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  const url = server.urls.main ?? '';
  return {
    id,
    url,
    credentials: { region: 'custom', baseUrl: url, ...application },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(ninjaFaults(() => {})).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
