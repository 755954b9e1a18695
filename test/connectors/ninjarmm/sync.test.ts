/** The connector against its simulator, through the real engine, with the companies of a PSA in the portal. */
import { afterEach, expect, test } from 'vitest';
import type { Condition } from '../../../src/portal/query.ts';
import type { RecordType } from '../../../src/portal/records/index.ts';
import { type NinjaHouse, ninjaHouse } from './house.ts';

const id = 'ninjarmm';
let ninja: NinjaHouse;
afterEach(async () => {
  await ninja?.[Symbol.asyncDispose]();
});

const set = (fault: string | null, count?: number) => ninja.house.control('fault', { name: fault, count });
const records = async (type: RecordType, where: Condition[] = []) =>
  (await ninja.house.engine.records({ type, integration: id, where, limit: 500 })).records;
const issues = async (type: RecordType) => await ninja.house.engine.issues({ integration: id, type });
const expectAll = () => expect(ninja.view().records).toEqual(ninja.house.sim.totals());
const forgetRequests = () => ninja.house.control('stats/reset', {});

test('a first sync ties organizations to companies, makes none, and holds what the vendor holds', async () => {
  ninja = await ninjaHouse();
  const before = ninja.house.engine.getSnapshot().integrations.find((each) => each.id === 'halo-psa')
    ?.records.companies;
  const first = await ninja.sums();
  expect(first).toMatchObject({ status: 'succeeded', held: 0, failed: 0 });
  expect(first.types.companies).toMatchObject({ created: 0 });
  expectAll();
  expect((await ninja.house.engine.records({ type: 'companies', limit: 500 })).records).toHaveLength(before ?? 0);

  const [device] = await records('devices', [{ field: 'alertCount', op: '>', value: 0 }]);
  expect(device).toMatchObject({
    provider: id,
    integrationSource: id,
    companyName: expect.any(String),
    companyId: expect.any(String),
  });
  const [alert] = await records('alerts', [{ field: 'deviceId', op: '=', value: device!.id }]);
  expect(alert).toMatchObject({
    deviceName: device!.name,
    companyId: device!.companyId,
    companyName: device!.companyName,
  });
  const products = (await records('devices')).map(({ antivirusName }) => antivirusName);
  expect(products).toContain('Windows Defender');
  expect(products).toContain(null);
  // Of several products the one that is on counts.
  expect(products).not.toContain('Old Shield');
  for (const each of await records('devices')) expect(each.externalId).toBe(each.externalDeviceId);
});

test('a quiet run makes a handful of requests and writes nothing, though every online device was in contact since', async () => {
  ninja = await ninjaHouse({ scale: 220, strict: true });
  await ninja.sums();
  await forgetRequests();
  ninja.house.clock.pass(15 * 60_000);
  const quiet = await ninja.sums();
  expect(quiet).toMatchObject({ created: 0, updated: 0, gone: 0, held: 0 });
  expect(await ninja.requests()).toEqual({
    organizations: 1,
    locations: 1,
    activities: 1,
    'queries/device-health': 1,
    'queries/antivirus-status': 1,
    devices: 1,
    alerts: 1,
  });
});

test('between full reads: activities name what to read again, deletions are seen, and whoever went offline too', async () => {
  ninja = await ninjaHouse();
  await ninja.sums();
  await ninja.house.control('change', { type: 'devices', count: 4 });
  await ninja.house.control('create', { type: 'devices', count: 3 });
  await ninja.house.control('delete', { type: 'devices', count: 2 });
  await forgetRequests();
  const run = await ninja.sums();
  expect(run.types.devices).toMatchObject({ created: 3, updated: 4, gone: 2 });
  expect(await ninja.requests()).toMatchObject({ activities: 2, devices: 1, 'devices-detailed': 1 });
  expectAll();
  // New ones come whole, not as the light list has them.
  const fresh = [...(await records('devices'))].sort((a, b) => Number(b.externalId) - Number(a.externalId)).slice(0, 3);
  for (const device of fresh)
    expect(device).toMatchObject({ ipAddress: expect.stringMatching(/^10\./), deviceTypeName: expect.any(String) });

  await ninja.house.control('change', { type: 'alerts', count: 2 });
  await ninja.house.control('change', { type: 'locations', count: 2 });
  expect(await ninja.sums()).toMatchObject({ created: 0, updated: 4 });

  const online = await records('devices', [{ field: 'status', op: '=', value: 'online' }]);
  await set('outage');
  const dark = await ninja.sums();
  expect(dark.types.devices).toMatchObject({ updated: online.length });
  const again = (await records('devices')).find((each) => each.id === online[0]!.id);
  expect(again).toMatchObject({ status: 'offline', lastSeen: expect.stringContaining('Z') });
});

test('alerts come and go as they like; the guard against mass deletions is for what stays', async () => {
  ninja = await ninjaHouse({ scale: 600 });
  await ninja.sums();
  const { alerts = 0 } = ninja.house.sim.totals();
  expect(alerts).toBeGreaterThan(10);
  await ninja.house.control('delete', { type: 'alerts', count: alerts - 1 });
  expect((await ninja.sums()).types.alerts).toMatchObject({ gone: alerts - 1 });
  expectAll();
  const counted = await records('devices', [{ field: 'alertCount', op: '>', value: 0 }]);
  expect(counted).toHaveLength(1);
});

test('an organization that fits no company waits with all that belongs to it, counted and listed', async () => {
  ninja = await ninjaHouse({ fault: 'stranger-organization' });
  const first = await ninja.sums();
  expect(first).toMatchObject({ status: 'succeeded', failed: 0 });
  expectAll();
  expect(await issues('companies')).toMatchObject([{ reason: 'company-not-imported', label: 'Acme IT (internal)' }]);
  expect(await issues('locations')).toMatchObject([{ reason: 'company-not-imported', label: 'Main' }]);
  const devices = await issues('devices');
  expect(devices.map(({ label }) => label.slice(0, 7)).sort()).toEqual(['ACME-FW', 'ACME-SR', 'ACME-SW']);
  for (const { reason } of devices) expect(reason).toBe('company-not-imported');
  const alerts = await issues('alerts');
  expect(alerts.length).toBeGreaterThan(0);
  for (const { reason } of alerts) expect(reason).toBe('reference-missing');
  expect(ninja.view().issues).toBe(5 + alerts.length);

  // It is gone at the vendor: then nothing waits any more.
  await set(null);
  expect(await ninja.sums({ full: true })).toMatchObject({ held: 0 });
  expect(ninja.view()).toMatchObject({ issues: 0 });
});

test('what waits for a company follows by itself once the PSA brings it', async () => {
  ninja = await ninjaHouse();
  await ninja.sums();
  const { locations = 0, devices = 0, companies = 0 } = ninja.house.sim.totals();
  await ninja.house.control('create', { type: 'companies' });
  expect((await ninja.sums()).types.devices).toMatchObject({ held: 3, created: 0 });
  expectAll();

  await ninja.atPsa('create');
  const followed = await ninja.sums();
  expect(followed.types.companies).toMatchObject({ created: 0, updated: 1, held: 0 });
  expect(followed.types.devices).toMatchObject({ created: 3, held: 0 });
  expect(ninja.view()).toMatchObject({ issues: 0 });
  expect(ninja.view().records).toMatchObject({
    companies: companies + 1,
    locations: locations + 1,
    devices: devices + 3,
  });
});

test('a company that is renamed at the PSA keeps its link, and its devices and alerts show the new name', async () => {
  ninja = await ninjaHouse();
  await ninja.sums();
  await ninja.atPsa('change');
  for (const type of ['devices', 'alerts', 'locations'] as const) {
    for (const each of await records(type)) expect(each.companyName).toMatch(/\(rev 2\)$/);
  }
  expect(await ninja.sums()).toMatchObject({ created: 0, updated: 0, held: 0 });
  expectAll();
});

test('pages: more devices than fit in one, in lists and in reports whose cursor moves on under one name', async () => {
  ninja = await ninjaHouse({ scale: 5200 });
  expect(await ninja.sums()).toMatchObject({ status: 'succeeded', held: 0 });
  expectAll();
  expect(ninja.view().records.devices).toBeGreaterThan(1000);
  expect(await ninja.requests()).toMatchObject({ 'devices-detailed': 2, 'queries/device-health': 2 });
});

test('a token that ends in mid-run is renewed; an app that was removed disconnects', async () => {
  ninja = await ninjaHouse({ fault: 'expired-mid-run' });
  await set('expired-mid-run', 4);
  expect((await ninja.sums()).status).toBe('succeeded');
  expectAll();
  await set('revoked-mid-run', 3);
  const revoked = await ninja.sums({ full: true });
  expect(revoked).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
  expect(ninja.view()).toMatchObject({ status: 'disconnected' });
});

test('an import that is cut in the middle of the devices goes on there, in another process', async () => {
  ninja = await ninjaHouse({ scale: 5200 });
  // Lists, the feed's position and three pages of reports; then the first page of devices, and no more.
  await set('revoked-mid-run', 7);
  expect((await ninja.sums()).types.devices).toMatchObject({ created: 1000 });
  await set(null);
  await ninja.house.reopen();
  await forgetRequests();
  const rest = await ninja.sums();
  expect(rest).toMatchObject({ status: 'succeeded' });
  expect(rest.types.devices).toMatchObject({ created: (ninja.house.sim.totals().devices ?? 0) - 1000 });
  expect(await ninja.requests()).toMatchObject({ 'devices-detailed': 1 });
  expectAll();
});
