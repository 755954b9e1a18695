/**
 * Microsoft's sign-in and Graph on loopback: a provider's tenant and those of its clients, one application, one token each. The clients
 * are companies of the invented world: where a PSA of the same world was synced before, they are tied to its companies.
 */
import { defineSimulator } from '../../src/simulator/define.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { badRequest } from './simulator/errors.ts';
import { controlled } from './simulator/expected.ts';
import { invalidToken, microsoftFaults, wording } from './simulator/faults.ts';
import { Graph, notFound } from './simulator/graph.ts';
import { Instance } from './simulator/instance.ts';
import { application } from './simulator/model.ts';
import { SignIn } from './simulator/sign-in.ts';

export default defineSimulator({
  id: 'microsoft-365',
  // Microsoft's own figure for security calls is 150; more unless asked for, so that trying things is not slowed.
  limit: { requests: 3000, seconds: 60 },
  faults: microsoftFaults(() => {}),
  build(world, clock) {
    const instance = new Instance(world, clock);
    const signIn: SignIn = new SignIn(instance, clock, () => faults);
    const faults = new Faults(microsoftFaults(() => signIn.forgetTokens()));
    const graph = new Graph(instance, signIn, () => faults);
    return {
      routes: [...signIn.routes(), ...graph.routes()],
      headers: [
        'consistencylevel',
        'client-request-id',
        'prefer',
        'sdkversion',
        'x-forwarded-proto',
        'x-forwarded-host',
      ],
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
      controlled: controlled(instance),
      credentials: (url) => ({
        tenants: instance.named.map((tenant) => tenant.id).join(', '),
        clientId: application.id,
        clientSecret: application.secret,
        simulator: url,
      }),
    };
  },
});
