/** The simulator as a stranger's client meets it: plain requests, plain files, what the standards and vendors say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import definition from '../../../connectors/bigger-brains/simulator.ts';
import type { RunningSimulator } from '../../../src/simulator/simulator.ts';

let sim: RunningSimulator;
afterEach(() => sim?.close());

const basic = (name = '', password = '') => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
interface Row {
  readonly id: string;
  readonly stored: string;
  readonly verb: { readonly id: string };
}
/** What any of the services may answer. */
interface Body extends Row {
  readonly statements: readonly Row[];
  readonly registrations: readonly Row[];
  readonly data: readonly Row[];
  readonly more: string | null;
  readonly version: readonly string[];
  readonly actor: { readonly mbox: string };
  readonly apiMessage: string;
}
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}
async function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${sim.url}${path}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json().catch(() => null)) as Body,
  };
}
const lrs = (path: string, more: Record<string, string> = {}) => {
  const { lrsKey, lrsSecret } = sim.credentials;
  return get(`/xapi/${path}`, {
    authorization: basic(lrsKey, lrsSecret),
    'x-experience-api-version': '1.0.3',
    ...more,
  });
};
const cloud = (path: string) => {
  const { appId, secretKey } = sim.credentials;
  return get(`/api/v2/${path}`, { authorization: basic(appId, secretKey) });
};
const control = (path: string, body: object) =>
  fetch(`${sim.url}/__sim/${path}`, { method: 'POST', body: JSON.stringify(body) }).then((answer) => answer.json());

async function allStatements(query = ''): Promise<Row[]> {
  const all: Row[] = [];
  let { body } = await lrs(`statements?${query}`);
  for (;;) {
    all.push(...body.statements);
    if (!body.more) return all;
    expect(body.more).toMatch(/^\/xapi\/statements\?cursor=/);
    body = (await lrs(body.more.slice('/xapi/'.length))).body;
  }
}

test('exports: a folder per kind, a file per team, the same people as everywhere, gone when it closes', async () => {
  sim = await definition.start({ scale: 400 });
  const { membersPath = '', completionsPath = '', coursesPath = '' } = sim.credentials;
  const files = readdirSync(membersPath);
  const text = readFileSync(join(membersPath, files[0]!), 'utf8');
  expect(text).toMatch(/^\ufeffFirst Name,Last Name,Email,Username,Team,Role,Login Expiry\r\n/);
  const rows = readdirSync(completionsPath).flatMap((name) =>
    readFileSync(join(completionsPath, name), 'utf8').trim().split('\r\n').slice(1),
  );
  expect(rows.length).toBe(sim.totals().enrollments);
  expect(files.length).toBeGreaterThan(2);

  await control('fault', { name: 'half-written' });
  expect(readFileSync(join(membersPath, files[0]!), 'utf8')).not.toMatch(/\r\n$/);
  await control('fault', { name: 'missing-file' });
  expect(existsSync(membersPath)).toBe(false);
  await control('fault', { name: null });
  expect(readFileSync(join(membersPath, files[0]!), 'utf8')).toBe(text);
  await sim.close();
  expect(existsSync(coursesPath)).toBe(false);
});

test('record store: version and key on every request, as the standard asks', async () => {
  sim = await definition.start({ scale: 400, variant: 'xapi', strict: true });
  expect((await lrs('about')).body.version).toContain('1.0.3');
  expect((await lrs('statements', { authorization: basic('fake', 'wrong') })).status).toBe(401);
  for (const version of ['', '0.9', '1.1.0', '2.0.0']) {
    expect((await lrs('statements', { 'x-experience-api-version': version })).status).toBe(400);
  }
  expect((await lrs('statements?since=yesterday')).body).toMatchObject({ error: true });
  expect((await lrs('statements?size=5')).status).toBe(400);
  const { headers } = await lrs('statements?limit=1');
  expect(headers.get('x-experience-api-version')).toBe('1.0.3');
  expect(Date.parse(headers.get('x-experience-api-consistent-through') ?? '')).not.toBeNaN();
});

test('record store: newest first unless asked otherwise, `since` excludes its instant, nothing found is an empty list', async () => {
  sim = await definition.start({ scale: 800, variant: 'xapi' });
  const ascending = await allStatements('ascending=true&limit=25');
  expect(ascending.map(({ stored }) => stored)).toEqual(ascending.map(({ stored }) => stored).sort());
  expect((await allStatements()).map(({ id }) => id)).toEqual(ascending.map(({ id }) => id).reverse());
  const { stored } = ascending[10]!;
  const later = ascending.filter((each) => each.stored > stored);
  expect((await allStatements(`ascending=true&since=${stored}`)).map(({ id }) => id)).toEqual(
    later.map(({ id }) => id),
  );
  expect((await lrs('statements?since=2100-01-01T00:00:00Z')).body).toEqual({ statements: [], more: '' });
  const one = await lrs(`statements?statementId=${ascending[0]!.id}`);
  const agent = encodeURIComponent(JSON.stringify({ mbox: one.body.actor.mbox }));
  const own = await allStatements(`agent=${agent}`);
  expect(own.length).toBeGreaterThan(0);
  expect(own.length).toBeLessThan(ascending.length);
});

test('record store: a removed enrollment is voided, not deleted', async () => {
  sim = await definition.start({ scale: 400, variant: 'xapi' });
  const before = (await allStatements()).map(({ id }) => id);
  await control('delete', { type: 'enrollments', count: 1 });
  const after = await allStatements();
  const [lost] = before.filter((id) => !after.some((each) => each.id === id));
  expect(after[0]?.verb.id).toBe('http://adlnet.gov/expapi/verbs/voided');
  expect((await lrs(`statements?statementId=${lost}`)).status).toBe(404);
  expect((await lrs(`statements?voidedStatementId=${lost}`)).body.id).toBe(lost);
});

test('SCORM Cloud: pages by a token that stands alone, a time filter that is of creation unless told otherwise', async () => {
  sim = await definition.start({ scale: 1200, variant: 'scormcloud' });
  expect((await get('/api/v2/ping')).body).toEqual({ error: 'Authorization Required.' });
  expect((await cloud('ping')).body.apiMessage).toBe('API is up');
  const first = await cloud('registrations?includeTotalCount=true');
  const total = Number(first.headers.get('x-total-count'));
  expect(total).toBe(sim.totals().enrollments);
  const ids = new Set<string>();
  let page = first.body;
  for (;;) {
    for (const { id } of page.registrations) ids.add(id);
    if (page.more === null) break;
    expect((await cloud(`registrations?more=${page.more}&tags=x`)).status).toBe(400);
    const next = await cloud(`registrations?more=${page.more}`);
    expect(next.headers.get('x-total-count')).toBeNull();
    page = next.body;
  }
  expect(ids.size).toBe(total);

  const now = new Date(Date.now() - 1000).toISOString();
  const { changed } = (await control('change', { type: 'enrollments', count: 2 })) as { changed: string[] };
  expect((await cloud(`registrations?since=${now}`)).body.registrations).toEqual([]);
  const updated = (await cloud(`registrations?since=${now}&datetimeFilter=updated`)).body.registrations;
  expect(updated.map(({ id }) => `${id}:0`).sort()).toEqual([...changed].sort());
});

test('the experimental endpoint pages by number, takes both ways to send the key, and caps a page', async () => {
  sim = await definition.start({ scale: 2000, variant: 'api' });
  const path = '/partner/api/v1/enrollments?limit=5000';
  expect((await get(path)).status).toBe(401);
  const { apiKey = '' } = sim.credentials;
  expect((await get(path, { 'x-api-key': apiKey })).body.data.length).toBe(100);
  const { body } = await get(`${path}&page=2`, { authorization: `Bearer ${apiKey}` });
  expect(body).toMatchObject({ page: 2, totalPages: Math.ceil((sim.totals().enrollments ?? 0) / 100) });
});

test('throttling says how long to wait; a source that does not exist is refused by name', async () => {
  sim = await definition.start({ variant: 'xapi', scale: 200, limit: 1 });
  await lrs('statements');
  const { status, headers } = await lrs('statements');
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  await expect(definition.start({ variant: 'fax' })).rejects.toThrow('There is no source "fax". Known: csv, xapi');
});
