import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../src/simulator/clock.ts';
import type { Controlled } from '../../src/simulator/control.ts';
import type { Answer, Route } from '../../src/simulator/exchange.ts';
import { commonFaults, Faults, type Wording } from '../../src/simulator/faults.ts';
import { type SimulatorServer, serve } from '../../src/simulator/server.ts';

/** A vendor as small as can be: one list, one create, one sign-in. */
const wording: Wording = {
  throttled: (waitMs) => ({ status: 429, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) }, body: {} }),
  serverError: () => ({ status: 500, body: { error: 'boom' } }),
  unauthorised: (kind) => ({ status: 401, body: { kind } }),
};
const start = Date.parse('2026-08-03T10:00:00Z');
let time = start;
let stored: unknown[] = [];
let forgotten = 0;
let gate: Promise<void> | null = null;
let server: SimulatorServer;
let strict: SimulatorServer;
let url: string;

const routes: Route[] = [
  { method: 'POST', path: '/token', kind: 'sign-in', body: ['secret'], handle: () => ({ status: 200, body: {} }) },
  {
    method: 'GET',
    path: '/api/Things/{id}',
    kind: 'read',
    query: ['page', 'filter'],
    handle: async ({ params }): Promise<Answer> => {
      await gate;
      return { status: 200, body: { id: params.id, padding: 'x'.repeat(2000) } };
    },
  },
  {
    method: 'POST',
    path: '/api/Things',
    kind: 'write',
    query: [],
    body: ['name'],
    handle: ({ text }) => {
      stored.push(JSON.parse(text));
      return { status: 201, body: { stored: stored.length }, created: 1 };
    },
  },
];
const none: Controlled = {
  records: (type) => (type === 'tickets' ? [{ externalId: '1', updatedAt: null }] : null),
  totals: () => ({ tickets: 1 }),
  change: (type, count) => (type === 'tickets' ? Array.from({ length: count }, (_, i) => String(i)) : null),
  remove: () => null,
  create: () => null,
};

beforeEach(async () => {
  time = start;
  stored = [];
  forgotten = 0;
  gate = null;
  const api = {
    id: 'tiny',
    routes,
    ignoreCase: true,
    headers: ['x-thing'],
    limit: { requests: 1000, seconds: 60 },
    wording: {
      ...wording,
      notFound: () => ({ status: 404, body: {} }),
      undocumented: (lines: readonly string[]) => ({ status: 400, body: { lines } }),
    },
    controlled: none,
  };
  const faults = () => new Faults(commonFaults(wording, () => forgotten++));
  const clock = createClock(() => time);
  server = await serve({ ...api, faults: faults() }, { clock });
  strict = await serve({ ...api, faults: faults() }, { clock, strict: true });
  url = server.urls.main as string;
});
afterEach(async () => {
  await Promise.all([server.close(), strict.close()]);
});

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field.
const read = async (response: Response | Promise<Response>): Promise<any> => (await response).json();
const get = (path: string, init?: RequestInit) => fetch(url + path, init);
const post = (path: string, body: unknown, base = url) =>
  fetch(base + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const stats = async () => read(get('/__sim/stats'));
const fault = (name: string | null, count?: number) => post('/__sim/fault', { name, ...(count ? { count } : {}) });

describe('routing and the journal', () => {
  it('ignores the case of the path, decodes its parts, and tells the vendor time', async () => {
    const answer = await get('/API/things/a%20b');
    expect(await read(answer)).toMatchObject({ id: 'a b' });
    expect(answer.headers.get('date')).toBe('Mon, 03 Aug 2026 10:00:00 GMT');
    expect((await get('/nowhere')).status).toBe(404);
  });

  it('counts by route, without itself', async () => {
    await get('/api/Things/1');
    await get('/api/things/2');
    await post('/api/Things', { name: 'x' });
    await get('/__sim/totals');
    expect(await stats()).toMatchObject({
      requests: 3,
      writes: 1,
      throttled: 0,
      byPath: { 'GET /api/things/{id}': 2, 'POST /api/things': 1 },
    });
    await post('/__sim/stats/reset', {});
    expect(await stats()).toMatchObject({ requests: 0, writes: 0, byPath: {} });
  });

  it('knows how many requests it had in work at once', async () => {
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    const pending = [1, 2, 3].map((id) => get(`/api/Things/${id}`));
    while ((await stats()).requests < 3);
    open();
    await Promise.all(pending);
    expect((await stats()).maxAtOnce).toBe(3);
  });

  it('says which type it does not hold, and what there is instead of an unknown path', async () => {
    const unknown = await get('/__sim/records/companies');
    expect([unknown.status, (await read(unknown)).error]).toEqual([400, expect.stringContaining('"type" must be one')]);
    expect(await read(post('/__sim/change', { type: 'tickets', count: 2 }))).toEqual({ changed: ['0', '1'] });
    expect((await get('/__sim/nothing')).status).toBe(404);
  });
});

describe('a held call', () => {
  it('waits after so many others until it is let go, and the rest go on meanwhile', async () => {
    await post('/__sim/hold', { after: 1 });
    expect((await get('/api/Things/1')).status).toBe(200);
    const held = post('/api/Things', { name: 'a' });
    expect(await read(get('/__sim/held'))).toEqual({ held: { method: 'POST', path: '/api/Things' } });
    expect((await get('/api/Things/2')).status).toBe(200);
    expect(stored).toEqual([]);
    await post('/__sim/release', {});
    expect((await held).status).toBe(201);
    expect(stored).toEqual([{ name: 'a' }]);
  });

  it('can be cut off without having been looked at, and one that never comes is given up', async () => {
    await post('/__sim/hold', { after: 0 });
    const cut = expect(post('/api/Things', { name: 'a' })).rejects.toThrow();
    await get('/__sim/held');
    await post('/__sim/release', { cut: true });
    await cut;
    expect(stored).toEqual([]);
    await post('/__sim/hold', { after: 5 });
    const waiting = read(get('/__sim/held'));
    await post('/__sim/release', {});
    expect(await waiting).toEqual({ held: null });
  });
});

describe('the rolling window', () => {
  it('refuses what is over it, does not count refusals, and opens as the oldest leave', async () => {
    await post('/__sim/limit', { requests: 2, seconds: 60 });
    const status = async () => (await get('/api/Things/1')).status;
    expect(await status()).toBe(200);
    time += 20_000;
    expect(await status()).toBe(200);
    const refused = await get('/api/Things/1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '40']);
    time += 39_999;
    expect(await status()).toBe(429);
    time += 1;
    expect(await status()).toBe(200);
    expect(await status()).toBe(429);
    expect((await stats()).throttled).toBe(3);
    await post('/__sim/clock', { advanceSeconds: 60 });
    expect(await status()).toBe(200);
  });
});

describe('strict mode', () => {
  it('names every parameter, field and header that is not documented, and does nothing', async () => {
    const base = strict.urls.main as string;
    const wrong = await fetch(`${base}/api/Things/1?pagesize=5&filter[a]=1`, {
      headers: { 'x-odd': '1', 'X-Thing': '1' },
    });
    expect(wrong.status).toBe(400);
    const lines = ['GET /api/Things/{id}: header "x-odd"', 'GET /api/Things/{id}: query parameter "pagesize"'];
    expect(await read(wrong)).toEqual({ lines });
    expect((await post('/api/Things', [{ name: 'a' }, { nmae: 'b' }], base)).status).toBe(400);
    expect(stored).toEqual([]);
    expect((await read(fetch(`${base}/__sim/stats`))).undocumented).toEqual([
      ...lines,
      'POST /api/Things: body field "nmae"',
    ]);
    expect((await fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams({ secret: 'x' }) })).status).toBe(
      200,
    );
  });

  it('only takes note when it is off', async () => {
    expect((await get('/api/Things/1?pagesize=5')).status).toBe(200);
    expect((await stats()).undocumented).toEqual(['GET /api/Things/{id}: query parameter "pagesize"']);
  });
});

describe('faults', () => {
  it('refuses an unknown name with the list of names', async () => {
    const answer = await fault('gremlin');
    expect([answer.status, (await read(answer)).error]).toEqual([400, expect.stringContaining('server-error')]);
  });

  it.each([
    ['rate-limit', 2, [429, 429, 200]],
    ['server-error', 1, [500, 200, 200]],
    ['gateway-html', 1, [503, 200, 200]],
    ['maintenance', undefined, [503, 503, 503]],
    ['blocked-address', undefined, [403, 403, 403]],
  ])('%s with count %s answers data calls %j', async (name, count, expected) => {
    await fault(name, count);
    const seen: number[] = [];
    for (let i = 0; i < 3; i++) seen.push((await get('/api/Things/1')).status);
    expect(seen).toEqual(expected);
  });

  it('strikes data calls only, so that sign-in works during a rate limit', async () => {
    await fault('rate-limit');
    expect((await post('/token', {})).status).toBe(200);
    await fault('maintenance');
    expect((await post('/token', {})).status).toBe(503);
  });

  it('cuts the connection before the answer, or in the middle of its body', async () => {
    await fault('reset', 1);
    await expect(get('/api/Things/1')).rejects.toThrow();
    await fault('truncated-body', 1);
    const cut = await get('/api/Things/1');
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow();
    expect((await get('/api/Things/1')).status).toBe(200);
  });

  it('stores a create and then hides that it did', async () => {
    await fault('create-504', 1);
    expect((await post('/api/Things', { name: 'a' })).status).toBe(504);
    await fault('cut-creates', 1);
    await expect(post('/api/Things', { name: 'b' })).rejects.toThrow();
    expect(stored).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect((await post('/api/Things', { name: 'c' })).status).toBe(201);
  });

  it('forgets tokens once after so many calls, or refuses everybody from then on', async () => {
    await fault('expired-mid-run', 2);
    for (let i = 0; i < 2; i++) await get('/api/Things/1');
    expect(forgotten).toBe(0);
    await get('/api/Things/1');
    await get('/api/Things/1');
    expect(forgotten).toBe(1);
    await fault('revoked-mid-run', 1);
    expect((await get('/api/Things/1')).status).toBe(200);
    expect(await read(get('/api/Things/1'))).toEqual({ kind: 'read' });
    expect(await read(post('/token', {}))).toEqual({ kind: 'sign-in' });
  });

  it('is late when slow, and closes without waiting for what it owes', async () => {
    await fault('slow', 50);
    const before = performance.now();
    await get('/api/Things/1');
    expect(performance.now() - before).toBeGreaterThanOrEqual(45);
    await fault('slow', 600_000);
    const pending = get('/api/Things/1').catch(() => 'cut');
    while ((await stats()).requests < 2);
    await server.close();
    expect(await pending).toBeDefined();
  });
});
