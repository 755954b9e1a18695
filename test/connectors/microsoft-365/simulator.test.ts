/** A stranger's client: plain fetch, no code of ours. */
import { describe, expect, test } from 'vitest';
import definition from '../../../connectors/microsoft-365/simulator.ts';
import { type Json, Simulated } from '../simulated.ts';

const simulator = new Simulated(definition);
const { run, control } = simulator;

const application = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const secret = 'FAKE~not.a.real.secret_000000000000000';
const tenants = () => simulator.credentials.tenants?.split(', ') ?? [];
const provider = () => tenants()[0]!;

const form = {
  client_id: application,
  client_secret: secret,
  scope: 'https://graph.microsoft.com/.default',
  grant_type: 'client_credentials',
};
const signIn = (tenant = provider(), change: Record<string, string> = {}, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams({ ...form, ...change });
  for (const [key, value] of Object.entries(change)) if (value === '') body.delete(key);
  return fetch(`${simulator.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body, headers });
};
async function client(tenant = provider()) {
  const { access_token } = (await (await signIn(tenant)).json()) as Json;
  const authorization = `Bearer ${access_token}`;
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(path.startsWith('http') ? path : `${simulator.url}/v1.0${path}`, { headers: { authorization, ...headers } });
  const json = async (path: string, headers: Record<string, string> = {}): Promise<Json> =>
    (await get(path, headers)).json();
  const all = async (path: string): Promise<Json[]> => {
    const rows: Json[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const page: Json = await json(next);
      rows.push(...page.value);
      next = page['@odata.nextLink'];
    }
    return rows;
  };
  const batch = (requests: unknown) =>
    fetch(`${simulator.url}/v1.0/$batch`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ requests }),
    });
  return { token: access_token as string, get, json, all, batch };
}
const eventual = { ConsistencyLevel: 'eventual' };

test('what a correct client ends up with is what totals and records tell', async () => {
  await run();
  const found = { licenses: 0, secureScores: 0, scoreControls: 0 };
  for (const tenant of tenants()) {
    const { all, json } = await client(tenant);
    found.licenses += (await all('/subscribedSkus')).length;
    const [score] = (await json('/security/secureScores?$top=1')).value;
    found.secureScores += 1;
    const names = [
      ...score.controlScores.map(({ controlName }: Json) => controlName),
      ...(await all('/security/secureScoreControlProfiles')).map(({ id }) => id),
    ];
    found.scoreControls += new Set(names).size;
  }
  const relationships = await (await client()).all('/tenantRelationships/delegatedAdminRelationships?$top=3');
  const counted = relationships.filter(({ displayName }) => !displayName.startsWith('MLT_'));
  expect(await control('totals')).toEqual({
    ...found,
    companies: tenants().length - 1,
    tenants: tenants().length,
    delegatedAdmins: counted.length,
  });
  expect(counted.some(({ customer }) => customer === null)).toBe(true);
  const organization = (await (await client(tenants()[1])).json('/organization')).value[0];
  const records: Json[] = await control('records/companies');
  expect(records.map(({ externalId, name }) => [externalId, name])).toContainEqual([
    organization.id,
    organization.displayName,
  ]);
});

describe('sign-in', () => {
  test('a token of the tenant, with the roles that were consented to there', async () => {
    await run();
    const answer: Json = await (await signIn()).json();
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    expect(answer).not.toHaveProperty('refresh_token');
    const claims = JSON.parse(Buffer.from(answer.access_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ tid: provider(), appid: application });
    expect(claims.roles).toContain('DelegatedAdminRelationship.Read.All');
    const basic = { authorization: `Basic ${btoa(`${application}:${encodeURIComponent(secret)}`)}` };
    expect((await signIn('acme.example', { client_id: '', client_secret: '' }, basic)).status).toBe(200);
  });

  test.each([
    ['common', {}, 400, 9001023],
    ['not a tenant!', {}, 400, 900023],
    ['nowhere.example', {}, 400, 90002],
    ['', { client_id: '99999999-bbbb-4ccc-8ddd-eeeeeeeeeeee' }, 400, 700016],
    ['', { client_secret: '0f0f0f0f-0000-4000-8000-0f0f0f0f0f0f' }, 401, 7000215],
    ['', { client_secret: '' }, 401, 7000218],
    ['', { scope: 'https://graph.microsoft.us/.default' }, 400, 1002012],
    ['', { client_secret: '', client_assertion: 'a.b.c' }, 401, 700027],
    ['', { grant_type: 'password' }, 400, 70003],
  ])('%j %j: %s AADSTS%s', async (tenant, change, status, code) => {
    await run();
    const answer = await signIn(tenant === '' ? provider() : encodeURIComponent(tenant), change);
    expect(answer.status).toBe(status);
    const body: Json = await answer.json();
    expect(body.error_codes).toEqual([code]);
    expect(body.error_description).toContain(`AADSTS${code}: `);
    expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  });

  test('consent lets the application into a tenant that did not know it', async () => {
    await run();
    const customers = await (await client()).all('/tenantRelationships/delegatedAdminCustomers');
    const stranger = customers.find(({ id }) => !tenants().includes(id)).id;
    expect((await signIn(stranger)).status).toBe(400);
    const link = `${simulator.url}/${stranger}/adminconsent?client_id=${application}&state=s&redirect_uri=https://portal.example/done`;
    const { status, headers } = await fetch(link, { redirect: 'manual' });
    expect([status, headers.get('location')]).toEqual([
      302,
      `https://portal.example/done?tenant=${stranger}&state=s&admin_consent=True`,
    ]);
    expect((await signIn(stranger)).status).toBe(200);
  });

  test('a token ends after an hour; without one, or with one that is none, 401', async () => {
    await run();
    const { get } = await client();
    simulator.time += 3_600_000;
    const late = await get('/organization');
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toContain('Bearer');
    expect(((await late.json()) as Json).error.code).toBe('InvalidAuthenticationToken');
    expect((await fetch(`${simulator.url}/v1.0/organization`)).status).toBe(401);
  });
});

describe('lists', () => {
  test('scores: newest first, 90 days, and a link to older ones whatever was asked for', async () => {
    await run();
    const { json, all } = await client();
    const page = await json('/security/secureScores?$top=2');
    expect(page.value.map(({ createdDateTime }: Json) => createdDateTime)).toEqual([
      '2026-08-02T00:00:00Z',
      '2026-08-01T00:00:00Z',
    ]);
    expect(page['@odata.nextLink']).toContain('$skip=2');
    expect(await all('/security/secureScores?$top=40')).toHaveLength(90);
    simulator.time += 86_400_000;
    const [newer] = (await (await client()).json('/security/secureScores?$top=1')).value;
    expect(newer.createdDateTime).toBe('2026-08-03T00:00:00Z');
  });

  test('a fifth security call at once is one too many', async () => {
    await run();
    const { get } = await client();
    const answers = await Promise.all(Array.from({ length: 5 }, () => get('/security/secureScores?$top=1')));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
  });

  test('users: the usual fields, all fields by name, opaque pages, counts with the header only', async () => {
    await run();
    const { get, json, all } = await client(tenants()[1]);
    const everyone = await all('/users?$top=3&$select=id,accountEnabled,userType,assignedLicenses');
    expect(new Set(everyone.map(({ id }) => id)).size).toBe(everyone.length);
    expect(everyone[0]).toHaveProperty('assignedLicenses');
    expect((await json('/users?$top=1')).value[0]).not.toHaveProperty('accountEnabled');
    const licensed = '/users?$filter=assignedLicenses/$count ne 0&$count=true&$top=1&$select=id';
    expect((await get(licensed)).status).toBe(400);
    const page = await json(licensed, eventual);
    expect(page['@odata.count']).toBe(everyone.filter(({ assignedLicenses }) => assignedLicenses.length > 0).length);
    expect((await get(page['@odata.nextLink'])).status).toBe(400);
    expect(await json(page['@odata.nextLink'], eventual)).not.toHaveProperty('@odata.count');
    const count = await get('/users/$count', eventual);
    expect([count.headers.get('content-type'), await count.text()]).toEqual(['text/plain', String(everyone.length)]);
    expect((await get('/users/$count')).status).toBe(400);
  });

  test.each([
    '/users?$top=1000',
    '/users?$skip=1',
    '/subscribedSkus?$top=1',
    '/subscribedSkus?$filter=x',
    '/organization?$top=1',
    '/users?$filter=city eq 1',
  ])('refused: %s', async (path) => {
    await run();
    expect((await (await client()).get(path)).status).toBe(400);
  });

  test('a client tenant lists no relationships', async () => {
    await run();
    const answer = await (await client(tenants()[1])).get('/tenantRelationships/delegatedAdminRelationships');
    expect(answer.status).toBe(403);
  });
});

describe('batches', () => {
  test('answers in another order, each with its status; 20 at most, ids of their own', async () => {
    await run();
    const { batch } = await client();
    const one = (id: string, url: string) => ({ id, method: 'GET', url });
    const { responses }: Json = await (
      await batch([one('a', '/organization'), one('b', '/nothing'), one('c', '/users?$count=true')])
    ).json();
    expect(responses.map(({ id, status }: Json) => [id, status])).toEqual([
      ['c', 400],
      ['b', 404],
      ['a', 200],
    ]);
    expect((await batch(Array.from({ length: 21 }, (_, i) => one(String(i), '/organization')))).status).toBe(400);
    expect((await batch([one('a', '/organization'), one('a', '/domains')])).status).toBe(400);
  });
});

test('limit: the figure per minute, then 429 with Retry-After', async () => {
  await run({ limit: 3 });
  const { get } = await client();
  for (let i = 0; i < 3; i++) expect((await get('/organization')).status).toBe(200);
  const refused = await get('/organization');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  expect(((await refused.json()) as Json).error.code).toBe('TooManyRequests');
});

test('strict: what is not documented is refused and counted', async () => {
  await run({ strict: true });
  expect((await (await client()).get('/organization?expand=all')).status).toBe(400);
  expect((await control('stats')).undocumented).toEqual([expect.stringContaining('query parameter "expand"')]);
});

test('edits as of a person: the ids that changed, and the rows differ', async () => {
  await run();
  const before = await control('records/licenses');
  const { changed } = await control('change', { type: 'licenses', count: 3 });
  const after = await control('records/licenses');
  const differing = after
    .filter((row: Json, i: number) => row.used !== before[i].used)
    .map(({ externalId }: Json) => externalId);
  expect(differing.sort()).toEqual([...changed].sort());
});
