/** NinjaRMM in a house in which the companies of the same world have come from a PSA, as organizations need them. */
import { catalogue } from '../../../connectors/index.ts';
import type { SyncRequest } from '../../../src/engine/engine.ts';
import type { SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { type House, openHouse } from '../../engine/house.ts';

const id = 'ninjarmm';
const psa = 'halo-psa';

export interface NinjaHouse {
  readonly house: House;
  view(): ReturnType<House['engine']['getSnapshot']>['integrations'][number];
  /** A run's result and the sums over its record types. */
  sums(request?: SyncRequest): Promise<Sums>;
  /** Changes all companies at the PSA (a new name each) or creates one, and reads them. */
  atPsa(verb: 'change' | 'create'): Promise<void>;
  requests(): Promise<Readonly<Record<string, number>>>;
  [Symbol.asyncDispose](): Promise<void>;
}

type Result = Awaited<ReturnType<House['engine']['sync']>>;
type Sums = Result & Record<'created' | 'updated' | 'unchanged' | 'gone' | 'held' | 'failed', number>;

export async function ninjaHouse(options: SimulatorOptions = {}): Promise<NinjaHouse> {
  const scale = options.scale ?? 200;
  const house = await openHouse(id, { ...options, scale });
  const halo = await catalogue.find((each) => each.id === psa)?.simulator?.();
  const companies = await halo?.start({ scale, now: house.clock.now });
  if (companies === undefined) throw new Error('Halo has no simulator.');
  await house.engine.connect({ id: psa, credentials: companies.credentials, settings: { types: ['companies'] } });
  await house.engine.sync(psa);
  await house.engine.connect({ id, credentials: house.sim.credentials });
  return {
    house,
    view: () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!,
    async sums(request = {}) {
      const result = await house.engine.sync(id, request);
      const all = Object.values(result.types);
      const sum = (key: keyof (typeof all)[number]) => all.reduce((total, each) => total + each[key], 0);
      return {
        ...result,
        created: sum('created'),
        updated: sum('updated'),
        unchanged: sum('unchanged'),
        gone: sum('gone'),
        held: sum('held'),
        failed: sum('failed'),
      };
    },
    async atPsa(verb) {
      const count = verb === 'create' ? 1 : companies.totals().companies;
      const init = { method: 'POST', body: JSON.stringify({ type: 'companies', count }) };
      await fetch(`${companies.url}/__sim/${verb}`, init);
      await house.engine.sync(psa, { full: true });
    },
    async requests() {
      const { byPath } = await house.control<{ byPath: Record<string, number> }>('stats');
      return Object.fromEntries(Object.entries(byPath).map(([path, count]) => [path.replace('GET /v2/', ''), count]));
    },
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]();
      await companies.close();
    },
  };
}
