/** Every row of the failure table, shown by the simulator, must end in a check that names the cause and the fix. */
import { afterEach, expect, test } from 'vitest';
import { connectedHouse, type House } from '../../engine/house.ts';
import { expectFailure, type FailureRow } from '../failure-table.ts';

const id = 'connectwise-manage';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const keysFix = /member is active.*make a new key/;
const rows: FailureRow[] = [
  {
    fault: null,
    credentials: { site: 'https://no-such-connectwise.invalid' },
    check: 'host',
    cause: /no-such-connectwise\.invalid/,
    fix: /spelling/,
  },
  { fault: 'not-connectwise', check: 'host', cause: /not as ConnectWise/, fix: /na\.myconnectwise\.net/ },
  { fault: 'ssl-required', check: 'host', cause: /for signing in, not for the API/, fix: /Enter api-/ },
  { fault: 'unknown-company', check: 'host', cause: /knows no company "acmeit"/, fix: /Company box/ },
  {
    fault: null,
    credentials: { companyId: 'somebodyelse' },
    check: 'host',
    cause: /knows no company "somebodyelse"/,
    fix: /not the display name/,
  },
  { fault: 'other-api-host', check: 'host', cause: /No key was sent there/, fix: /enter it as ConnectWise site/ },
  { fault: 'cannot-route', check: 'keys', cause: /not about the API keys/, fix: /company ID or the region/ },
  {
    fault: null,
    credentials: { privateKey: 'wrong-key-00000' },
    check: 'keys',
    cause: /does not accept these API keys/,
    fix: keysFix,
  },
  { fault: 'inactive-member', check: 'keys', cause: /member they belong to is inactive/, fix: keysFix },
  { fault: 'bad-keys-404', check: 'keys', cause: /how wrong keys may look/, fix: keysFix },
  {
    fault: null,
    credentials: { clientId: '99999999-aaaa-4bbb-8ccc-000000000009' },
    check: 'keys',
    cause: /does not accept the Client ID/,
    fix: /developer\.connectwise\.com\/ClientID/,
  },
  ...[400, 401, 403].map(
    (status): FailureRow => ({
      fault: `client-id-${status}`,
      check: 'keys',
      cause: /does not accept the Client ID/,
      fix: /developer\.connectwise\.com/,
    }),
  ),
  {
    fault: 'no-right-companies',
    check: 'companies',
    cause: /may not read companies/,
    fix: /Company Maintenance: Inquire = All/,
  },
  { fault: 'no-right-contacts', check: 'contacts', cause: /may not read contacts/, fix: /Contacts: Inquire = All/ },
  {
    fault: 'no-right-members',
    check: 'users',
    cause: /may not read members/,
    fix: /Member Maintenance: Inquire = All/,
  },
  { fault: 'no-right-tickets', check: 'tickets', cause: /may not read tickets/, fix: /Service Tickets: Inquire = All/ },
  { fault: 'no-right-setup', check: 'companies', cause: /boards and statuses/, fix: /Table Setup/ },
  { fault: 'no-right-setup', check: 'boards', cause: /boards and statuses/, fix: /Table Setup/ },
  {
    fault: 'hidden-board',
    check: 'boards',
    status: 'untested',
    cause: /kept from the board Field Services/,
    fix: /excluded service boards/,
  },
  {
    fault: 'hidden-board',
    options: { boards: ['2'] },
    check: 'boards',
    cause: /kept from the board Field Services/,
    fix: /excluded service boards/,
  },
  { fault: 'no-members-endpoint', check: 'users', cause: /This release .* \/.*system\/members/, fix: /too old/ },
  {
    fault: 'sees-nothing',
    check: 'tickets',
    status: 'untested',
    cause: /its own only/,
    fix: /Service Tickets: Inquire = All, not "Mine"/,
  },
  { fault: 'blocked-address', check: 'host', cause: /firewall or proxy/, fix: /address is allowed/ },
  { fault: 'maintenance', check: 'host', cause: /gateway/i, fix: /tried again/ },
  { fault: 'gateway-html', check: 'keys', cause: /gateway/i, fix: /tried again/ },
  { fault: 'server-error', check: 'keys', cause: /failed while answering/, fix: /status page/ },
];

test.each(rows)('$fault $credentials $options: $check', async (row) => {
  house = await connectedHouse(id, { fault: row.fault, scale: 40 });
  await expectFailure(house, row);
});

test('a connection that works says what it found, and tries each thing once', async () => {
  house = await connectedHouse(id, { strict: true });
  const result = await house.engine.test({ id });
  const own = result.checks.filter(({ id }) => !id.startsWith('network-') && id !== 'quota');
  expect(own.map((check) => [check.id, check.status, check.detail])).toEqual([
    ['host', 'passed', 'Acme IT, v2025.1, cloud'],
    ['keys', 'passed', null],
    ['instance', 'passed', 'v2025.1.11223, NA'],
    ['companies', 'passed', null],
    ['contacts', 'passed', null],
    ['users', 'passed', null],
    ['tickets', 'passed', null],
    ['dates', 'passed', null],
    ['boards', 'passed', '4 boards'],
    ['write-tickets', 'untested', null],
  ]);
  expect(result.ok).toBe(true);
  const { undocumented } = await house.control<{ undocumented: string[] }>('stats');
  expect(undocumented).toEqual([]);
});

test('an API on another host gets the keys only after the operator named it', async () => {
  house = await connectedHouse(id, { fault: 'other-api-host' });
  const result = await house.engine.test({ id });
  expect(result.checks.find(({ id }) => id === 'host')?.suggest).toEqual({
    field: 'site',
    value: 'api-eu.connectwise.example',
  });
  const { byPath } = await house.control<{ byPath: Record<string, number> }>('stats');
  expect(Object.keys(byPath)).toEqual(['GET /login/companyinfo/{company}']);
  expect((await house.engine.sync(id)).failure).toMatchObject({ code: 'untrusted-host' });
});

test.each([
  ['unknown-company', 'unauthorized', 'disconnected'],
  ['inactive-member', 'unauthorized', 'disconnected'],
  ['client-id-403', 'unauthorized', 'disconnected'],
  ['cannot-route', 'not-found', 'error'],
  ['no-right-tickets', 'forbidden', 'error'],
  ['server-error', 'vendor-fault', 'error'],
])('a sync under %s ends as %s, %s', async (fault, code, status) => {
  house = await connectedHouse(id, { fault, scale: 40 });
  expect(await house.engine.sync(id)).toMatchObject({ status: 'failed', failure: { code } });
  expect(house.engine.getSnapshot().integrations.find((each) => each.id === id)).toMatchObject({ status });
});

test('without one right the other types are read, and an issue names what is missing', async () => {
  house = await connectedHouse(id, { fault: 'no-right-members' });
  await house.engine.sync(id);
  const view = house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
  expect(view.records).toMatchObject({ tickets: house.sim.totals().tickets });
  expect(await house.engine.issues({ integration: id })).toMatchObject([
    { type: 'users', reason: 'no-permission', detail: expect.stringContaining('Member Maintenance: Inquire = All') },
  ]);
});
