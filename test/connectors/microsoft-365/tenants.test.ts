/** Several tenants under one integration: what each of them does must not be felt by the others. */
import { afterEach, expect, test } from 'vitest';
import type { RecordType } from '../../../src/portal/records/index.ts';
import type { SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { type House, openHouse } from '../../engine/house.ts';

const id = 'microsoft-365';
/** Without `companies`, which are another integration's. */
const types: RecordType[] = ['tenants', 'licenses', 'secureScores', 'scoreControls', 'delegatedAdmins'];

let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

async function connected(
  options: SimulatorOptions = {},
  input: { credentials?: Record<string, string>; options?: object } = {},
) {
  house = await openHouse(id, { strict: true, scale: 80, ...options });
  await house.engine.connect({
    id,
    credentials: { ...house.sim.credentials, ...input.credentials },
    options: { ...input.options },
    settings: { types },
  });
}

const ids = () => house.sim.credentials.tenants?.split(', ') ?? [];
const fault = (name: string | null) => house.control('fault', { name });
const sync = (request = {}) => house.engine.sync(id, request);
/** A token that was issued works until its end, whatever becomes of the consent. */
const endTokens = () => house.clock.pass(3_600_000);
const view = () => house.engine.getSnapshot().integrations.find((each) => each.id === id)!;
const issues = async () => await house.engine.issues({ integration: id });
const records = async (type: RecordType) => (await house.engine.records({ type, integration: id, limit: 500 })).records;
const tenant = async (externalId: string) =>
  (await records('tenants')).find((record) => record.externalId === externalId);
const totals = () => {
  const { companies: _, ...others } = house.sim.totals();
  return others;
};
const asked = async (method: string, path: string) => {
  const { byPath } = await house.control<{ byPath: Record<string, number> }>('stats');
  return byPath[`${method} ${path.toLowerCase()}`] ?? 0;
};

test('a tenant that withdraws its consent keeps its records, shows its state, and stops nobody', async () => {
  await connected();
  await sync();
  expect(view().records).toEqual(totals());
  const [own, client = '', other = ''] = ids();
  const name = (await tenant(client))?.name;
  endTokens();

  await fault('no-consent');
  await house.control('delete', { type: 'licenses', count: 1 });
  const gone = (await records('licenses')).length - (totals().licenses ?? 0);
  const lost = (await house.control<{ externalId: string }[]>('records/licenses')).map(({ externalId }) => externalId);
  const missing = (await records('licenses')).find(({ externalId }) => !lost.includes(externalId as string));
  const result = await sync({ full: true });
  expect(result.status).toBe('succeeded');
  // Deleted in a tenant that is read: gone. In the one that is not: still there.
  const expected = String(missing?.externalId).startsWith(client) ? 0 : gone;
  expect(result.types.licenses?.gone).toBe(expected);
  expect(await records('secureScores')).toHaveLength(ids().length);

  expect(await issues()).toMatchObject([{ type: null, reason: 'part-failed', label: name }]);
  expect((await issues())[0]?.detail).toContain(`${house.sim.url}/${client}/adminconsent?client_id=`);
  expect(await tenant(client)).toMatchObject({ name, connectionState: 'consent-missing' });
  expect((await tenant(client))?.connectionProblem).toContain('adminconsent');
  for (const each of [own, other])
    expect(await tenant(each ?? '')).toMatchObject({ connectionState: 'connected', connectionProblem: null });
  expect(view()).toMatchObject({ status: 'connected', error: null, issues: 1 });

  await fault(null);
  await sync({ full: true });
  expect(await tenant(client)).toMatchObject({ connectionState: 'connected', connectionProblem: null });
  expect(view()).toMatchObject({ records: totals(), issues: 0 });
});

test('a tenant without one permission lacks that record type only; without it anywhere, the type fails', async () => {
  await connected();
  await fault('missing-security-one');
  expect((await sync()).status).toBe('succeeded');
  expect((await issues()).map(({ type }) => type).sort()).toEqual(['scoreControls', 'secureScores']);
  expect((await issues())[0]?.detail).toContain('SecurityEvents.Read.All');
  expect(await records('secureScores')).toHaveLength(ids().length - 1);
  expect(await records('licenses')).toHaveLength(totals().licenses ?? 0);

  await fault('missing-security');
  expect(await sync()).toMatchObject({ status: 'failed', failure: { code: 'forbidden' } });
  expect(view()).toMatchObject({ status: 'error' });
  expect(await records('secureScores')).toHaveLength(ids().length - 1);

  await fault(null);
  await sync();
  expect(view()).toMatchObject({ status: 'connected', issues: 0, records: totals() });
});

test('what is closed of a tenant leaves the rest of it, and is said', async () => {
  await connected();
  await sync();
  const before = await tenant(ids()[1]!);
  await fault('missing-users');
  await house.control('change', { type: 'tenants', count: 100 });
  expect((await sync()).status).toBe('succeeded');
  const after = await tenant(ids()[1]!);
  expect(after).toMatchObject({ connectionState: 'connected', userCount: before?.userCount });
  expect(after?.name).not.toBe(before?.name);
  expect(await issues()).toHaveLength(ids().length);
  expect((await issues())[0]).toMatchObject({ type: 'tenants', reason: 'part-failed' });
});

test('a secret that ends ends the run at the first tenant: it is the same in all', async () => {
  await connected();
  await fault('secret-expired');
  await house.control('stats/reset', {});
  expect(await sync()).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
  expect(view()).toMatchObject({ status: 'disconnected', nextSync: null });
  expect(await asked('POST', '/{tenant}/oauth2/v2.0/token')).toBeLessThanOrEqual(4);
});

test('one sign-in per tenant serves a whole run and the next', async () => {
  await connected();
  await sync();
  await sync();
  expect(await asked('POST', '/{tenant}/oauth2/v2.0/token')).toBe(ids().length);
});

test('90 days of scores are read once a day, and one row at any other time', async () => {
  await connected();
  await sync();
  const scores = '/v1.0/security/secureScores';
  expect(await asked('GET', scores)).toBe(2 * ids().length);
  const [first] = await records('secureScores');
  const history = first?.history as { date: string; score: number }[];
  expect(history).toHaveLength(90);
  expect(history).toEqual([...history].sort((a, b) => (a.date < b.date ? -1 : 1)));
  expect(history.at(-1)).toMatchObject({ score: first?.currentScore });

  await house.control('stats/reset', {});
  const quiet = await sync();
  expect(Object.values(quiet.types).reduce((sum, { updated }) => sum + updated, 0)).toBe(0);
  expect(await asked('GET', scores)).toBe(ids().length);

  await house.control('clock', { advanceSeconds: 86_400 });
  await sync();
  const later = (await records('secureScores')).find(({ id: same }) => same === first?.id)?.history as {
    date: string;
  }[];
  expect(later).toHaveLength(90);
  expect(later[0]?.date).toBe(history[1]?.date);
  expect(await asked('GET', scores)).toBe(3 * ids().length);
});

test.each(['endless-links', 'circular-links'])(
  '%s: reading comes to an end by itself, with everything',
  async (name) => {
    await connected({ fault: name });
    expect((await sync()).status).toBe('succeeded');
    expect(view()).toMatchObject({ records: totals(), issues: 0 });
  },
);

test('a link to another host is not followed', async () => {
  await connected({ fault: 'foreign-links' });
  const { failure } = await sync();
  expect(failure).toMatchObject({ code: 'untrusted-host' });
  expect(failure?.cause).toContain('graph.elsewhere.example');
});

test('users are counted page by page where the number is left out, each page with its header', async () => {
  await connected();
  await sync();
  const counts = async () =>
    (await records('tenants')).map(({ externalId, userCount, licensedUserCount, guestCount, disabledUserCount }) => [
      externalId,
      userCount,
      licensedUserCount,
      guestCount,
      disabledUserCount,
    ]);
  const indexed = await counts();
  expect(indexed.some(([, all]) => Number(all) > 5)).toBe(true);
  await fault('no-count-index');
  expect((await sync()).status).toBe('succeeded');
  expect(await counts()).toEqual(indexed);
  expect(await issues()).toEqual([]);

  await fault('no-count-at-all');
  expect((await sync()).status).toBe('succeeded');
  expect(await counts()).toEqual(indexed);
  expect(await issues()).toEqual([]);
});

test('customers that are listed are read once they have consented, by the link in their record', async () => {
  await connected({}, { options: { listedCustomers: true } });
  await sync();
  expect(await records('tenants')).toHaveLength(ids().length + 1);
  const stranger = (await records('tenants')).find(({ connectionState }) => connectionState === 'consent-missing');
  expect(await issues()).toHaveLength(1);

  const opened = await fetch(String(stranger?.consentUrl));
  expect(await opened.text()).toContain('Permissions were granted');
  await sync();
  expect(await tenant(String(stranger?.externalId))).toMatchObject({ connectionState: 'connected' });
  expect(await records('secureScores')).toHaveLength(ids().length + 1);
  expect(await issues()).toEqual([]);

  // Which customers there are is not told any more: none of them is gone for that.
  await fault('not-a-partner');
  expect((await sync({ full: true })).status).toBe('succeeded');
  expect(await records('tenants')).toHaveLength(ids().length + 1);
  expect(await issues()).toMatchObject([{ label: expect.stringContaining('Customers of') }]);
});

test('a tenant named by its domain is known by its id from the first sign-in on, also while it is broken', async () => {
  house = await openHouse(id);
  const [, client] = await house.control<{ externalId: string; name: string }[]>('records/tenants');
  const sign = await fetch(`${house.sim.url}/cafe-zoe.example/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(),
  });
  expect(sign.status).toBe(400);
  const domain = 'acme.example';
  await house.engine.connect({
    id,
    credentials: { ...house.sim.credentials, tenants: `${domain}, ${client?.externalId}` },
    settings: { types },
  });
  await sync();
  expect((await records('tenants')).map(({ externalId }) => externalId).sort()).toEqual(
    [ids()[0], client?.externalId].sort(),
  );
  await fault('no-consent');
  endTokens();
  await sync({ full: true });
  expect(await records('tenants')).toHaveLength(2);
  expect(await tenant(client?.externalId ?? '')).toMatchObject({ connectionState: 'consent-missing' });
});

test('no delegated admins where there is no partner: nothing wrong, and what was known stays', async () => {
  await connected();
  await sync();
  await fault('not-a-partner');
  expect((await sync({ full: true })).status).toBe('succeeded');
  expect(view()).toMatchObject({ records: totals(), issues: 0 });
});

test('a tenant without score has none, and one to which it is not offered is not complained of', async () => {
  await connected({ fault: 'no-score' });
  expect((await sync()).status).toBe('succeeded');
  expect(await records('secureScores')).toHaveLength(ids().length - 1);
  expect(await issues()).toEqual([]);
  await fault(null);
  await sync();
  expect(await records('secureScores')).toHaveLength(ids().length);
  await fault('not-applicable');
  expect((await sync({ full: true })).status).toBe('succeeded');
  expect(view()).toMatchObject({ issues: 0, records: totals() });
});

test('a permission that was granted counts in the next sync, although the token lives on', async () => {
  await connected({ fault: 'no-permissions' });
  expect(await sync()).toMatchObject({ status: 'failed', failure: { code: 'forbidden' } });
  await fault(null);
  expect((await sync()).status).toBe('succeeded');
  const { tenants, licenses, secureScores, scoreControls } = totals();
  expect(view().records).toMatchObject({ tenants, licenses, secureScores, scoreControls });
});
