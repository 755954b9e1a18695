/** Our edits of one ticket on their way to a vendor: what the tests of every connector that writes do over and over. */
import { expect } from 'vitest';
import type { FieldValues } from '../../src/connector/writer.ts';
import type { ConnectInput, SyncRequest } from '../../src/engine/engine.ts';
import type { StoredRecord } from '../../src/portal/query.ts';
import type { TypeCounters } from '../../src/portal/run.ts';
import { type House, openHouse } from './house.ts';

interface Stats {
  readonly writes: number;
  readonly undocumented: readonly string[];
}

/** A house whose integration was synced an hour ago, with a simulator that takes only what the vendor documents. */
export async function syncedHouse(
  id: string,
  scale: number,
  { credentials, options = {} }: Pick<ConnectInput, 'credentials' | 'options'> = {},
): Promise<House> {
  const house = await openHouse(id, { scale, strict: true });
  const given = { ...house.sim.credentials, ...credentials };
  await house.engine.connect({ id, credentials: given, options, enable: false });
  expect(await house.engine.sync(id)).toMatchObject({ status: 'succeeded' });
  house.clock.pass(3_600_000);
  return house;
}

/** @param present the house and the ticket of the test that runs; each test has its own. */
export function ticketEdits(present: () => { house: House; record: StoredRecord }) {
  const engine = () => present().house.engine;
  const stats = () => present().house.control<Stats>('stats');
  const writes = async () => (await stats()).writes;
  const ofTicket = () => ({ type: 'tickets', recordId: present().record.id }) as const;

  async function sync(request: SyncRequest = {}) {
    const { house } = present();
    const result = await house.engine.sync(house.id, request);
    const sum = (key: keyof TypeCounters) => Object.values(result.types).reduce((total, each) => total + each[key], 0);
    return { ...result, sum };
  }
  const change = async (of: { id: string }) => (await engine().changes({ id: of.id }))[0]!;

  return {
    sync,
    change,
    writes,
    edit: (fields: FieldValues) => engine().propose({ ...ofTicket(), kind: 'update', fields, author: 'kim' }),
    /** A new ticket of the same company. */
    create(fields: FieldValues) {
      const { house, record } = present();
      const companyId = record.companyId as string;
      const proposal = { integration: house.id, type: 'tickets', kind: 'create' } as const;
      return engine().propose({ ...proposal, fields: { companyId, ...fields } });
    },
    note: (text: string, more: FieldValues = {}) =>
      engine().propose({ ...ofTicket(), kind: 'note', fields: { text, ...more } }),
    row: async (id: string | null = present().record.id) => (await engine().record('tickets', id!))!,
    fault: (name: string | null, count?: number) => present().house.control('fault', { name, count }),

    /** Neither another run nor a full one changes anything on either side. */
    async expectNoEcho(runs = [{}, { full: true }]) {
      const before = await writes();
      for (const request of runs) {
        present().house.clock.pass(60_000);
        const { status, sum } = await sync(request);
        const sums = (['created', 'updated', 'gone', 'pushed'] as const).map(sum);
        expect([status, ...sums]).toEqual(['succeeded', 0, 0, 0, 0]);
      }
      expect(await stats()).toMatchObject({ writes: before, undocumented: [] });
    },

    /** Returns how many writing requests that took. */
    async expectRefused(wanted: { id: string }, reason: RegExp): Promise<number> {
      const before = await writes();
      expect((await sync()).sum('refused')).toBe(1);
      expect(await change(wanted)).toMatchObject({ state: 'refused', reason: expect.stringMatching(reason) });
      return (await writes()) - before;
    },
  };
}
