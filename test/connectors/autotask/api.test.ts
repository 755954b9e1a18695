/** The wire by itself: zones, links and the pace, against the simulator over HTTP. */
import { expect, onTestFinished, test } from 'vitest';
import { AutotaskApi } from '../../../connectors/autotask/api.ts';
import { budgetFeedback } from '../../../connectors/autotask/quota.ts';
import simulator from '../../../connectors/autotask/simulator.ts';
import { Unauthorized, UntrustedHost } from '../../../src/connector/errors.ts';
import type { SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { client, TestClock } from '../../connector/support.ts';

const { signal } = new AbortController();

/** As after an account without a named zone was discovered: the zone is remembered, and both zones are the vendor's. */
async function account(options: SimulatorOptions = {}, named = false) {
  const sim = await simulator.start({ scale: 200, ...options });
  onTestFinished(() => sim.close());
  const post = (path: string, body: object) =>
    fetch(`${sim.url}/__sim/${path}`, { method: 'POST', body: JSON.stringify(body) }).then((each) => each.json());
  const { username, zoneUrl = '' } = sim.credentials;
  // The address of the other zone, as the account's move there tells it.
  await post('fault', { name: 'moved-zone' });
  const asked = await fetch(`${zoneUrl}V1.0/zoneInformation?user=${encodeURIComponent(username!)}`);
  const other = ((await asked.json()) as { url: string }).url;
  await post('fault', { name: options.fault ?? null });
  await post('stats/reset', {});

  const clock = new TestClock();
  const http = client(zoneUrl, { clock, allowedOrigins: [other], budgetFeedback });
  const memory = new Map<string, string>();
  const { zoneUrl: _, ...free } = sim.credentials;
  const api = new AutotaskApi({ credentials: named ? sim.credentials : free, options: {}, http, memory });
  const byPath = async () => {
    const stats = (await (await fetch(`${sim.url}/__sim/stats`)).json()) as { byPath: Record<string, number> };
    return Object.fromEntries(
      Object.entries(stats.byPath).map(([path, n]) => [path.replace('/atservicesrest/v1.0/', ''), n]),
    );
  };
  return { api, post, memory, byPath, clock, zone: zoneUrl, other };
}

test('the zone is asked for once, and followed once when the account was moved', async () => {
  const { api, post, memory, byPath, zone, other } = await account();
  expect(await api.count('Companies', signal)).toBe(6);
  expect(await api.count('Companies', signal)).toBe(6);
  expect(memory.get('zone')).toBe(zone);
  expect((await byPath())['GET zoneinformation']).toBe(1);

  await post('fault', { name: 'moved-zone' });
  expect(await api.count('Companies', signal)).toBe(6);
  expect(memory.get('zone')).toBe(other);
  expect(await byPath()).toEqual({ 'GET zoneinformation': 2, 'POST companies/query/count': 4 });
});

test('a zone that the operator named is not left without them', async () => {
  const { api, post, byPath } = await account({}, true);
  await post('fault', { name: 'moved-zone' });
  const refused = await api.count('Companies', signal).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Unauthorized);
  expect(refused).toMatchObject({ reason: expect.stringContaining('lives in zone UK03') });
  expect(await byPath()).toEqual({ 'GET zoneinformation': 1, 'POST companies/query/count': 1 });
});

test('after a refusal nothing more is sent, not even by those that wait', async () => {
  const { api, post, byPath } = await account();
  await api.count('Companies', signal);
  await post('fault', { name: 'bad-credentials' });
  await post('stats/reset', {});
  await expect(api.count('Companies', signal)).rejects.toBeInstanceOf(Unauthorized);
  await expect(api.count('Tickets', signal)).rejects.toBeInstanceOf(Unauthorized);
  expect(await byPath()).toEqual({ 'POST companies/query/count': 1, 'GET zoneinformation': 1 });
});

test('links are followed with the verb and the body of the query', async () => {
  const { api, byPath } = await account({ scale: 4000, strict: true });
  const rows = await api.list('Contacts', ['id', 'isActive'], signal);
  expect(rows).toHaveLength(1000);
  expect(rows[999]).toEqual({ id: expect.any(Number), isActive: expect.any(Number) });
  expect(await byPath()).toMatchObject({ 'POST contacts/query': 1, 'POST contacts/query/next': 1 });
});

test('a link to another zone gets no credentials', async () => {
  const { api, other } = await account({ scale: 4000, fault: 'foreign-next-link' });
  const refused = await api.list('Contacts', ['id'], signal).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UntrustedHost);
  expect(refused).toMatchObject({ host: new URL(other).host });
});

test('a page goes on after its last id, from company 0', async () => {
  const { api } = await account();
  const read = async (position: { after: number } | null) => {
    const ids: number[] = [];
    const request = { entity: 'Companies', fields: ['id'], stamps: [], since: null, position, signal };
    for await (const page of api.pages(request)) ids.push(...page.rows.map(({ id }) => id));
    return ids;
  };
  const all = await read(null);
  expect(all[0]).toBe(0);
  expect(await read({ after: 0 })).toEqual(all.slice(1));
});

test('a query is sent again after a fault of the server: it only reads, though it is a POST', async () => {
  const { api, post, byPath } = await account();
  await api.list('Roles', ['id'], signal);
  await post('fault', { name: 'server-error', count: 2 });
  expect(await api.list('Roles', ['id'], signal)).toHaveLength(2);
  expect(await byPath()).toMatchObject({ 'POST roles/query': 4 });
  await post('fault', { name: 'validation-error', count: 1 });
  await expect(api.list('Roles', ['id'], signal)).rejects.toMatchObject({ code: 'rejected' });
  expect(await byPath()).toMatchObject({ 'POST roles/query': 5 });
});

test("the tenant's count is read again after a minute, and sets the pace of what follows", async () => {
  const { api, post, byPath, clock } = await account();
  const read = async () => {
    for await (const _ of api.pages({
      entity: 'Resources',
      fields: ['id'],
      stamps: [],
      since: null,
      position: null,
      signal,
    }));
  };
  await read();
  await read();
  expect(await byPath()).toMatchObject({ 'GET thresholdinformation': 1, 'POST resources/query': 2 });
  expect(clock.slept).toEqual([]);

  await post('fault', { name: 'tenant-half-used' });
  clock.advance(61_000);
  await read();
  expect(await byPath()).toMatchObject({ 'GET thresholdinformation': 2 });
  await read();
  expect(clock.slept).toEqual([1_000]);
});
