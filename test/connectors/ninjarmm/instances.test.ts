/** Instances differ, and much is not documented: whichever way a server behaves, the same records come. */
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

test.each([
  'page-cap',
  'inclusive-after',
  'new-cursor-names',
  'bare-activities',
  'no-activities',
  'plain-type',
  'decommissioned-listed',
])('%s: everything comes, once', async (fault) => {
  ninja = await ninjaHouse({ scale: 300, fault });
  expect(await ninja.sums()).toMatchObject({ status: 'succeeded', held: 0, failed: 0 });
  expectAll();
  for (const device of await records('devices')) expect(device.healthStatus).toEqual(expect.any(String));
  await ninja.house.control('change', { type: 'devices', count: 3 });
  expect(await ninja.sums()).toMatchObject({ created: 0, updated: 3, gone: 0 });
});

test.each(['cursor-expires', 'cursor-cut'])(
  '%s in the middle of a report: it is read again, and no device is left out',
  async (fault) => {
    ninja = await ninjaHouse({ scale: 5200, fault });
    expect(await ninja.sums()).toMatchObject({ status: 'succeeded' });
    expect(await records('devices', [{ field: 'healthStatus', op: '=', value: null }])).toEqual([]);
    expect(await ninja.requests()).toMatchObject({ 'queries/device-health': 4 });
    expectAll();
  },
);

test('an instance without reports: devices come without health, and what was known of it stays', async () => {
  ninja = await ninjaHouse();
  await ninja.sums();
  const before = await records('devices');
  await set('no-reports');
  expect(await ninja.sums()).toMatchObject({ status: 'succeeded', updated: 0 });
  expect(await records('devices')).toEqual(before);
  await ninja.house.control('create', { type: 'devices' });
  expect(await ninja.sums()).toMatchObject({ status: 'succeeded', created: 1, updated: 0 });
});

test('an instance whose device list tells no hardware: the reports do', async () => {
  ninja = await ninjaHouse();
  await ninja.sums();
  const before = await records('devices');
  await ninja[Symbol.asyncDispose]();
  ninja = await ninjaHouse({ fault: 'bare-devices' });
  expect(await ninja.sums()).toMatchObject({ status: 'succeeded', failed: 0 });
  const told = (rows: typeof before) =>
    rows.map(({ name, os, serialNumber, deviceTypeName }) => [name, os, serialNumber, deviceTypeName]);
  expect(told(await records('devices'))).toEqual(told(before));
});

test('a path that an older instance lacks stops its record type and no other', async () => {
  ninja = await ninjaHouse({ fault: 'no-alerts' });
  const result = await ninja.sums();
  expect(result).toMatchObject({
    status: 'failed',
    failure: { code: 'not-found', fix: expect.stringContaining('leave that record type out') },
  });
  expect(ninja.view().records).toEqual({ ...ninja.house.sim.totals(), alerts: undefined });
});

test('one odd row is held with what is wrong about it; the others come', async () => {
  ninja = await ninjaHouse({ fault: 'odd-row' });
  const result = await ninja.sums();
  expect(result.status).toBe('succeeded');
  const { devices = 0 } = ninja.house.sim.totals();
  expect(ninja.view().records.devices).toBe(devices - 1);
  expect(await issues('devices')).toMatchObject([
    { reason: 'malformed', detail: expect.stringContaining('organizationId') },
  ]);
});
