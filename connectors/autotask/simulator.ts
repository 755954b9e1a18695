/** Autotask on loopback: discovery, reading and writing as the vendor's, over an invented tenant on one of two zones. */
import { createClock } from '../../src/simulator/clock.ts';
import type { Route } from '../../src/simulator/exchange.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { serve } from '../../src/simulator/server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { notFound, wrongVerb } from './simulator/answers.ts';
import { controlled } from './simulator/expected.ts';
import { autotaskFaults, wording } from './simulator/faults.ts';
import { apiUser, Gate } from './simulator/gate.ts';
import { Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { writingRoutes } from './simulator/writing.ts';

const id = 'autotask';

/** The vendor's own figures; generous enough that trying things is not slowed. */
const hour = { requests: 10_000, seconds: 3600 };

async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const clock = createClock(options.now);
  const world = createWorld({ seed: options.seed ?? 1, scale: options.scale ?? 2000, now: clock.now() });
  const instance = new Instance(world, clock);
  const faults = new Faults(autotaskFaults());
  faults.set(options.fault ?? null);
  const gate = new Gate(faults);
  const context = { instance, faults, gate };
  const records = controlled(instance, faults);
  const known = [...readingRoutes(context), ...writingRoutes(context)].map((route) => gate.guarded(route));
  const routes = [...known, ...otherVerbs(known)];
  const server = await serve(
    {
      id,
      routes: [...routes, ...routes.map((route) => ({ ...route, host: 'other' }))],
      // Another zone.
      hosts: ['other'],
      ignoreCase: true,
      headers: ['ApiIntegrationCode', 'UserName', 'Secret', 'ImpersonationResourceId'],
      limit: { ...hour, requests: options.limit ?? hour.requests },
      wording: {
        ...wording,
        notFound,
        undocumented: (lines) => ({ status: 400, body: { Message: `Not documented: ${lines.join('; ')}` } }),
      },
      authorise: (request) => gate.authorise(request),
      faults,
      controlled: records,
    },
    { clock, strict: options.strict ?? false, ...(options.port === undefined ? {} : { port: options.port }) },
  );
  const url = server.urls.main ?? '';
  return {
    id,
    url,
    credentials: { ...apiUser, zoneUrl: `${url}/ATServicesRest/` },
    totals: () => records.totals(),
    close: () => server.close(),
  };
}

/** A known path with a verb that it does not have. */
function otherVerbs(routes: readonly Route[]): Route[] {
  const paths = Map.groupBy(routes, ({ path }) => path);
  return [...paths].flatMap(([path, served]) =>
    (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
      .filter((method) => !served.some((route) => route.method === method))
      .map((method): Route => ({ method, path, kind: 'open', handle: () => wrongVerb(method) })),
  );
}

const definition: SimulatorDefinition = {
  id,
  faults: Object.fromEntries(Object.entries(autotaskFaults()).map(([name, { meaning }]) => [name, meaning])),
  start,
};

export default definition;
