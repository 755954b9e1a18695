/**
 * Microsoft's sign-in and Graph on loopback: a provider's tenant and those of its clients, one application, one token each. The clients
 * are companies of the invented world: where a PSA of the same world was synced before, they are tied to its companies.
 */
import { createClock } from '../../src/simulator/clock.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { badRequest } from './simulator/errors.ts';
import { controlled } from './simulator/expected.ts';
import { invalidToken, microsoftFaults, wording } from './simulator/faults.ts';
import { Graph, notFound } from './simulator/graph.ts';
import { Instance } from './simulator/instance.ts';
import { application } from './simulator/model.ts';
import { SignIn } from './simulator/sign-in.ts';

const id = 'microsoft-365';

/** Microsoft's own figure for security calls is 150; more unless asked for, so that trying things is not slowed. */
const windowSeconds = 60;
const generousLimit = 3000;

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const instance = new Instance(world, clock);
  const signIn: SignIn = new SignIn(instance, clock, () => faults);
  const faults = new Faults(microsoftFaults(() => signIn.forgetTokens()));
  faults.set(options.fault ?? null);
  const graph = new Graph(instance, signIn, () => faults);
  const records = controlled(instance);
  const server = await serve(
    {
      id,
      routes: [...signIn.routes(), ...graph.routes()],
      headers: [
        'consistencylevel',
        'client-request-id',
        'prefer',
        'sdkversion',
        'x-forwarded-proto',
        'x-forwarded-host',
      ],
      limit: { requests: options.limit ?? generousLimit, seconds: windowSeconds },
      wording: {
        ...wording,
        notFound,
        undocumented: (lines) => badRequest(`Not documented: ${lines.join('; ')}`),
      },
      authorise: (request) => {
        if (faults.isOn('invalid-token')) return invalidToken('Invalid audience.');
        if (signIn.accessOf(request) !== null) return undefined;
        return invalidToken(request.headers.authorization === undefined ? 'Access token is empty.' : undefined);
      },
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  const url = server.urls.main ?? '';
  return {
    id,
    url,
    credentials: {
      tenants: instance.named.map((tenant) => tenant.id).join(', '),
      clientId: application.id,
      clientSecret: application.secret,
      simulator: url,
    },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(microsoftFaults(() => {})).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
