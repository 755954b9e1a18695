/** Every row of NinjaOne's failure table, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

const id = 'ninjarmm';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const rows: FailureRow[] = [
  {
    fault: 'wrong-region',
    check: 'sign-in',
    cause: /does not know this Client ID on 127\.0\.0\.1/,
    fix: /region that the address bar/,
    detail: /Client app not exist, incident WEB_MGMT_SERVICE-.*request fake-request/,
  },
  {
    fault: null,
    credentials: { clientId: 'mistyped-client-id-000' },
    check: 'sign-in',
    cause: /does not know this Client ID/,
    fix: /old API/,
  },
  {
    fault: null,
    credentials: { clientSecret: 'wrong-secret-0000' },
    check: 'sign-in',
    cause: /does not accept this Client Secret/,
    fix: /shown only once/,
  },
  { fault: 'bad-secret-403', check: 'sign-in', cause: /does not accept this Client Secret/, fix: /make a new one/ },
  {
    fault: 'no-grant',
    check: 'sign-in',
    cause: /may not sign in by itself/,
    fix: /Client Credentials .* API Services/,
  },
  { fault: 'scope-refused', check: 'sign-in', cause: /lacks the Monitoring scope/, fix: /Tick Monitoring/ },
  {
    fault: 'no-monitoring',
    check: 'scope',
    cause: /lacks the Monitoring scope/,
    fix: /Tick Monitoring/,
    detail: /management/,
  },
  { fault: 'no-monitoring', check: 'companies', cause: /lacks the Monitoring scope/, fix: /Tick Monitoring/ },
  { fault: 'permission-500', check: 'companies', cause: /lacks the Monitoring scope/, fix: /Tick Monitoring/ },
  { fault: 'needs-person', check: 'companies', cause: /only for a person/, fix: /report/ },
  { fault: 'wrong-path', check: 'sign-in', cause: /answers, but not as NinjaOne/, fix: /region/ },
  { fault: 'not-ninja', check: 'sign-in', cause: /answers, but not as NinjaOne/, fix: /Custom URL/ },
  { fault: 'header-lost', check: 'companies', cause: /did not get our sign-in/, fix: /Authorization header/ },
  { fault: 'login-page', check: 'companies', cause: /sign-in page/, fix: /single sign-on/ },
  { fault: 'busy-page', check: 'companies', cause: /web page where data belongs/, fix: /tried again/ },
  { fault: 'gateway-html', check: 'companies', cause: /gateway/i, fix: /tried again/ },
  { fault: 'blocked-address', check: 'sign-in', cause: /./, fix: /./ },
  { fault: 'maintenance', check: 'sign-in', cause: /gateway/i, fix: /tried again|later/ },
  { fault: 'server-error', check: 'companies', cause: /failed while answering/, fix: /status page/ },
  { fault: 'reset', check: 'companies', cause: /broke off/, fix: /firewall or proxy/ },
  { fault: 'no-reports', check: 'health', status: 'untested', cause: /government and older/, fix: /Nothing to do/ },
  { fault: 'no-reports', check: 'antivirus', status: 'untested', cause: /government and older/, fix: /Nothing to do/ },
  { fault: 'no-activities', check: 'activities', status: 'untested', cause: /no activities/, fix: /Nothing to do/ },
  { fault: 'no-alerts', check: 'alerts', status: 'untested', cause: /no alerts/, fix: /read without it/ },
  {
    fault: null,
    credentials: { baseUrl: 'http://127.0.0.1:9' },
    check: 'sign-in',
    cause: /refused the connection/,
    fix: /./,
  },
  {
    fault: null,
    credentials: { baseUrl: 'https://rmm.no-such-acme.invalid' },
    check: 'address',
    cause: /not one of NinjaOne's own addresses. Nothing was sent there/,
    fix: /enter rmm\.no-such-acme\.invalid as Branded host/,
  },
  {
    fault: null,
    credentials: { baseUrl: 'https://rmm.no-such-acme.invalid', brandedHost: 'rmm.no-such-acme.invalid' },
    check: 'sign-in',
    cause: /no host named rmm\.no-such-acme\.invalid/,
    fix: /spelling/,
  },
];

test.each(rows)('$fault $credentials: $check', async (row) => {
  house = await connectedHouse(id, { fault: row.fault });
  await expectFailure(house, row);
});

test('an unconfirmed address is offered for confirmation, and no request was made', async () => {
  house = await connectedHouse(id);
  const credentials = { ...house.sim.credentials, baseUrl: 'https://rmm.acme.example' };
  const { checks } = await house.engine.test({ id, credentials });
  expect(checks.find(({ id }) => id === 'address')).toMatchObject({
    suggest: { field: 'brandedHost', value: 'rmm.acme.example' },
  });
  expect(await house.control('stats')).toMatchObject({ requests: 0 });
});

test.each(['rate-limit', 'throttle-page'])('%s: throttling in mid-test is waited for', async (fault) => {
  house = await connectedHouse(id, { fault });
  expect(await house.engine.test({ id })).toMatchObject({ ok: true });
  expect(house.clock.slept).toBeGreaterThan(2_000);
});

test('JSON under a wrong type is read', async () => {
  house = await connectedHouse(id, { fault: 'plain-type' });
  expect(await house.engine.test({ id })).toMatchObject({ ok: true });
});
