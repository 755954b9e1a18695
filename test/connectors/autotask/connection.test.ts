/** Every row of Autotask's failure table, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

const id = 'autotask';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const rejected = {
  check: 'sign-in',
  cause: /does not say which one/,
  fix: /secret.*identifier.*API-only.*Locked/s,
} as const;

const rows: FailureRow[] = [
  { fault: 'unknown-user', check: 'zone', cause: /does not know this API username/, fix: /Copy Username \(Key\)/ },
  {
    fault: null,
    credentials: { username: 'kim@acme.example' },
    check: 'zone',
    cause: /does not know this API username/,
    fix: /looks like an e-mail/,
  },
  { fault: null, credentials: { secret: 'wrong-secret-0000' }, ...rejected },
  { fault: null, credentials: { integrationCode: 'WRONG0CODE0EXAMPLE0000000000' }, ...rejected },
  { fault: 'bad-credentials', ...rejected },
  { fault: 'moved-zone', check: 'zone', cause: /lives in zone UK03/, fix: /leave it empty/ },
  { fault: 'foreign-zone', check: 'zone', cause: /not as Autotask's API/, fix: /Leave Zone empty/ },
  { fault: 'not-autotask', check: 'zone', cause: /web page/, fix: /address/ },
  {
    fault: null,
    credentials: { zoneUrl: 'http://127.0.0.1:9/ATServicesRest/' },
    check: 'zone',
    cause: /127\.0\.0\.1/,
    fix: /./,
  },
  { fault: 'hidden-companies', check: 'companies', cause: /0 companies are visible/, fix: /CRM: view companies = All/ },
  { fault: 'hidden-resources', check: 'users', cause: /0 technicians are visible/, fix: /Resources\/Users \(HR\)/ },
  {
    fault: 'hidden-contacts',
    check: 'contacts',
    status: 'untested',
    cause: /0 contacts are visible/,
    fix: /CRM: view contacts = All/,
  },
  {
    fault: 'hidden-tickets',
    check: 'tickets',
    status: 'untested',
    cause: /0 tickets are visible/,
    fix: /Service Desk: view tickets = All/,
  },
  {
    fault: 'forbidden-tickets',
    check: 'tickets',
    cause: /does not let this API user read tickets/,
    fix: /Service Desk: view tickets = All/,
  },
  { fault: 'forbidden-resources', check: 'users', cause: /read technicians/, fix: /HR/ },
  {
    fault: 'no-write-permission',
    check: 'write-tickets',
    status: 'untested',
    cause: /may not edit tickets; /,
    fix: /add and edit tickets/,
  },
  {
    fault: 'no-write-permission',
    check: 'write-users',
    status: 'untested',
    cause: /may not edit technicians/,
    fix: /admin access to Resources\/Users/,
  },
  {
    fault: 'no-resource-admin',
    check: 'write-users',
    status: 'untested',
    cause: /^Not tried\..*may not edit technicians/,
    fix: /Change technicians/,
  },
  {
    fault: 'service-desk-inactive',
    check: 'write-tickets',
    status: 'untested',
    cause: /module .* is inactive/,
    fix: /active Service Desk module/,
  },
  { fault: 'blocked-address', check: 'zone', cause: /firewall or proxy/, fix: /address is allowed/ },
  { fault: 'maintenance', check: 'zone', cause: /gateway/, fix: /tried again/ },
  { fault: 'gateway-html', check: 'sign-in', cause: /gateway/, fix: /tried again/ },
  { fault: 'server-error', check: 'sign-in', cause: /failed while answering/, fix: /status page/ },
  {
    fault: 'tenant-nearly-used',
    check: 'allowance',
    cause: /used up or nearly so.* 9601 of 10000 .*96 %/,
    fix: /API Activity by Hour/,
  },
  { fault: 'tenant-used-up', check: 'sign-in', cause: /hourly allowance/, fix: /API Activity by Hour/ },
  {
    fault: 'validation-error',
    check: 'sign-in',
    cause: /Unable to find lastChange/,
    fix: /Correct what Autotask names/,
  },
  { fault: 'errors-in-200', check: 'sign-in', cause: /The operation failed/, fix: /Correct/ },
];

test.each(rows)('$fault $credentials: $check', async (row) => {
  house = await connectedHouse(id, { fault: row.fault });
  await expectFailure(house, { ...row, options: { writeTechnicians: true } });
});

const requests = async () => (await house.control<{ byPath: Record<string, number> }>('stats')).byPath;

test('refused credentials are sent once and not again', async () => {
  house = await connectedHouse(id);
  await house.control('stats/reset', {});
  await house.engine.test({ id, credentials: { ...house.sim.credentials, secret: 'wrong-secret-0000' } });
  const asked = await requests();
  // Asking for the zone needs no sign-in and cannot lock the account.
  expect(asked).toEqual({
    'GET /atservicesrest/v1.0/zoneinformation': 2,
    'GET /atservicesrest/v1.0/thresholdinformation': 1,
  });
});

test('a validation answer is not sent again, a fault of the server is', async () => {
  house = await connectedHouse(id, { fault: 'validation-error' });
  await house.engine.test({ id });
  expect(await requests()).toMatchObject({ 'GET /atservicesrest/v1.0/thresholdinformation': 1 });
  await house.control('fault', { name: 'server-error', count: 1 });
  await house.control('stats/reset', {});
  expect(await house.engine.test({ id })).toMatchObject({ ok: true });
  expect(await requests()).toMatchObject({ 'GET /atservicesrest/v1.0/thresholdinformation': 2 });
});

test.each(['thread-limit', 'thread-limit-500', 'rate-limit'])('%s is waited for', async (fault) => {
  house = await connectedHouse(id, { fault });
  expect((await house.engine.test({ id })).ok).toBe(true);
  expect(house.clock.slept).toBeGreaterThan(10_000);
});

test('another zone is used once the operator confirmed it', async () => {
  house = await connectedHouse(id, { fault: 'moved-zone' });
  const first = await house.engine.test({ id });
  const suggest = first.checks.find((check) => check.id === 'zone')?.suggest;
  expect(suggest?.field).toBe('zoneUrl');
  const confirmed = { ...house.sim.credentials, [suggest!.field]: suggest!.value };
  expect(await house.engine.test({ id, credentials: confirmed })).toMatchObject({ ok: true });
});

test('the operator sees how much of the hour is used', async () => {
  house = await connectedHouse(id, { fault: 'tenant-half-used' });
  await house.engine.configure(id, { types: ['companies'] });
  const result = await house.engine.test({ id });
  const told = result.checks.find((check) => check.id === 'allowance');
  expect(told).toMatchObject({ status: 'passed', detail: expect.stringMatching(/^600\d of 10000 .* \(60 %\)$/) });
});

test('live choices are the queues, old ones marked', async () => {
  house = await connectedHouse(id);
  const choices = await house.engine.choices({ id }, 'queues');
  expect(choices).toContainEqual({ value: '29683354', label: 'Service Desk' });
  expect(choices).toContainEqual({ value: '29682969', label: 'Old Projects (inactive)' });
});
