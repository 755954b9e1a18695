/** ConnectWise Manage on loopback: company lookup, keys, reading and writing as the vendor's, over an invented company. */
import { defineSimulator } from '../../src/simulator/define.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { Context, error, noEndpoint } from './simulator/context.ts';
import { controlled } from './simulator/expected.ts';
import { connectWiseFaults, wording } from './simulator/faults.ts';
import { account, Instance } from './simulator/instance.ts';
import { readingRoutes } from './simulator/reading.ts';
import { writingRoutes } from './simulator/writing.ts';

export default defineSimulator({
  id: 'connectwise-manage',
  // The vendor throttles from about 1,000 requests a minute; ten times that unless asked for, so that trying things is not slowed.
  limit: { requests: 10_000, seconds: 60 },
  faults: connectWiseFaults(() => {}),
  build(world, clock) {
    const instance = new Instance(world, clock);
    const faults: Faults = new Faults(connectWiseFaults(() => context.upgrade()));
    const context: Context = new Context(instance, faults);
    return {
      routes: [...readingRoutes(context), ...writingRoutes(context)],
      headers: ['clientid', 'pagination-type', 'x-cw-usertype'],
      wording: {
        ...wording,
        notFound: (request) => context.refuse(request) ?? noEndpoint,
        undocumented: (lines) => error(400, 'InvalidObject', `Not documented: ${lines.join('; ')}`),
      },
      authorise: (request) => context.refuse(request),
      faults,
      controlled: controlled(instance),
      credentials: (url) => ({ site: url, ...account }),
    };
  },
});
