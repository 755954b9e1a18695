/** A stranger's client: plain fetch, no code of ours. */
import { describe, expect, it } from 'vitest';
import definition from '../../../connectors/ninjarmm/simulator.ts';
import { type Json, Simulated } from '../simulated.ts';

const simulator = new Simulated(definition);
const { run, control } = simulator;

const read = async (response: Response | Promise<Response>): Promise<Json> => (await response).json();

async function signIn(change: Record<string, string> = {}, path = '/ws/oauth/token'): Promise<Response> {
  const { clientId = '', clientSecret = '' } = simulator.credentials;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'monitoring',
  };
  return fetch(`${simulator.url}${path}`, { method: 'POST', body: new URLSearchParams({ ...form, ...change }) });
}

async function client() {
  const { access_token } = await read(signIn());
  const get = (path: string) =>
    fetch(`${simulator.url}${path}`, { headers: { authorization: `Bearer ${access_token}` } });
  const json = async (path: string): Promise<Json> => read(get(`/v2/${path}`));
  /** As every client of the lists does: by the last id, until a page is short. */
  const all = async (path: string, size = 40): Promise<Json[]> => {
    const rows: Json[] = [];
    for (;;) {
      const after = rows.length === 0 ? '' : `&after=${rows.at(-1).id}`;
      const page = await json(`${path}${path.includes('?') ? '&' : '?'}pageSize=${size}${after}`);
      rows.push(...page);
      if (page.length < size) return rows;
    }
  };
  const report = async (name: string, size: number): Promise<Json[]> => {
    const rows: Json[] = [];
    let cursor = '';
    for (;;) {
      const page = await json(`queries/${name}?pageSize=${size}${cursor}`);
      rows.push(...page.results);
      if (page.results.length < size) return rows;
      cursor = `&cursor=${page.cursor.name}`;
    }
  };
  return { get, json, all, report };
}

const ids = (rows: Json[]): string[] => rows.map((row) => String(row.externalId ?? row.uid ?? row.id)).sort();
const deviceIds = (rows: Json[]): string[] => rows.map(({ id }) => String(id)).sort();

describe('what a correct client ends up with', () => {
  it('is what totals and records tell', async () => {
    await run();
    const { all, json } = await client();
    const found = {
      companies: await all('organizations'),
      locations: await all('locations'),
      devices: await all('devices-detailed'),
      alerts: await json('alerts'),
    };
    for (const [type, rows] of Object.entries(found)) {
      const expected = await control(`records/${type}`);
      expect(expected.length).toBeGreaterThan(0);
      expect(type === 'devices' ? deviceIds(rows) : ids(rows)).toEqual(ids(expected));
      expect(simulator.totals()).toMatchObject({ [type]: expected.length });
    }
    const organizations = new Set(found.companies.map(({ id }) => id));
    const locations = new Map(found.locations.map((row) => [row.id, row]));
    for (const { organizationId, locationId } of found.devices) {
      expect(organizations.has(organizationId)).toBe(true);
      expect(locations.get(locationId)?.organizationId).toBe(organizationId);
    }
  });

  it('is the same for the same seed', async () => {
    const page = async () => JSON.stringify(await (await client()).json('devices-detailed'));
    await run({ seed: 5 });
    const first = await page();
    await simulator.close();
    await run({ seed: 5 });
    expect(await page()).toBe(first);
    await simulator.close();
    await run({ seed: 6 });
    expect(await page()).not.toBe(first);
  });
});

describe('signing in', () => {
  it('gives an hour; the secret, the grant and the scope are looked at', async () => {
    await run();
    expect(await read(signIn())).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      scope: 'monitoring',
      token_type: 'Bearer',
    });
    const refused = async (change: Record<string, string>) => {
      const response = await signIn(change);
      return [response.status, await response.json()];
    };
    expect(await refused({ client_id: 'nobody' })).toMatchObject([404, { resultCode: 'Client app not exist' }]);
    expect(await refused({ client_secret: 'x' })).toMatchObject([400, { error: 'invalid_client' }]);
    expect(await refused({ grant_type: 'password' })).toMatchObject([400, { error: 'unsupported_grant_type' }]);
    expect(await refused({ scope: 'everything' })).toMatchObject([400, { error: 'invalid_scope' }]);
    expect((await signIn({}, '/oauth/token')).status).toBe(405);
    expect((await fetch(`${simulator.url}/ws/oauth/token`)).status).toBe(405);
  });

  it('is asked for in three tones: no header and a garbled one are 400, a bad token is 401', async () => {
    await run();
    const answer = async (authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${simulator.url}/v2/organizations`, { headers });
      return [response.status, await response.json()];
    };
    expect(await answer()).toEqual([
      400,
      { error: 'missing_header', error_description: 'Missing required header', error_code: 2 },
    ]);
    expect(await answer('Basic eDp5')).toMatchObject([400, { error: 'invalid_header', error_code: 1 }]);
    expect(await answer('Bearer stale')).toMatchObject([401, { error: 'not_authenticated', error_code: 10 }]);
    const { get } = await client();
    simulator.time += 3_600_001;
    expect((await get('/v2/organizations')).status).toBe(401);
  });
});

describe('lists', () => {
  it('come under every prefix, without after whole, and ignore what they do not know', async () => {
    await run();
    const { get, json } = await client();
    const organizations = await json('organizations');
    for (const prefix of ['/api/v2', '/ws/api/v2']) {
      expect(await read(get(`${prefix}/organizations`))).toEqual(organizations);
    }
    const devices = await json('devices');
    expect(await json('devices?organizationId=5&online=1')).toEqual(devices);
    expect(await json(`devices?pageSize=2&after=${devices[2].id}`)).toEqual(devices.slice(3, 5));
    expect(await json(`devices?after=${devices.at(-1).id}`)).toEqual([]);
  });

  it('tell times in seconds with a fraction, and leave out what a row does not have', async () => {
    await run();
    const { json } = await client();
    const devices: Json[] = await json('devices-detailed');
    for (const { created, lastContact } of devices) {
      expect(created).toBeLessThan(simulator.time / 1000);
      expect(lastContact).toBeGreaterThanOrEqual(created);
    }
    expect(devices.some(({ lastContact }) => !Number.isInteger(lastContact))).toBe(true);
    const gear = devices.find(({ nodeClass }) => nodeClass === 'NMS_SWITCH');
    expect(gear).not.toHaveProperty('os');
    expect(gear).not.toHaveProperty('system');
    expect(devices.find(({ nodeClass }) => nodeClass === 'WINDOWS_SERVER').os.name).toMatch(/^Windows Server/);
    const [light] = await json('devices?pageSize=1');
    for (const member of ['ipAddresses', 'os', 'system', 'references']) expect(light).not.toHaveProperty(member);
    const [expanded] = await json('devices?pageSize=1&expand=organization,location');
    expect(expanded.references.organization.id).toBe(light.organizationId);
  });

  it('hold one object, and 404 for one that is not there', async () => {
    await run();
    const { get, json } = await client();
    const [device] = await json('devices-detailed?pageSize=1');
    expect(await json(`device/${device.id}`)).toEqual(device);
    expect((await get('/v2/device/999999')).status).toBe(404);
    const [nested] = await json(`organization/${device.organizationId}/locations`);
    expect(nested).not.toHaveProperty('organizationId');
    const [{ locations }] = await json('organizations-detailed?pageSize=1');
    expect(locations.length).toBeGreaterThan(0);
    const own = await json(`organization/${device.organizationId}/devices`);
    expect(own.every((row: Json) => row.organizationId === device.organizationId)).toBe(true);
  });
});

describe('the device filter', () => {
  it('joins conditions by AND, shows approved devices unless asked, and refuses what it does not know', async () => {
    await run({ scale: 2000 });
    const { json, get } = await client();
    const all: Json[] = await json('devices');
    const df = async (text: string): Promise<Json[]> => json(`devices?df=${encodeURIComponent(text)}`);
    const some = all.slice(0, 3).map(({ id }) => id);
    expect(deviceIds(await df(`id in (${some.join(', ')})`))).toEqual(some.map(String).sort());
    expect((await df(`id notin (${some.join(',')})`)).length).toBe(all.length - 3);
    const { organizationId } = all[0];
    const servers = await df(`org = ${organizationId} AND class in (WINDOWS_SERVER,MAC) && online`);
    expect(servers).toEqual(
      all.filter(
        (row) =>
          row.organizationId === organizationId &&
          ['WINDOWS_SERVER', 'MAC'].includes(row.nodeClass) &&
          row.offline === false,
      ),
    );
    expect(new Set(all.map(({ approvalStatus }) => approvalStatus))).toEqual(new Set(['APPROVED']));
    const pending = await df('status = PENDING');
    expect(pending.length).toBeGreaterThan(0);
    expect(new Set(pending.map(({ approvalStatus }) => approvalStatus))).toEqual(new Set(['PENDING']));
    const young = await df('created after 2026-01-01');
    expect(young.every(({ created }) => created * 1000 > Date.parse('2026-01-01'))).toBe(true);
    for (const wrong of ['', 'online OR offline', 'name = PC', 'id in 1,2', 'status = GONE']) {
      expect((await get(`/v2/devices?df=${encodeURIComponent(wrong)}`)).status).toBe(400);
    }
  });
});

describe('reports', () => {
  it.each([null, 'new-cursor-names'])('give each device once, page by page (%s)', async (fault) => {
    await run({ fault });
    const { json, report } = await client();
    const rows = await report('device-health', 30);
    expect(rows.map(({ deviceId }) => String(deviceId)).sort()).toEqual(deviceIds(await json('devices')));
    const first = await json('queries/device-health?pageSize=30');
    expect(first.cursor).toEqual({ name: expect.any(String), offset: 0, count: 30, expires: expect.any(Number) });
    const next = await json(`queries/device-health?pageSize=30&cursor=${first.cursor.name}`);
    expect(next.cursor.offset).toBe(30);
    expect(next.cursor.name === first.cursor.name).toBe(fault === null);
  });

  it('know nothing of after, of another report’s cursor, and of one that has ended', async () => {
    await run();
    const { json, get } = await client();
    const first = await json('queries/device-health?pageSize=30');
    const restarted = await json(`queries/device-health?pageSize=30&after=${first.cursor.name}`);
    expect(restarted.results).toEqual(first.results);
    const { name } = first.cursor;
    expect((await get(`/v2/queries/antivirus-status?cursor=${name}`)).status).toBe(400);
    simulator.time += 601_000;
    expect((await get(`/v2/queries/device-health?cursor=${name}`)).status).toBe(400);
  });

  it('count the alerts in force', async () => {
    await run({ scale: 2000 });
    const { json } = await client();
    const alerts: Json[] = await json('alerts');
    const counts = new Map<number, number>();
    for (const { deviceId } of alerts) counts.set(deviceId, (counts.get(deviceId) ?? 0) + 1);
    const { results } = await json('queries/device-health?pageSize=5000');
    for (const { deviceId, alertCount } of results) expect(alertCount).toBe(counts.get(deviceId) ?? 0);
    const [{ deviceId }] = alerts;
    expect(await json(`device/${deviceId}/alerts`)).toEqual(alerts.filter((alert) => alert.deviceId === deviceId));
  });
});

describe('activities', () => {
  it('come newest first, bounded by ids; a time in their place finds nothing', async () => {
    await run();
    const { json, get } = await client();
    const { lastActivityId, activities } = await json('activities?class=DEVICE&pageSize=20');
    expect(activities.map(({ id }: Json) => id)).toEqual(
      Array.from({ length: 20 }, (_, index) => lastActivityId - index),
    );
    const older = await json(`activities?class=DEVICE&pageSize=20&olderThan=${activities.at(-1).id}`);
    expect(older.activities[0].id).toBe(activities.at(-1).id - 1);
    expect((await json(`activities?newerThan=${Math.floor(simulator.time / 1000)}`)).activities).toEqual([]);
    expect((await get('/v2/activities?pageSize=5')).status).toBe(400);

    const { changed } = await control('change', { type: 'devices', count: 2 });
    await control('create', { type: 'companies', count: 1 });
    const news = await json(`activities?class=DEVICE&newerThan=${lastActivityId}`);
    const codes = news.activities.map(({ statusCode }: Json) => statusCode);
    expect(codes).toEqual(['NODE_CREATED', 'NODE_CREATED', 'NODE_CREATED', 'NODE_UPDATED', 'NODE_UPDATED']);
    expect(
      news.activities
        .slice(3)
        .map(({ deviceId }: Json) => String(deviceId))
        .sort(),
    ).toEqual([...changed].sort());
    // The newest of the whole account.
    expect(news.lastActivityId).toBe(news.activities[0].id);
  });
});

describe('limits and strictness', () => {
  it('a full window is answered 429 with a time to wait', async () => {
    await run({ limit: 3 });
    const { get } = await client();
    for (let request = 0; request < 3; request++) expect((await get('/v2/organizations')).status).toBe(200);
    const refused = await get('/v2/organizations');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    simulator.time += 60_001;
    expect((await get('/v2/organizations')).status).toBe(200);
  });

  it('strict: what is not documented is refused and counted', async () => {
    await run({ strict: true });
    const { get } = await client();
    expect((await get('/v2/devices?organizationId=5')).status).toBe(400);
    expect((await get('/v2/organization/2/devices?df=online')).status).toBe(400);
    expect((await control('stats')).undocumented).toEqual([
      'GET /v2/devices: query parameter "organizationId"',
      'GET /v2/organization/{id}/devices: query parameter "df"',
    ]);
  });

  it('throttling may come as a page with status 200', async () => {
    await run({ fault: 'throttle-page' });
    const { get } = await client();
    const page = await get('/v2/organizations');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toMatch(/Too many requests/);
  });
});
