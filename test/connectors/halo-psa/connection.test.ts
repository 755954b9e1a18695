/** Every row of Halo's failure table, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const rows: FailureRow[] = [
  {
    fault: null,
    credentials: { clientSecret: 'wrong-secret-0000' },
    check: 'sign-in',
    cause: /does not accept this Client ID/,
    fix: /Copy both again .* after the application was saved/,
  },
  { fault: 'inactive-app', check: 'sign-in', cause: /not active/, fix: /must be Active/ },
  { fault: 'not-halo', check: 'sign-in', cause: /not as a Halo instance/, fix: /Resource Server/ },
  { fault: null, credentials: { baseUrl: 'http://127.0.0.1:9' }, check: 'host', cause: /127\.0\.0\.1/, fix: /./ },
  {
    fault: null,
    credentials: { baseUrl: 'https://no-such-halo.invalid' },
    check: 'host',
    cause: /no-such-halo\.invalid/,
    fix: /./,
  },
  { fault: 'missing-tenant', check: 'sign-in', cause: /may need its tenant/, fix: /Copy Tenant/ },
  {
    fault: null,
    credentials: { tenant: 'wrong' },
    check: 'sign-in',
    cause: /tenant "wrong" may be wrong/,
    fix: /Copy Tenant/,
  },
  {
    fault: 'shared-auth-host',
    check: 'host',
    cause: /another host\. Nothing secret was sent/,
    fix: /Authorisation Server/,
  },
  {
    fault: null,
    credentials: { scope: 'read:agents' },
    check: 'sign-in',
    cause: /refuses the permissions/,
    fix: /tick all/,
  },
  { fault: 'scopeless', check: 'sign-in', cause: /no permissions at all/, fix: /Permissions tab/ },
  { fault: 'missing-scope-tickets', check: 'tickets', cause: /read tickets/, fix: /read:tickets/ },
  { fault: 'missing-scope-customers', check: 'companies', cause: /read companies/, fix: /read:customers/ },
  { fault: 'missing-scope-customers', check: 'contacts', cause: /read contacts/, fix: /read:customers/ },
  { fault: 'missing-scope-agents', check: 'users', cause: /technicians/, fix: /all:teams/ },
  { fault: 'missing-scope-lookups', check: 'lookups', cause: /statuses/, fix: /read:tickets/ },
  { fault: 'no-visibility', check: 'companies', cause: /may not see any/, fix: /teams and departments/ },
  {
    fault: 'no-visibility',
    check: 'tickets',
    status: 'untested',
    ok: false,
    cause: /may not see any/,
    fix: /teams and departments/,
  },
  { fault: 'blocked-address', check: 'host', cause: /firewall or proxy|address/, fix: /address is allowed/ },
  { fault: 'gateway-html', check: 'account', cause: /gateway/i, fix: /tried again/ },
  { fault: 'maintenance', check: 'host', cause: /gateway/i, fix: /tried again|later/ },
  { fault: 'server-error', check: 'account', cause: /failed while answering/, fix: /their status page/ },
];

test.each(rows)('$fault $credentials: $check', async (row) => {
  house = await connectedHouse('halo-psa', { fault: row.fault });
  await expectFailure(house, row);
});

test('throttling in mid-test is waited for', async () => {
  house = await connectedHouse('halo-psa', { fault: 'rate-limit' });
  expect((await house.engine.test({ id: 'halo-psa' })).ok).toBe(true);
  expect(house.clock.slept).toBeGreaterThan(10_000);
});

test('a sign-in server on another host gets the secret only after the operator confirmed it', async () => {
  house = await connectedHouse('halo-psa', { fault: 'shared-auth-host' });
  const first = await house.engine.test({ id: 'halo-psa' });
  const suggest = first.checks.find(({ id }) => id === 'host')?.suggest;
  expect(suggest?.field).toBe('authUrl');
  const stats = await house.control<{ byPath: Record<string, number> }>('stats');
  expect(Object.keys(stats.byPath).filter((path) => path.includes('token'))).toEqual([]);

  const confirmed = { ...house.sim.credentials, [suggest!.field]: suggest!.value };
  expect(await house.engine.test({ id: 'halo-psa', credentials: confirmed })).toMatchObject({ ok: true });
});

test('an application with only "all" ticked and an old build without discovery just work', async () => {
  house = await connectedHouse('halo-psa', { fault: 'scope-refused' });
  expect((await house.engine.test({ id: 'halo-psa' })).ok).toBe(true);
  await house[Symbol.asyncDispose]();
  house = await connectedHouse('halo-psa', { fault: 'no-authinfo' });
  expect((await house.engine.test({ id: 'halo-psa' })).ok).toBe(true);
  expect((await house.engine.sync('halo-psa')).status).toBe('succeeded');
});
