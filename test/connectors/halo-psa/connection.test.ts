/** Every row of Halo's failure table, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';

let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

interface Row {
  readonly fault: string | null;
  readonly credentials?: Record<string, string>;
  /** The check that tells it. */
  readonly check: string;
  readonly status: 'failed' | 'untested';
  readonly cause: RegExp;
  readonly fix: RegExp;
}

const rows: Row[] = [
  {
    fault: null,
    credentials: { clientSecret: 'wrong-secret-0000' },
    check: 'sign-in',
    status: 'failed',
    cause: /does not accept this Client ID/,
    fix: /Copy both again .* after the application was saved/,
  },
  { fault: 'inactive-app', check: 'sign-in', status: 'failed', cause: /not active/, fix: /must be Active/ },
  { fault: 'not-halo', check: 'sign-in', status: 'failed', cause: /not as a Halo instance/, fix: /Resource Server/ },
  {
    fault: null,
    credentials: { baseUrl: 'http://127.0.0.1:9' },
    check: 'host',
    status: 'failed',
    cause: /127\.0\.0\.1/,
    fix: /./,
  },
  {
    fault: null,
    credentials: { baseUrl: 'https://no-such-halo.invalid' },
    check: 'host',
    status: 'failed',
    cause: /no-such-halo\.invalid/,
    fix: /./,
  },
  { fault: 'missing-tenant', check: 'sign-in', status: 'failed', cause: /may need its tenant/, fix: /Copy Tenant/ },
  {
    fault: null,
    credentials: { tenant: 'wrong' },
    check: 'sign-in',
    status: 'failed',
    cause: /tenant "wrong" may be wrong/,
    fix: /Copy Tenant/,
  },
  {
    fault: 'shared-auth-host',
    check: 'host',
    status: 'failed',
    cause: /another host\. Nothing secret was sent/,
    fix: /Authorisation Server/,
  },
  {
    fault: null,
    credentials: { scope: 'read:agents' },
    check: 'sign-in',
    status: 'failed',
    cause: /refuses the permissions/,
    fix: /tick all/,
  },
  { fault: 'scopeless', check: 'sign-in', status: 'failed', cause: /no permissions at all/, fix: /Permissions tab/ },
  { fault: 'missing-scope-tickets', check: 'tickets', status: 'failed', cause: /read tickets/, fix: /read:tickets/ },
  {
    fault: 'missing-scope-customers',
    check: 'companies',
    status: 'failed',
    cause: /read companies/,
    fix: /read:customers/,
  },
  {
    fault: 'missing-scope-customers',
    check: 'contacts',
    status: 'failed',
    cause: /read contacts/,
    fix: /read:customers/,
  },
  { fault: 'missing-scope-agents', check: 'users', status: 'failed', cause: /technicians/, fix: /all:teams/ },
  { fault: 'missing-scope-lookups', check: 'lookups', status: 'failed', cause: /statuses/, fix: /read:tickets/ },
  {
    fault: 'no-visibility',
    check: 'companies',
    status: 'failed',
    cause: /may not see any/,
    fix: /teams and departments/,
  },
  {
    fault: 'no-visibility',
    check: 'tickets',
    status: 'untested',
    cause: /may not see any/,
    fix: /teams and departments/,
  },
  {
    fault: 'blocked-address',
    check: 'host',
    status: 'failed',
    cause: /firewall or proxy|address/,
    fix: /address is allowed/,
  },
  { fault: 'gateway-html', check: 'account', status: 'failed', cause: /gateway/i, fix: /tried again/ },
  { fault: 'maintenance', check: 'host', status: 'failed', cause: /gateway/i, fix: /tried again|later/ },
  {
    fault: 'server-error',
    check: 'account',
    status: 'failed',
    cause: /failed while answering/,
    fix: /their status page/,
  },
];

test.each(rows)('$fault $credentials: $check is $status', async ({ fault, credentials, check, status, cause, fix }) => {
  house = await connectedHouse('halo-psa', { fault });
  const result = await house.engine.test({ id: 'halo-psa', credentials: { ...house.sim.credentials, ...credentials } });
  const told = result.checks.find(({ id }) => id === check);
  expect(told).toMatchObject({ status });
  expect(told?.cause).toMatch(cause);
  expect(told?.fix).toMatch(fix);
  if (status === 'failed') expect(result.ok).toBe(false);
  if (told?.hard === true && status === 'failed') {
    expect(result.checks.slice(result.checks.indexOf(told) + 1).every((each) => each.status === 'untested')).toBe(true);
  }
  expect(JSON.stringify(result)).not.toContain(house.sim.credentials.clientSecret);
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
