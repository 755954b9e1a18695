/** Autotask on loopback: discovery, reading and writing as the vendor's, over an invented tenant on one of two zones. */
import { defineSimulator } from '../../src/simulator/define.ts';
import type { Route } from '../../src/simulator/exchange.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { notFound, wrongVerb } from './simulator/answers.ts';
import { controlled } from './simulator/expected.ts';
import { autotaskFaults, wording } from './simulator/faults.ts';
import { apiUser, Gate } from './simulator/gate.ts';
import { Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { writingRoutes } from './simulator/writing.ts';

export default defineSimulator({
  id: 'autotask',
  // The vendor's own figures; generous enough that trying things is not slowed.
  limit: { requests: 10_000, seconds: 3600 },
  faults: autotaskFaults(),
  build(world, clock) {
    const instance = new Instance(world, clock);
    const faults = new Faults(autotaskFaults());
    const gate = new Gate(faults);
    const context = { instance, faults, gate };
    const known = [...readingRoutes(context), ...writingRoutes(context)].map((route) => gate.guarded(route));
    const routes = [...known, ...otherVerbs(known)];
    return {
      routes: [...routes, ...routes.map((route) => ({ ...route, host: 'other' }))],
      // Another zone.
      hosts: ['other'],
      ignoreCase: true,
      headers: ['ApiIntegrationCode', 'UserName', 'Secret', 'ImpersonationResourceId'],
      wording: {
        ...wording,
        notFound,
        undocumented: (lines) => ({ status: 400, body: { Message: `Not documented: ${lines.join('; ')}` } }),
      },
      authorise: (request) => gate.authorise(request),
      faults,
      controlled: controlled(instance, faults),
      credentials: (url) => ({ ...apiUser, zoneUrl: `${url}/ATServicesRest/` }),
    };
  },
});

/** A known path with a verb that it does not have. */
function otherVerbs(routes: readonly Route[]): Route[] {
  const paths = Map.groupBy(routes, ({ path }) => path);
  return [...paths].flatMap(([path, served]) =>
    (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
      .filter((method) => !served.some((route) => route.method === method))
      .map((method): Route => ({ method, path, kind: 'open', handle: () => wrongVerb(method) })),
  );
}
