/** The connector against its simulator, through the real engine: counts, news, resuming, the ways of older releases. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';

const id = 'connectwise-manage';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
const stats = () => house.control<{ byPath: Record<string, number>; undocumented: string[] }>('stats');
const pathOf = (path: string) => `GET /{codebase}/apis/3.0/${path}`;

async function sync(request = {}) {
  const result = await house.engine.sync(id, request);
  const all = Object.values(result.types);
  const sum = (key: 'created' | 'updated' | 'gone' | 'held') => all.reduce((total, type) => total + type[key], 0);
  return {
    result,
    status: result.status,
    created: sum('created'),
    updated: sum('updated'),
    gone: sum('gone'),
    held: sum('held'),
  };
}

/** Rows in the portal, by external id. */
async function stored(type: 'companies' | 'contacts' | 'users' | 'tickets') {
  const page = await house.engine.records({ type, integration: id, limit: 100_000 });
  return new Map(page.records.map((row) => [row.externalId, row as unknown as Record<string, unknown>]));
}

test('a first sync holds what the vendor holds; a quiet one writes nothing; then exactly what changed', async () => {
  house = await connectedHouse(id, { scale: 1100, strict: true });
  const first = await sync();
  expect(first.result).toMatchObject({ status: 'succeeded', failure: null });
  expect(view().records).toEqual(house.sim.totals());
  // Two members whose licence is not wanted are held back, and said to be.
  expect(await house.engine.issues({ integration: id })).toMatchObject([
    { reason: 'not-selected', detail: 'Members with the licence "StreamlineIT" are not wanted.' },
    { reason: 'not-selected', detail: 'Members with the licence "subcontractor" are not wanted.' },
  ]);
  // companyinfo, four lists (two pages of tickets and their count), company statuses, four catch-ups.
  expect(first.result.requests).toBeLessThanOrEqual(12);
  for (const type of ['companies', 'contacts', 'users', 'tickets'] as const) {
    const expected = await house.control<{ externalId: string; updatedAt: string }[]>(`records/${type}`);
    const got = await stored(type);
    expect(new Set(got.keys())).toEqual(new Set(expected.map(({ externalId }) => externalId)));
    for (const { externalId, updatedAt } of expected) {
      expect(Date.parse(String(got.get(externalId)?.updatedAt))).toBe(Date.parse(updatedAt));
    }
  }

  house.clock.pass(3_600_000);
  const quiet = await sync();
  expect(quiet).toMatchObject({ created: 0, updated: 0, gone: 0 });
  expect(quiet.result.requests).toBe(4);

  for (const type of ['tickets', 'contacts', 'users', 'companies']) await house.control('change', { type, count: 3 });
  expect(await sync()).toMatchObject({ status: 'succeeded', created: 0, updated: 12 });
  await house.control('create', { type: 'companies', count: 1 });
  await house.control('create', { type: 'tickets', count: 7 });
  expect(await sync()).toMatchObject({ created: 8, updated: 0 });
  expect((await stats()).undocumented).toEqual([]);
});

test('a company marked as deleted leaves with the next sync, what was deleted for good with the next full one', async () => {
  house = await connectedHouse(id, { scale: 400 });
  await sync();
  await house.control('delete', { type: 'companies', count: 1 });
  expect((await sync()).result.types.companies).toMatchObject({ gone: 1 });
  await house.control('delete', { type: 'contacts', count: 2 });
  expect(await sync({ full: true, acceptDeletions: true })).toMatchObject({ status: 'succeeded' });
  expect(view().records).toEqual(house.sim.totals());
});

test('an import that was cut goes on after the last stored page', async () => {
  house = await connectedHouse(id, { scale: 2500 });
  const whole = house.engine.sync(id);
  await new Promise<void>((resolve) => {
    const stop = house.engine.subscribe(() => {
      if ((view().run?.types.tickets?.created ?? 0) === 0) return;
      void house.engine.cancel(id);
      stop();
      resolve();
    });
  });
  expect((await whole).status).toBe('cancelled');
  expect(view().records.tickets).toBeLessThan(2500);
  await house.reopen();
  await house.control('stats/reset', {});
  expect((await sync()).status).toBe('succeeded');
  expect(view().records).toEqual(house.sim.totals());
  // From the start it would be three pages and the news.
  expect((await stats()).byPath[pathOf('service/tickets')]).toBeLessThanOrEqual(3);
});

test('an upgrade in mid-run changes the codebase: it is looked up again and the run goes on', async () => {
  house = await connectedHouse(id, { scale: 1100, fault: 'upgraded' });
  expect((await sync()).status).toBe('succeeded');
  expect(view().records).toEqual(house.sim.totals());
  expect((await stats()).byPath['GET /login/companyinfo/{company}']).toBe(2);
});

test.each(['on-premises', 'older-fields', 'explicit-nulls', 'no-forward-only', 'large-pages-time-out'])(
  '%s: everything is read all the same',
  async (fault) => {
    house = await connectedHouse(id, { scale: 1100, fault });
    expect(await sync()).toMatchObject({ status: 'succeeded' });
    expect(view().records).toEqual(house.sim.totals());
    const users = [...(await stored('users')).values()];
    expect(users.every(({ email }) => String(email).endsWith('@acme.example'))).toBe(true);
  },
);

test.each(['zones-misread', 'dates-misread'])(
  '%s: the connection test finds it out, and no change is missed',
  async (fault) => {
    house = await connectedHouse(id, { fault });
    expect((await house.engine.test({ id })).ok).toBe(true);
    await house.engine.connect({ id, credentials: house.sim.credentials });
    await sync();
    house.clock.pass(3_600_000);
    await house.control('change', { type: 'tickets', count: 5 });
    house.clock.pass(3_600_000);
    expect(await sync()).toMatchObject({ status: 'succeeded', created: 0, updated: 5 });
    house.clock.pass(3_600_000);
    expect(await sync()).toMatchObject({ updated: 0 });
  },
);

test('only the tickets of the chosen boards are taken; the others are held back with the reason', async () => {
  house = await connectedHouse(id);
  const choices = await house.engine.choices({ id }, 'boards');
  expect(choices.map(({ label }) => label)).toEqual([
    'Help Desk',
    'Field Services',
    'Changes',
    'Old Help Desk (inactive)',
  ]);
  await house.engine.configure(id, { options: { boards: ['2'] } });
  await sync();
  const boards = new Set([...(await stored('tickets')).values()].map(({ boardName }) => boardName));
  expect(boards).toEqual(new Set(['Field Services']));
  const held = await house.engine.issues({ integration: id, type: 'tickets', limit: 1000 });
  expect(held.length + (await stored('tickets')).size).toBe(house.sim.totals().tickets);
  expect(held[0]).toMatchObject({ reason: 'not-selected', detail: expect.stringMatching(/board .* is not among/) });

  await house.engine.configure(id, { options: { boards: [] } });
  expect(await sync()).toMatchObject({ gone: 0 });
  expect(view().records).toEqual(house.sim.totals());
});

test('descriptions come from the first note, where the operator wants them', async () => {
  house = await connectedHouse(id, { scale: 150 });
  await sync();
  expect([...(await stored('tickets')).values()].every(({ description }) => description === null)).toBe(true);
  await house.engine.configure(id, { options: { descriptions: true } });
  await sync();
  const told = [...(await stored('tickets')).values()].map(({ description }) => String(description));
  expect(told.every((each) => each.includes('please call back'))).toBe(true);
});

test('without the own organisation its tickets wait, and with other licences more members come', async () => {
  house = await connectedHouse(id);
  await house.engine.configure(id, { options: { ownCompany: false, licences: ['F', 'X'] } });
  await sync();
  expect(await house.engine.issues({ integration: id, type: 'companies' })).toMatchObject([
    { reason: 'not-selected', detail: 'It is your own organisation, which is not wanted.' },
  ]);
  const waiting = await house.engine.issues({ integration: id, type: 'tickets' });
  expect(waiting.length).toBeGreaterThan(0);
  expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set(['company-not-imported']));
  expect((await stored('users')).size).toBe((house.sim.totals().users ?? 0) + 1);
});

test('throttling is waited for as long as the vendor says; keys that end in mid-run end it', async () => {
  house = await connectedHouse(id, { scale: 1100, limit: 3 });
  expect((await sync()).status).toBe('succeeded');
  expect(view().records).toEqual(house.sim.totals());
  expect(house.clock.slept).toBeGreaterThan(60_000);

  await house.control('limit', { requests: 10_000, seconds: 60 });
  await house.control('fault', { name: 'revoked-mid-run', count: 2 });
  const ended = await sync();
  expect(ended.result).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
  expect(view().status).toBe('disconnected');
});
