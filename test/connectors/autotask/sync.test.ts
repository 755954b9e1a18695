/** The connector against its simulator, through the real engine on a real data folder. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';

const id = 'autotask';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

interface Stats {
  requests: number;
  throttled: number;
  maxAtOnce: number;
  undocumented: string[];
  byPath: Record<string, number>;
}
const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
const stats = () => house.control<Stats>('stats');
const ids = async (path: string, body: object) =>
  (await house.control<Record<string, string[]>>(path, body))[`${path}d`]!;
async function sums(request = {}) {
  const result = await house.engine.sync(id, request);
  const sum = (key: 'created' | 'updated' | 'gone' | 'held' | 'failed') =>
    Object.values(result.types).reduce((total, type) => total + type[key], 0);
  return {
    status: result.status,
    requests: result.requests,
    failure: result.failure,
    created: sum('created'),
    updated: sum('updated'),
    gone: sum('gone'),
    held: sum('held'),
  };
}

test('a first sync holds what Autotask holds in pages plus a handful; a second one writes nothing; then exactly what changed', async () => {
  house = await connectedHouse(id, { scale: 2500, strict: true });
  await house.control('stats/reset', {});
  const first = await sums();
  expect(first).toMatchObject({ status: 'succeeded', held: 0 });
  expect(view()).toMatchObject({ status: 'connected', records: house.sim.totals(), issues: 0 });
  // 1 of companies, 2 of contacts, 1 of technicians, 6 of tickets (the last is empty), and what follows a full reading.
  expect(first.requests).toBeLessThanOrEqual(10 + 12);
  for (const type of ['companies', 'contacts', 'users', 'tickets'] as const) {
    const told = await house.control<{ externalId: string }[]>(`records/${type}`);
    const page = await house.engine.records({ type, integration: id, limit: 5000 });
    expect(page.records.map(({ externalId }) => externalId).sort()).toEqual(told.map((row) => row.externalId).sort());
  }

  expect(await sums()).toMatchObject({ created: 0, updated: 0, gone: 0, requests: 7 });

  house.clock.pass(3_600_000);
  for (const type of ['companies', 'contacts', 'users', 'tickets']) {
    await ids('change', { type, count: type === 'users' ? 2 : 16 });
  }
  expect(await sums()).toMatchObject({ created: 0, updated: 50, gone: 0 });
  for (const type of ['companies', 'contacts', 'users', 'tickets']) await ids('create', { type, count: 3 });
  expect(await sums()).toMatchObject({ created: 12, updated: 0 });
  expect(view().records).toEqual(house.sim.totals());
  const { undocumented, throttled, maxAtOnce } = await stats();
  expect({ undocumented, throttled }).toEqual({ undocumented: [], throttled: 0 });
  expect(maxAtOnce).toBeLessThanOrEqual(2);
});

test('a change is found though the tracked stamp did not move', async () => {
  house = await connectedHouse(id);
  await sums();
  house.clock.pass(86_400_000 / 2);
  await house.control('fault', { name: 'stuck-tracked-stamp' });
  await ids('change', { type: 'tickets', count: 9 });
  await ids('change', { type: 'contacts', count: 4 });
  expect(await sums()).toMatchObject({ updated: 13 });
});

test('a note on a ticket counts as its activity', async () => {
  house = await connectedHouse(id);
  await sums();
  house.clock.pass(3_600_000);
  const [ticket] = await house.control<{ externalId: string }[]>('records/tickets');
  const { username, secret, integrationCode } = house.sim.credentials;
  const answer = await fetch(`${house.sim.url}/ATServicesRest/V1.0/Tickets/${ticket!.externalId}/Notes`, {
    method: 'POST',
    headers: {
      username: username!,
      secret: secret!,
      apiintegrationcode: integrationCode!,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ title: 'Update', description: 'Ordered a cable', noteType: 3, publish: 1 }),
  });
  expect(answer.status).toBe(200);
  expect(await sums()).toMatchObject({ created: 0, updated: 1 });
});

test('a deleted ticket is gone with the next sync; a deleted contact with the next full one', async () => {
  house = await connectedHouse(id);
  await sums();
  house.clock.pass(3_600_000);
  await ids('delete', { type: 'tickets', count: 6 });
  expect(await sums()).toMatchObject({ gone: 6, created: 0, updated: 0 });
  expect(await sums()).toMatchObject({ gone: 0 });
  await ids('delete', { type: 'contacts', count: 2 });
  expect(await sums()).toMatchObject({ gone: 0 });
  expect(await sums({ full: true })).toMatchObject({ gone: 2 });
  expect(view().records).toEqual(house.sim.totals());
});

test('the MSP itself is company 0, with its internal tickets; API users and the system account are no users', async () => {
  house = await connectedHouse(id);
  await sums();
  const own = await house.engine.records({ type: 'companies', where: [{ field: 'externalId', op: '=', value: '0' }] });
  expect(own.records).toMatchObject([{ name: 'Acme IT' }]);
  const internal = await house.engine.records({
    type: 'tickets',
    where: [{ field: 'companyName', op: '=', value: 'Acme IT' }],
  });
  expect(internal.records.length).toBeGreaterThan(0);
  expect(internal.records[0]).toMatchObject({ contactName: null });
  const users = (await house.engine.records({ type: 'users' })).records.map(({ fullName }) => fullName);
  expect(users).not.toContain('Autotask Administrator');
  expect(users).not.toContain('MSPortal Sync');
});

test('queues that were not chosen are held back with the reason, and come when they are chosen', async () => {
  house = await connectedHouse(id);
  await house.engine.configure(id, { options: { queues: ['29683354'] } });
  const narrow = await sums();
  expect(narrow.held).toBeGreaterThan(0);
  const issue = (await house.engine.issues({ integration: id })).find(({ type }) => type === 'tickets');
  expect(issue).toMatchObject({ reason: 'not-selected', detail: expect.stringContaining('queue') });
  await house.engine.configure(id, { options: { queues: [] } });
  expect(await sums()).toMatchObject({ created: narrow.held, held: 0 });
  expect(view()).toMatchObject({ records: house.sim.totals(), issues: 0 });
});

test('a sync that is cut goes on where it stopped', async () => {
  house = await connectedHouse(id, { scale: 3000 });
  // Enough calls for companies, contacts, technicians and some pages of tickets.
  await house.control('fault', { name: 'revoked-mid-run', count: 14 });
  expect(await sums()).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
  expect(view().status).toBe('disconnected');
  const before = view().records.tickets!;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(3000);

  await house.control('fault', { name: null });
  await house.reopen();
  await house.engine.connect({ id, credentials: house.sim.credentials });
  await house.control('stats/reset', {});
  expect(await sums()).toMatchObject({ status: 'succeeded', created: 3000 - before });
  expect(view().records).toEqual(house.sim.totals());
  const { byPath } = await stats();
  expect(byPath['POST /atservicesrest/v1.0/tickets/query']).toBeLessThanOrEqual((3000 - before) / 500 + 2);
});

test('revoked in mid-run: one refused call and one look at the zone, then nothing more', async () => {
  house = await connectedHouse(id);
  await house.control('fault', { name: 'revoked-mid-run', count: 3 });
  await house.control('stats/reset', {});
  await sums();
  // Three that passed, the one refused, and the question for the zone.
  expect((await stats()).requests).toBe(5);
});

test.each([
  ['reset', 1],
  ['truncated-body', 1],
  ['gateway-html', 1],
  ['server-error', 2],
  ['rate-limit', 2],
  ['thread-limit', 2],
])('%s is got over', async (name, count) => {
  house = await connectedHouse(id);
  await house.control('fault', { name, count });
  expect(await sums()).toMatchObject({ status: 'succeeded', held: 0 });
  expect(view().records).toEqual(house.sim.totals());
});

test('a right that was taken away shows as an empty list, and deletes nothing', async () => {
  house = await connectedHouse(id);
  await sums();
  await house.control('fault', { name: 'hidden-companies' });
  expect(await sums({ full: true })).toMatchObject({ status: 'failed', gone: 0, failure: { code: 'forbidden' } });
  expect(await house.engine.issues({ integration: id })).toMatchObject([
    { type: 'companies', reason: 'no-permission' },
  ]);
  await house.control('fault', { name: 'hidden-contacts' });
  expect(await sums({ full: true })).toMatchObject({ gone: 0 });
  expect(view().records).toEqual(house.sim.totals());
});

test('names with control characters arrive as they are, and harm nothing', async () => {
  house = await connectedHouse(id, { fault: 'hostile-text' });
  expect(await sums()).toMatchObject({ status: 'succeeded' });
  expect(view().records).toEqual(house.sim.totals());
});

test('with the hour nearly used up by others it pauses, and goes on once there is room', async () => {
  house = await connectedHouse(id, { fault: 'tenant-nearly-used' });
  const tooLong = await sums();
  expect(tooLong).toMatchObject({ status: 'failed', created: 0, failure: { code: 'rate-limited' } });
  expect(tooLong.failure?.cause).toContain('all integrations share');
  // It only looked whether there is room, every two minutes.
  expect(tooLong.requests).toBe(6);
  expect(house.clock.slept).toBeGreaterThan(9 * 60_000);
  expect(view().status).not.toBe('disconnected');

  const running = sums();
  await house.control('fault', { name: null });
  expect(await running).toMatchObject({ status: 'succeeded' });
  expect(view().records).toEqual(house.sim.totals());
});
