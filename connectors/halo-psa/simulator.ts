/** Halo PSA on loopback: discovery, sign-in, reading and writing as the vendor's, over an invented instance. */
import { createClock } from '../../src/simulator/clock.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { discoveryRoutes } from './simulator/discovery.ts';
import { controlled } from './simulator/expected.ts';
import { haloFaults, wording } from './simulator/faults.ts';
import { Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { application, SignIn } from './simulator/sign-in.ts';
import { writingRoutes } from './simulator/writing.ts';

const id = 'halo-psa';

/** Halo's window. Its own figure is 300 requests; ten times that unless asked for, so that trying things is not slowed. */
const windowSeconds = 300;
const generousLimit = 3000;

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const instance = new Instance(world, clock);
  const signIn: SignIn = new SignIn(clock, () => faults);
  const faults = new Faults(haloFaults(() => signIn.forgetTokens()));
  faults.set(options.fault ?? null);
  const context = { instance, signIn, faults };
  const records = controlled(instance);
  const server = await serve(
    {
      id,
      routes: [...signIn.routes(), ...discoveryRoutes(context), ...readingRoutes(context), ...writingRoutes(context)],
      hosts: ['auth'],
      ignoreCase: true,
      limit: { requests: options.limit ?? generousLimit, seconds: windowSeconds },
      wording: {
        ...wording,
        notFound: () => ({ status: 404, body: { Message: 'No resource was found at this address.' } }),
        undocumented: (lines) => ({ status: 400, body: { Message: `Not documented: ${lines.join('; ')}` } }),
      },
      // A token without scope signs in and then opens nothing.
      authorise: (request, route) => (signIn.scopesOf(request)?.length ? undefined : wording.unauthorised(route.kind)),
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  return {
    id,
    url: server.urls.main ?? '',
    credentials: {
      baseUrl: server.urls.main ?? '',
      clientId: application.clientId,
      clientSecret: application.clientSecret,
    },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(haloFaults(() => {})).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
