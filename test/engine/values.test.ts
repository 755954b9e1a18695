/** The operator's table of values, in both directions, on a real house. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HaloDesk } from './halo-desk.ts';
import { type House, openHouse } from './house.ts';

const id = 'halo-psa';
const names = ['New', 'In Progress', 'Action Required', 'With User', 'Closed', 'Updated', 'Re-Opened'];
const open = { New: 'Open', 'In Progress': 'Working', 'Re-Opened': 'Open', Updated: 'Open' } as Record<string, string>;
const table = names.map((vendor) => ({ vendor, portal: open[vendor] ?? vendor }));
let house: House;

beforeEach(async () => {
  house = await openHouse(id, { scale: 60 });
  await house.engine.connect({ id, credentials: house.sim.credentials, enable: false });
  await house.engine.sync(id);
  house.clock.pass(3_600_000);
});
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const count = (status: string) =>
  house.engine.countRecords({ type: 'tickets', where: [{ field: 'status', op: '=', value: status }] });

test('a table changes what is here, reads again when it changes, and is undone on the way out', async () => {
  const before = (await count('New')) + (await count('Re-Opened')) + (await count('Updated'));
  expect(before).toBeGreaterThan(0);
  await house.engine.configure(id, { mapping: { tickets: { status: table } } });
  await house.engine.sync(id);
  expect([await count('Open'), await count('New')]).toEqual([before, 0]);

  const where = [{ field: 'status', op: '=', value: 'Open' }] as const;
  const [record] = (await house.engine.records({ type: 'tickets', where, limit: 1 })).records;
  const edit = (status: string) =>
    house.engine.propose({ type: 'tickets', kind: 'update', recordId: record!.id, fields: { status } });
  await edit('working');
  await house.engine.sync(id);
  const desk = new HaloDesk(house.sim);
  expect((await desk.ticket(record!.externalId as string)).status_id).toBe(2);
  expect(await house.engine.record('tickets', record!.id)).toMatchObject({ status: 'Working' });
  // Several of theirs are one of ours: the first in the table is written.
  await edit('Open');
  await house.engine.sync(id);
  expect((await desk.ticket(record!.externalId as string)).status_id).toBe(1);
  const unknown = await edit('Frozen');
  await house.engine.sync(id);
  expect((await house.engine.changes({ id: unknown.id }))[0]).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('not in the table of values'),
  });
});

test('a value that the table lacks is an issue, never a guess, and goes with its entry', async () => {
  const where = [{ field: 'isClosed', op: '=', value: false }] as const;
  const [record] = (await house.engine.records({ type: 'tickets', where, limit: 1 })).records;
  const missing = record!.status as string;
  const rest = table.filter(({ vendor }) => vendor !== missing);
  const held = await count(missing);
  await house.engine.configure(id, { mapping: { tickets: { status: rest } } });
  const { types } = await house.engine.sync(id);
  expect(types.tickets?.held).toBe(held);
  const [issue] = await house.engine.issues({ integration: id, reason: 'unmapped-value' });
  expect(issue?.detail).toContain(`"${missing}"`);
  await house.engine.configure(id, { mapping: { tickets: { status: table } } });
  await house.engine.sync(id);
  expect(await house.engine.issues({ integration: id, reason: 'unmapped-value' })).toEqual([]);
});

test('the lists are kept, and a table for a field without one is refused', async () => {
  const { lists } = await house.engine.lookups(id);
  expect(lists.statuses?.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  const before = (await house.control<{ requests: number }>('stats')).requests;
  await house.engine.lookups(id);
  expect((await house.control<{ requests: number }>('stats')).requests).toBe(before);
  const wrong = house.engine.configure(id, { mapping: { tickets: { title: [] } } });
  await expect(wrong).rejects.toThrow(/mapping.tickets.title: .*status, priority/);
});
