/** Syncro on loopback: one token, numbered pages, 401 for two things, over an invented account. */
import { defineSimulator } from '../../src/simulator/define.ts';
import { Faults } from '../../src/simulator/faults.ts';
import { Context } from './simulator/context.ts';
import { controlled } from './simulator/expected.ts';
import { syncroFaults, wording } from './simulator/faults.ts';
import { Instance } from './simulator/instance.ts';
import { apiToken } from './simulator/model.ts';
import { readingRoutes } from './simulator/reading.ts';
import { writingRoutes } from './simulator/writing.ts';

export default defineSimulator({
  id: 'syncro',
  // Syncro allows 180 requests a minute; ten times that unless asked for, so that trying things is not slowed.
  limit: { requests: 1800, seconds: 60 },
  faults: syncroFaults(),
  build(world, clock) {
    const faults = new Faults(syncroFaults());
    const context = new Context(new Instance(world, clock), faults);
    return {
      routes: [...readingRoutes(context), ...writingRoutes(context)],
      wording: {
        ...wording,
        notFound: () => ({ status: 404, body: { error: 'Not found' } }),
        undocumented: (lines) => ({ status: 400, body: { error: `Not documented: ${lines.join('; ')}` } }),
      },
      authorise: (request) => context.authorise(request),
      faults,
      controlled: controlled(context),
      credentials: (url) => ({ subdomain: url, api_token: apiToken }),
    };
  },
});
