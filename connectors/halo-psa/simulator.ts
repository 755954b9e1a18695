/** Halo PSA on loopback: discovery, sign-in, reading and writing as the vendor's, over an invented instance. */
import { defineSimulator } from '../../src/simulator/define.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { discoveryRoutes } from './simulator/discovery.ts';
import { controlled } from './simulator/expected.ts';
import { haloFaults, wording } from './simulator/faults.ts';
import { Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { application, SignIn } from './simulator/sign-in.ts';
import { writingRoutes } from './simulator/writing.ts';

export default defineSimulator({
  id: 'halo-psa',
  // Halo's window. Its own figure is 300 requests; ten times that unless asked for, so that trying things is not slowed.
  limit: { requests: 3000, seconds: 300 },
  faults: haloFaults(() => {}),
  build(world, clock) {
    const instance = new Instance(world, clock);
    const signIn: SignIn = new SignIn(clock, () => faults);
    const faults = new Faults(haloFaults(() => signIn.forgetTokens()));
    const context = { instance, signIn, faults };
    return {
      routes: [...signIn.routes(), ...discoveryRoutes(context), ...readingRoutes(context), ...writingRoutes(context)],
      hosts: ['auth'],
      ignoreCase: true,
      wording: {
        ...wording,
        notFound: () => ({ status: 404, body: { Message: 'No resource was found at this address.' } }),
        undocumented: (lines) => ({ status: 400, body: { Message: `Not documented: ${lines.join('; ')}` } }),
      },
      // A token without scope signs in and then opens nothing.
      authorise: (request, route) => (signIn.scopesOf(request)?.length ? undefined : wording.unauthorised(route.kind)),
      faults,
      controlled: controlled(instance),
      credentials: (url) => ({
        baseUrl: url,
        clientId: application.clientId,
        clientSecret: application.clientSecret,
      }),
    };
  },
});
