/** A full sync that is cut or killed at any step leaves the copy as it was, or the whole of the new one. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import type { StoredRecord } from '../../src/portal/query.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { connectedHouse, type House } from './house.ts';

const id = 'halo-psa';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const tickets = { types: ['tickets'], full: true } as const;
const all = async () => (await house.engine.records({ type: 'tickets', limit: 1000 })).records;
/** How many tickets are not as they were. */
function differing(before: readonly StoredRecord[], now: readonly StoredRecord[]): number {
  const known = new Set(before.map((ticket) => JSON.stringify(ticket)));
  return now.filter((ticket) => !known.has(JSON.stringify(ticket))).length;
}

/** Every row of the tables that hold the copy. */
function copy(): string {
  const database = new DatabaseSync(house.paths.database, { readOnly: true });
  const tables = ['companies', 'contacts', 'users', 'tickets', 'links', 'issues', 'counts', 'decisions'];
  const rows = tables.map((name) => database.prepare(`SELECT * FROM "${name}"`).all());
  database.close();
  return JSON.stringify(rows);
}

test('cut again and again: nothing moves until all is read, and then everything does', async () => {
  house = await connectedHouse(id, { scale: 900 });
  await house.engine.sync(id);
  const old = await all();
  house.clock.pass(3_600_000);
  await house.control('change', { type: 'tickets', count: 40 });
  await house.control('create', { type: 'tickets', count: 4 });
  const before = copy();
  const cuts: number[] = [];
  for (;;) {
    // Some calls ask for lists of names, before the first page.
    await house.control('fault', { name: 'revoked-mid-run', count: 7 });
    const { types } = await house.engine.sync(id, tickets);
    await house.control('fault', { name: null });
    await house.engine.test({ id });
    if (copy() !== before) break;
    expect(types.tickets).toMatchObject({ created: 0, updated: 0, held: 0, gone: 0 });
    cuts.push(types.tickets?.read ?? 0);
  }
  expect(cuts.length).toBeGreaterThan(2);
  expect(Math.min(...cuts)).toBeGreaterThan(0);
  expect(await house.engine.countRecords({ type: 'tickets' })).toBe(house.sim.totals().tickets);
  expect(differing(old, await all())).toBe(44);
  expect((await house.engine.sync(id, tickets)).types.tickets).toMatchObject({ created: 0, updated: 0 });
});

test('killed at any request: the old copy or the new one, never some of each; the next run goes on', async () => {
  house = await connectedHouse(id, { scale: 450 });
  await house.engine.sync(id);
  const requests = async () => (await house.control<{ requests: number }>('stats')).requests;
  const seen = new Set<number>();
  for (let after = 1; after <= 12; after += 1) {
    house.clock.pass(3_600_000);
    await house.control('change', { type: 'tickets', count: 25 });
    const before = await all();
    const limit = (await requests()) + after;
    let over = false;
    const end = () => {
      over = true;
    };
    const run = house.engine.sync(id, tickets).then(end, end);
    while (!over && (await requests()) < limit);
    // From here on nothing of what the run does is kept.
    const { database: file } = house.paths;
    openPortal({ file, now: house.clock.now, newId: () => crypto.randomUUID(), owner: 'crash' }).close();
    await run;
    await house.reopen();
    const changed = differing(before, await all());
    expect([0, 25], `after ${after} requests`).toContain(changed);
    seen.add(changed);
    await house.engine.sync(id, { types: ['tickets'] });
    expect(differing(before, await all())).toBe(25);
  }
  expect(seen).toContain(0);
});
