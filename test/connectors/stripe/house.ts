/** Stripe in a house in which the companies of the same world have come from a PSA. */
import { catalogue } from '../../../connectors/index.ts';
import type { SyncRequest } from '../../../src/engine/engine.ts';
import type { RecordType } from '../../../src/portal/records/index.ts';
import type { SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { type House, openHouse } from '../../engine/house.ts';

const id = 'stripe';
const psa = 'halo-psa';

export interface StripeHouse extends AsyncDisposable {
  readonly house: House;
  view(): ReturnType<House['engine']['getSnapshot']>['integrations'][number];
  sync(request?: SyncRequest): ReturnType<House['engine']['sync']>;
  records(
    type: RecordType,
    where?: Parameters<House['engine']['records']>[0]['where'],
  ): Promise<Record<string, unknown>[]>;
  /** Requests since the last time this was asked, by path. */
  requests(): Promise<Readonly<Record<string, number>>>;
  change(type: RecordType, count?: number): Promise<string[]>;
}

/** Connected, not synced. `companies: false`: the portal is empty. */
export async function stripeHouse(
  options: SimulatorOptions & {
    companies?: boolean;
    settings?: { types?: RecordType[]; initialImport?: boolean };
  } = {},
): Promise<StripeHouse> {
  const { companies = false, settings, ...simulator } = options;
  const scale = options.scale ?? 400;
  // Stripe's 25 requests a second would be waited for in seconds that pass.
  const config = { integrations: { [id]: { requestsPerWindow: 10_000 } } };
  const house = await openHouse(id, { ...simulator, scale }, config);
  if (companies) {
    const definition = await catalogue.find((each) => each.id === psa)?.simulator?.();
    const halo = await definition?.start({ scale, now: house.clock.now });
    await house.engine.connect({
      id: psa,
      credentials: halo?.credentials ?? {},
      settings: { types: ['companies'] },
    });
    await house.engine.sync(psa);
    await halo?.close();
  }
  await house.engine.connect({
    id,
    credentials: house.sim.credentials,
    ...(settings === undefined ? {} : { settings }),
  });
  return {
    house,
    view: () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!,
    sync: (request = {}) => house.engine.sync(id, request),
    async records(type, where) {
      const query = { type, integration: id, limit: 500, ...(where === undefined ? {} : { where }) };
      return [...(await house.engine.records(query)).records];
    },
    async requests() {
      const { byPath } = await house.control<{ byPath: Record<string, number> }>('stats');
      await house.control('stats/reset', {});
      return Object.fromEntries(Object.entries(byPath).map(([path, count]) => [path.replace('GET /v1/', ''), count]));
    },
    async change(type, count = 1) {
      const { changed } = await house.control<{ changed: string[] }>('change', { type, count });
      return changed;
    },
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}
