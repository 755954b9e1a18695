import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { type House, openHouse } from './house.ts';

const id = 'halo-psa';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const writes = async () => (await house.control<{ writes: number }>('stats')).writes;
/** Every row of every table, for people who do not believe it. */
function content(): string {
  const database = new DatabaseSync(house.paths.database, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const all = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
  database.close();
  return JSON.stringify(all);
}

test('before the first enable it says what would come, and nothing is kept', async () => {
  house = await openHouse(id, { scale: 120 });
  const before = content();
  const preview = await house.engine.preview({ id, credentials: house.sim.credentials });
  const created = Object.entries(preview.types).map(([type, of]) => [type, of?.created]);
  expect(Object.fromEntries(created)).toEqual(house.sim.totals());
  expect(preview).toMatchObject({ failure: null, outbox: [] });
  expect(preview.types.tickets?.examples.length).toBe(5);
  expect([content() === before, await writes()]).toEqual([true, 0]);
  expect(readdirSync(dirname(house.paths.database)).filter((name) => name.startsWith('preview'))).toEqual([]);
  expect(house.engine.getSnapshot().integrations.find((each) => each.id === id)).toMatchObject({ configured: false });
});

test('it says what a full sync would change, what is held and what waits to be sent, and sends nothing', async () => {
  house = await openHouse(id, { scale: 120 });
  await house.engine.connect({ id, credentials: house.sim.credentials, enable: false });
  await house.engine.sync(id);
  const [ticket] = (await house.engine.records({ type: 'tickets', limit: 1 })).records;
  await house.engine.propose({ type: 'tickets', kind: 'update', recordId: ticket!.id, fields: { title: 'Wanted' } });
  house.clock.pass(3_600_000);
  await house.control('change', { type: 'tickets', count: 3 });
  await house.control('create', { type: 'contacts', count: 2 });
  await house.control('delete', { type: 'tickets', count: 1 });
  const [before, sent] = [content(), await writes()];

  const preview = await house.engine.preview({ id });
  expect(preview.types.tickets).toMatchObject({ created: 0, gone: 1 });
  expect(preview.types.tickets?.updated).toBeGreaterThanOrEqual(2);
  expect(preview.types.contacts).toMatchObject({ created: 2, updated: 0 });
  expect(preview.outbox).toMatchObject([{ outcome: { kind: 'update', fields: { title: { ours: 'Wanted' } } } }]);
  const types = await house.engine.choices({ id }, 'ticketTypes');
  const narrow = await house.engine.preview({ id, options: { ticketTypes: [types[0]!.value] } });
  expect(narrow.types.tickets?.held['not-selected']).toBeGreaterThan(0);
  expect([content() === before, await writes()]).toEqual([true, sent]);

  const { types: done } = await house.engine.sync(id, { full: true });
  expect(done.contacts).toMatchObject({ created: 2 });
});

test('a vendor that fails half-way is said so', async () => {
  house = await openHouse(id, { scale: 120, fault: 'missing-scope-tickets' });
  const preview = await house.engine.preview({ id, credentials: house.sim.credentials });
  expect(preview.failure).toMatchObject({ code: 'forbidden' });
  expect(preview.types.contacts?.created).toBe(house.sim.totals().contacts);
});
