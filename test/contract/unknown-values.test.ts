/** A value that nobody knew, for every PSA: it comes in within the run, the lists are read once for it, and what has no name is held. */
import { afterEach, describe, expect, test } from 'vitest';
import type { RunningSimulator } from '../../src/simulator/simulator.ts';
import { Desk as AutotaskDesk } from '../connectors/autotask/desk.ts';
import { ConnectWiseDesk } from '../connectors/connectwise-manage/desk.ts';
import { Desk as SyncroDesk } from '../connectors/syncro/desk.ts';
import { HaloDesk } from '../engine/halo-desk.ts';
import { type House, openHouse } from '../engine/house.ts';

interface Psa {
  readonly id: string;
  /** One of the requests that read its lists. */
  readonly list: string;
  /** As a person at the vendor does it. @param status its id */
  readonly setStatus: (sim: RunningSimulator, ticket: string, status: string) => Promise<unknown>;
  /** Rows carry ids, and names are looked up; else the names come with the rows. `scale`: more than one page of tickets. */
  readonly byId?: { readonly page: string; readonly scale: number };
}

const psas: readonly Psa[] = [
  {
    id: 'halo-psa',
    list: 'GET /api/status',
    setStatus: (sim, ticket, status) => new HaloDesk(sim).edit(ticket, { status_id: Number(status) }),
    byId: { page: '/api/Tickets', scale: 120 },
  },
  {
    id: 'autotask',
    list: 'GET /atservicesrest/v1.0/tickets/entityinformation/fields',
    setStatus: (sim, ticket, status) => new AutotaskDesk(sim).edit(ticket, { status: Number(status) }),
    byId: { page: '/ATServicesRest/V1.0/Tickets/query', scale: 520 },
  },
  {
    id: 'connectwise-manage',
    list: 'GET /{codebase}/apis/3.0/service/boards',
    setStatus: (sim, ticket, status) => new ConnectWiseDesk(sim).edit(ticket, { status: { id: Number(status) } }),
  },
  {
    id: 'syncro',
    list: 'GET /api/v1/tickets/settings',
    setStatus: (sim, ticket, status) => new SyncroDesk(sim).edit(ticket, { status }),
  },
];

let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

describe.each(psas)('$id', ({ id, list, setStatus, byId }) => {
  async function open(scale = 60) {
    house = await openHouse(id, { scale });
    await house.engine.connect({ id, credentials: house.sim.credentials, enable: false });
    await sync();
  }
  async function sync() {
    house.clock.pass(60_000);
    const result = await house.engine.sync(id);
    expect(result).toMatchObject({ status: 'succeeded' });
    return result;
  }
  const addStatus = async (name: string, listed = true) =>
    (await house.control<{ id: string }>('status', { name, listed })).id;
  const ticket = async (externalId: string) =>
    (await house.engine.records({ type: 'tickets', where: [{ field: 'externalId', op: '=', value: externalId }] }))
      .records[0]!;
  /** Open ones; where there are boards, of the first, which the status is of. */
  async function someTickets(count: number): Promise<string[]> {
    const { records } = await house.engine.records({
      type: 'tickets',
      where: [{ field: 'isClosed', op: '=', value: false }],
      limit: 500,
    });
    const fit = records.filter(({ boardName }) => boardName === null || boardName === 'Help Desk');
    return fit.slice(0, count).map(({ externalId }) => externalId as string);
  }
  const offered = async () => (await house.engine.lookups(id)).lists.statuses?.map(({ name }) => name) ?? [];
  const unmapped = () => house.engine.issues({ integration: id, reason: 'unmapped-value' });
  /** How often the lists are read while this is done. */
  async function listReads(act: () => Promise<unknown>): Promise<number> {
    const reads = async () => (await house.control<{ byPath: Record<string, number> }>('stats')).byPath[list] ?? 0;
    const before = await reads();
    await act();
    return (await reads()) - before;
  }

  test('a new status comes in with its first ticket, is offered from then on, and costs one reading of the lists', async () => {
    await open();
    const [one = '', other = '', third = ''] = await someTickets(3);
    expect(await offered()).not.toContain('Awaiting Parts');
    const status = await addStatus('Awaiting Parts');
    await setStatus(house.sim, one, status);
    await setStatus(house.sim, other, status);
    expect(await listReads(sync)).toBe(1);
    expect(await ticket(one)).toMatchObject({ status: 'Awaiting Parts' });
    expect(await unmapped()).toEqual([]);
    expect(await offered()).toContain('Awaiting Parts');

    await setStatus(house.sim, third, status);
    expect(await listReads(sync)).toBe(byId === undefined ? 0 : 1);
  });

  test('a status that the table and the lists lack is one issue, which goes with the entry', async () => {
    await open();
    const table = [...new Set(await offered())].map((name) => ({ vendor: name, portal: name }));
    await house.engine.configure(id, { mapping: { tickets: { status: table } } });
    await sync();
    const [one = '', other = ''] = await someTickets(2);
    const before = await ticket(one);
    const status = await addStatus('Limbo', false);
    await setStatus(house.sim, one, status);
    expect(await listReads(sync)).toBe(1);
    const issues = await unmapped();
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ externalId: one, type: 'tickets' });
    expect(issues[0]?.detail).toMatch(
      byId === undefined
        ? /"Limbo" is not in the table .* Mapping .* --map tickets\.status:VALUE=NAME$/
        : new RegExp(`${status} is in none of its lists`),
    );
    expect((await ticket(one)).status).toBe(before.status);

    // Reading the lists was in vain, so nobody reads them for it again.
    await setStatus(house.sim, other, status);
    expect(await listReads(sync)).toBe(byId === undefined ? 0 : 1);
    expect(await unmapped()).toHaveLength(2);

    await addStatus('Limbo', true);
    const limbo = { vendor: 'limbo', portal: 'On hold' };
    await house.engine.configure(id, { mapping: { tickets: { status: [...table, limbo] } } });
    await sync();
    expect(await unmapped()).toEqual([]);
    expect(await ticket(one)).toMatchObject({ status: 'On hold' });
  });

  test('a status made a moment ago can be written; one that there is not is refused, and costs one more reading in all', async () => {
    await open();
    expect(await offered()).not.toContain('Escalated');
    await addStatus('Escalated');
    const [one = '', ...others] = await someTickets(3);
    const edit = async (externalId: string, status: string) => {
      const { id: recordId } = await ticket(externalId);
      const { id: change } = await house.engine.propose({
        type: 'tickets',
        kind: 'update',
        recordId,
        fields: { status },
      });
      return change;
    };
    const changes = [await edit(one, 'escalated')];
    for (const other of others) changes.push(await edit(other, 'Frozen'));
    expect(await listReads(sync)).toBe(2);
    const states = await Promise.all(
      changes.map(async (change) => (await house.engine.changes({ id: change }))[0]?.state),
    );
    expect(states).toEqual(['confirmed', 'refused', 'refused']);
    expect(await ticket(one)).toMatchObject({ status: 'Escalated' });
  });

  test.runIf(byId)(
    'lists that have gone stale within the run are read once more, whatever else is unknown',
    async () => {
      await open(byId?.scale);
      const last = async () => {
        const rows = await house.control<{ externalId: string }[]>('records/tickets');
        return rows
          .map(({ externalId }) => Number(externalId))
          .sort((a, b) => b - a)
          .map(String);
      };
      const [newest = '', ...rest] = (await last()).slice(0, 12);
      const reads = await listReads(async () => {
        const read = async () => (await house.control<{ byPath: Record<string, number> }>('stats')).byPath[list] ?? 0;
        const before = await read();
        const run = house.engine.sync(id, { full: true });
        // One call after the other, up to the first page of tickets after the lists.
        for (;;) {
          await house.control('hold', { after: 0 });
          const { held } = await house.control<{ held: { path: string } | null }>('held');
          if (held?.path === byId?.page && (await read()) > before) break;
        }
        await setStatus(house.sim, newest, await addStatus('Awaiting Parts'));
        const limbo = await addStatus('Limbo', false);
        for (const externalId of rest) await setStatus(house.sim, externalId, limbo);
        await house.control('release', {});
        expect(await run).toMatchObject({ status: 'succeeded' });
      });
      expect(reads).toBe(2);
      expect(await ticket(newest)).toMatchObject({ status: 'Awaiting Parts' });
      expect((await unmapped()).map(({ externalId }) => externalId).sort()).toEqual(rest.sort());
    },
  );
});
