/** What every simulator does with its options, from an invented world to a listening server. The vendor's part is `build`. */
import { type Clock, createClock } from './clock.ts';
import type { Fault } from './faults.ts';
import type { Limit } from './rolling-window.ts';
import { serve, type VendorApi } from './server.ts';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from './simulator.ts';
import { createWorld, type World } from './world.ts';

type Built = Omit<VendorApi, 'id' | 'limit'> & {
  /** What `connect` takes, of a simulator that listens there. */
  credentials(url: string): RunningSimulator['credentials'];
  /** Lets go of what is not the server's. Called once, also when the server could not start. */
  release?(): void;
};

interface Vendor extends Pick<SimulatorDefinition, 'id' | 'variants'> {
  /** Only their meanings count here; those that a running one can show are what `build` returns. */
  readonly faults: Readonly<Record<string, Fault>>;
  /** Unless another number of requests is asked for. */
  readonly limit: Limit;
  build(world: World, clock: Clock, options: SimulatorOptions): Built;
}

export function defineSimulator({ id, faults, limit, build, ...variants }: Vendor): SimulatorDefinition {
  async function start(options: SimulatorOptions = {}): Promise<RunningSimulator> {
    const { now, seed = 1, scale = 2000, fault = null, port = 0, strict = false } = options;
    const clock = createClock(now);
    const { credentials, release, ...api } = build(createWorld({ seed, scale, now: clock.now() }), clock, options);
    try {
      api.faults.set(fault);
      const requests = options.limit ?? limit.requests;
      const server = await serve({ ...api, id, limit: { ...limit, requests } }, { clock, strict, port });
      const url = server.urls.main ?? '';
      return {
        id,
        url,
        credentials: credentials(url),
        totals: () => api.controlled.totals(),
        async close() {
          await server.close();
          release?.();
        },
      };
    } catch (error) {
      release?.();
      throw error;
    }
  }
  return { id, ...variants, faults: meanings(faults), start };
}

const meanings = (faults: Readonly<Record<string, Fault>>) =>
  Object.fromEntries(Object.entries(faults).map(([name, { meaning }]) => [name, meaning]));
