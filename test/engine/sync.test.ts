import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from './house.ts';

let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const id = 'halo-psa';
const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
const sums = async (request = {}) => {
  const result = await house.engine.sync(id, request);
  const all = Object.values(result.types);
  const sum = (key: 'created' | 'updated' | 'gone' | 'held' | 'failed') =>
    all.reduce((total, type) => total + type[key], 0);
  return {
    result,
    created: sum('created'),
    updated: sum('updated'),
    gone: sum('gone'),
    held: sum('held'),
    failed: sum('failed'),
  };
};

test('a first sync holds what the vendor holds; a second one writes nothing; then exactly what changed', async () => {
  house = await connectedHouse(id, { scale: 1000 });
  expect((await sums()).result.status).toBe('succeeded');
  expect(view().records).toEqual(house.sim.totals());
  expect(view()).toMatchObject({ status: 'connected', error: null, issues: 0 });

  const quiet = await sums();
  expect(quiet).toMatchObject({ created: 0, updated: 0, gone: 0 });
  expect(quiet.result.requests).toBeLessThanOrEqual(6);

  for (const type of ['tickets', 'contacts', 'users', 'companies']) {
    await house.control('change', { type, count: type === 'users' ? 2 : 16 });
  }
  const changed = await sums();
  expect(changed).toMatchObject({ created: 0, updated: 50 });
  expect(changed.result.requests).toBeLessThanOrEqual(15);

  await house.control('create', { type: 'tickets', count: 7 });
  expect(await sums()).toMatchObject({ created: 7, updated: 0 });
});

test('what was deleted is found by a full sync only, and a suspicious number of deletions waits for a person', async () => {
  house = await connectedHouse(id);
  await sums();
  await house.control('delete', { type: 'tickets', count: 6 });
  expect(await sums()).toMatchObject({ gone: 0 });
  expect(await sums({ full: true })).toMatchObject({ gone: 6 });
  expect(view().records).toEqual(house.sim.totals());

  await house.control('delete', { type: 'tickets', count: 60 });
  expect(await sums({ full: true })).toMatchObject({ gone: 0 });
  expect(view().records.tickets).toBe(194);
  expect(await house.engine.issues({ integration: id })).toMatchObject([{ reason: 'deletion-guard', type: 'tickets' }]);
  expect(await sums({ full: true, acceptDeletions: true })).toMatchObject({ gone: 60 });
  expect(view()).toMatchObject({ records: house.sim.totals(), issues: 0 });
});

test('an import that was stopped goes on where it was, after a restart too', async () => {
  house = await connectedHouse(id, { scale: 1500 });
  const whole = house.engine.sync(id);
  await new Promise<void>((resolve) => {
    const stop = house.engine.subscribe(() => {
      if ((view().run?.types.tickets?.created ?? 0) < 300) return;
      void house.engine.cancel(id);
      stop();
      resolve();
    });
  });
  expect((await whole).status).toBe('cancelled');
  const before = view().records.tickets ?? 0;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(1500);

  await house.reopen();
  await house.control('stats/reset', {});
  const rest = await sums();
  expect(rest.created).toBe(1500 - before);
  expect(view().records).toEqual(house.sim.totals());
  const { total } = await house
    .control<{ requests: number; total: number }>('stats')
    .then((stats) => ({ total: stats.requests }));
  expect(total).toBeLessThan((await whole).requests + 20);
});

test('a token that ends in mid-run is renewed; credentials that are revoked disconnect and are left alone', async () => {
  house = await connectedHouse(id, { fault: 'expired-mid-run' });
  expect((await sums()).result.status).toBe('succeeded');
  expect(view().records).toEqual(house.sim.totals());

  await house.control('fault', { name: 'revoked-mid-run' });
  const { result } = await sums({ full: true });
  expect(result).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
  expect(view()).toMatchObject({ status: 'disconnected', nextSync: null });

  await house.control('fault', { name: null });
  expect((await house.engine.test({ id })).ok).toBe(true);
  expect(view()).toMatchObject({ status: 'connected', error: null });
});

test('a missing permission stops its record type and no other', async () => {
  house = await connectedHouse(id, { fault: 'missing-scope-tickets' });
  const { result } = await sums();
  expect(result.status).toBe('failed');
  expect(result.failure).toMatchObject({ code: 'forbidden' });
  expect(result.failure?.fix).toContain('read:tickets');
  expect(view().records).toMatchObject({
    companies: house.sim.totals().companies,
    contacts: house.sim.totals().contacts,
  });
  expect(view()).toMatchObject({ status: 'error', issues: 1 });

  await house.control('fault', { name: null });
  await sums();
  expect(view()).toMatchObject({ status: 'connected', issues: 0, records: house.sim.totals() });
});

test('being throttled is waiting, not an error', async () => {
  house = await connectedHouse(id);
  await house.control('fault', { name: 'rate-limit', count: 3 });
  const { result } = await sums();
  expect(result).toMatchObject({ status: 'succeeded' });
  expect(result.waitedMs).toBeGreaterThan(10_000);
  expect(view().records).toEqual(house.sim.totals());
});

test('a dead vendor makes an error that is tried again later and later', async () => {
  house = await connectedHouse(id);
  await sums();
  await house.control('fault', { name: 'server-error' });
  house.engine.start();
  await sums();
  const first = Date.parse(view().nextSync!) - house.clock.now();
  await sums();
  await sums();
  const third = Date.parse(view().nextSync!) - house.clock.now();
  expect(view()).toMatchObject({ status: 'error', failures: 3, error: { code: 'vendor-fault' } });
  expect(third).toBeGreaterThan(first + 20 * 60_000);
});

test('a narrower selection holds records back and deletes none; widening it brings them in', async () => {
  house = await connectedHouse(id);
  const choices = await house.engine.choices({ id }, 'ticketTypes');
  expect(choices.length).toBeGreaterThan(2);
  await house.engine.configure(id, { options: { ticketTypes: [choices[0]!.value] } });
  const narrow = await sums();
  expect(narrow.held).toBeGreaterThan(0);
  expect(view().records.tickets).toBe(200 - narrow.held);

  await house.engine.configure(id, { options: { ticketTypes: [] } });
  expect(await sums()).toMatchObject({ created: narrow.held, held: 0 });
  expect(view()).toMatchObject({ records: house.sim.totals(), issues: 0 });
});

test('without the initial import only what is new comes, and what it refers to', async () => {
  house = await connectedHouse(id);
  await house.engine.configure(id, { initialImport: false });
  await sums();
  expect(view().records).toEqual({ ...house.sim.totals(), tickets: undefined });
  house.clock.pass(10 * 60_000);
  await house.control('create', { type: 'tickets', count: 3 });
  await sums();
  expect(view().records.tickets).toBe(3);
});

test('leaving a record type out stops reading it and keeps its records', async () => {
  house = await connectedHouse(id);
  await sums();
  await house.engine.configure(id, { types: ['companies', 'users'] });
  const { result } = await sums({ full: true });
  expect(Object.keys(result.types)).toEqual(['companies', 'users']);
  expect(view().records).toEqual(house.sim.totals());
});

test('asking twice gives one run', async () => {
  house = await connectedHouse(id);
  const [first, second] = await Promise.all([house.engine.sync(id), house.engine.sync(id)]);
  expect(second.runId).toBe(first.runId);
  expect(await house.engine.runs({ integration: id })).toHaveLength(1);
});

test('a filter that the vendor ignores costs requests but no truth', async () => {
  house = await connectedHouse(id, { fault: 'filter-ignored' });
  await sums();
  await house.control('change', { type: 'tickets', count: 5 });
  expect(await sums()).toMatchObject({ updated: 5, created: 0 });
  expect(view().records).toEqual(house.sim.totals());
});

test('a stored secret may be left out of a form, but never follows a changed address', async () => {
  house = await connectedHouse(id);
  const { clientSecret: _, ...rest } = house.sim.credentials;
  expect((await house.engine.test({ id, credentials: rest })).ok).toBe(true);
  const elsewhere = house.engine.test({ id, credentials: { ...rest, baseUrl: 'https://evil.example' } });
  await expect(elsewhere).rejects.toThrow(/clientSecret: .*missing/);
  const confirmed = house.engine.test({ id, credentials: { ...rest, authUrl: 'https://evil.example' } });
  await expect(confirmed).rejects.toThrow(/clientSecret: .*missing/);
});

test('no connection to the vendor is left open: not by a sync, a test, a form, nor by one that failed', async () => {
  house = await connectedHouse(id);
  const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  // The simulator runs in this process too: its side of each connection ends a moment after ours.
  const settled = async () => {
    for (let before = -1; before !== sockets(); ) {
      before = sockets();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return sockets();
  };
  const before = await settled();
  for (let round = 0; round < 3; round += 1) {
    await sums();
    await house.engine.test({ id });
    await house.engine.choices({ id }, 'ticketTypes');
  }
  await house.control('fault', { name: 'revoked-mid-run' });
  await sums({ full: true });
  expect(await settled()).toBeLessThanOrEqual(before + 2);
});
