/**
 * NinjaOne on loopback. Its organizations are the clients of the shared world: what is told as totals is what a connection holds
 * once the companies of the same world (seed and scale) have come from a PSA; organizations alone create none.
 */
import { defineSimulator } from '../../src/simulator/define.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { controlled } from './simulator/expected.ts';
import { failure, pathNotFound } from './simulator/failures.ts';
import { ninjaFaults, wording } from './simulator/faults.ts';
import { Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { application, SignIn } from './simulator/sign-in.ts';

export default defineSimulator({
  id: 'ninjarmm',
  // NinjaOne publishes no limit; five requests a second are said to be safe (300 a minute). Ten times that unless asked for.
  limit: { requests: 3000, seconds: 60 },
  faults: ninjaFaults(() => {}),
  build(world, clock) {
    const instance = new Instance(world, clock);
    const signIn: SignIn = new SignIn(clock, () => faults);
    const faults = new Faults(ninjaFaults(() => signIn.forgetTokens()));
    return {
      routes: [...signIn.routes(), ...readingRoutes(instance, () => faults)],
      wording: {
        ...wording,
        notFound: pathNotFound,
        undocumented: (lines) => failure(400, `Not documented: ${lines.join('; ')}`),
      },
      authorise: (request) => signIn.refusal(request),
      faults,
      controlled: controlled(instance),
      credentials: (url) => ({ region: 'custom', baseUrl: url, ...application }),
    };
  },
});
