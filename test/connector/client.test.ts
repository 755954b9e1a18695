import type http from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  Cancelled,
  type ConnectorError,
  Forbidden,
  Malformed,
  NotFound,
  RateLimited,
  Rejected,
  Unauthorized,
  UntrustedHost,
  VendorFault,
} from '../../src/connector/errors.ts';
import type { Token } from '../../src/connector/http.ts';
import { client, json, TestClock, vendor } from './support.ts';

async function failure(promise: Promise<unknown>): Promise<ConnectorError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error as ConnectorError;
}

describe('a request', () => {
  it('carries query, headers, body and the name of the program, and is counted', async () => {
    const { url, seen } = await vendor((_, response) => json(response, { ok: true }));
    const http = client(`${url}/api/v1`);
    const answer = await http.request({
      method: 'POST',
      url: '/tickets',
      query: { page: 2, ids: [1, 2], none: undefined },
      json: { title: 'Ü' },
      headers: { 'X-Custom': 'yes' },
    });
    expect(answer).toMatchObject({ status: 200, body: { ok: true }, url: `${url}/api/v1/tickets?page=2&ids=1&ids=2` });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/v1/tickets?page=2&ids=1&ids=2', body: '{"title":"Ü"}' });
    expect(seen[0]?.headers).toMatchObject({
      'x-custom': 'yes',
      'user-agent': 'msportal/test',
      'content-type': 'application/json',
    });
    expect(http.stats).toMatchObject({ requests: 1, bytesSent: 14, retries: 0, waitedMs: 0 });
  });

  it('understands compressed answers and stops reading one that unpacks to too much', async () => {
    const packed = gzipSync(JSON.stringify({ text: 'x'.repeat(100_000) }));
    const { url } = await vendor((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed),
    );
    expect((await client(url).request({ url: '/' })).body).toMatchObject({
      text: expect.stringMatching(/^x{100000}$/),
    });
    const error = await failure(client(url, { maxResponseBytes: 50_000 }).request({ url: '/' }));
    expect(error).toBeInstanceOf(Malformed);
    expect(error.reason).toContain('in one answer');
  });

  it('knows the time at the vendor from its Date header and the time since', async () => {
    const { url } = await vendor((_, response) => json(response, {}, 200, { date: 'Mon, 05 Jan 2026 03:00:00 GMT' }));
    const clock = new TestClock();
    const http = client(url, { clock });
    expect(http.vendorNow()).toBeNull();
    await http.request({ url: '/' });
    clock.advance(90_000);
    expect(http.vendorNow()?.toISOString()).toBe('2026-01-05T03:01:30.000Z');
  });
});

describe('hosts nobody named', () => {
  it('get nothing: other origins, plain http, and other ports are refused before anything is sent', async () => {
    const other = await vendor((_, response) => json(response, {}));
    const { url } = await vendor((_, response) => json(response, {}));
    const http = client(url);
    for (const target of [`${other.url}/x`, '//vendor.example/x', 'https://vendor.example', 'file:///etc/passwd']) {
      expect(await failure(http.request({ url: target })), target).toBeInstanceOf(UntrustedHost);
      expect(http.allows(target)).toBe(false);
    }
    expect(await failure(client('http://vendor.example').request({ url: '/' }))).toMatchObject({
      code: 'untrusted-host',
      reason: expect.stringContaining('not encrypted'),
    });
    expect(other.seen).toEqual([]);
  });

  it('get no credential by way of a redirect; within the origin a GET is followed', async () => {
    const other = await vendor((_, response) => json(response, {}));
    const { url, seen } = await vendor(({ url: path }, response) => {
      if (path === '/moved') response.writeHead(302, { location: '/here' }).end();
      else if (path === '/away') response.writeHead(307, { location: `${other.url}/steal` }).end();
      else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else json(response, { at: path });
    });
    // Even an origin that is allowed by itself has not asked for these credentials.
    const http = client(url, { allowedOrigins: [other.url] }).withAuth({
      kind: 'headers',
      headers: { authorization: 'Basic c2VjcmV0' },
    });
    expect((await http.request({ url: '/moved' })).body).toEqual({ at: '/here' });
    const error = await failure(http.request({ url: '/away' }));
    expect(error).toBeInstanceOf(UntrustedHost);
    expect(error.reason).toContain(new URL(other.url).host);
    expect(other.seen).toEqual([]);
    expect(await failure(http.request({ url: '/loop' }))).toBeInstanceOf(Malformed);
    expect(seen.filter((one) => one.url === '/loop')).toHaveLength(4);
    expect(await failure(http.request({ method: 'POST', url: '/moved', json: {} }))).toBeInstanceOf(Malformed);
  });
});

describe('answers that are failures', () => {
  const cases = [
    [401, Unauthorized],
    [403, Forbidden],
    [404, NotFound],
    [400, Rejected],
    [409, Rejected],
    [422, Rejected],
    [500, VendorFault],
    [503, VendorFault],
  ] as const;

  it.each(cases)('HTTP %d is typed, with a cause and a fix', async (status, type) => {
    const { url } = await vendor((_, response) => json(response, { message: 'the vendor says so' }, status));
    const error = await failure(client(url, { tries: 1 }).request({ url: '/' }));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, detail: 'the vendor says so' });
    expect(error.fix).not.toBe('');
  });

  it('keep the complaints per field', async () => {
    const bodies = [
      { errors: { email: ['is taken', 'is too long'] } },
      { errors: [{ field: 'email', message: 'is taken; is too long' }] },
      { error: { param: 'email', message: 'is taken; is too long' } },
    ];
    for (const body of bodies) {
      const { url } = await vendor((_, response) => json(response, body, 422));
      expect((await failure(client(url).request({ url: '/' }))) as Rejected).toMatchObject({
        fields: { email: 'is taken; is too long' },
      });
    }
  });

  it('are explained by the connector first, and given back where it accepts the status', async () => {
    const { url } = await vendor((_, response) => json(response, { code: 7 }, 404));
    const http = client(url).withExplain((given) =>
      (given.body as { code: number }).code === 7 ? new Unauthorized({ reason: 'Seven.', fix: 'Eight.' }) : undefined,
    );
    expect(await failure(http.request({ url: '/' }))).toMatchObject({ code: 'unauthorized', reason: 'Seven.' });
    expect(await http.request({ url: '/', accept: [404] })).toMatchObject({ status: 404, body: { code: 7 } });
  });

  it('quote at most 200 safe characters: no secret, no control character', async () => {
    const secret = 'canary-5f0c2a9e';
    const hostile = `\u001b[2J\u202e no json ${secret} ${'y'.repeat(500)}`;
    const { url } = await vendor((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end(hostile),
    );
    const http = client(url);
    http.redactor.add(secret);
    const error = await failure(http.request({ url: '/' }));
    expect(error).toBeInstanceOf(Malformed);
    expect(error.detail).toMatch(/^\[2J no json \[redacted\] y+…$/);
    expect(error.detail?.length).toBeLessThanOrEqual(201);
    expect(JSON.stringify(error.toFailure())).not.toContain(secret);
  });

  it('tell a web page from an API', async () => {
    const page = '<!DOCTYPE html><html><title>Bad gateway</title></html>';
    const html = { 'content-type': 'text/html' };
    const { url } = await vendor(({ url: path }, response) =>
      response.writeHead(Number(path.slice(1)), html).end(page),
    );
    const http = client(url, { tries: 1 });
    expect(await failure(http.request({ url: '/502' }))).toMatchObject({ code: 'vendor-fault', detail: 'Bad gateway' });
    expect(await failure(http.request({ url: '/200' }))).toMatchObject({
      code: 'malformed',
      reason: expect.stringContaining('a web page'),
    });
    expect(await failure(http.request({ url: '/403' }))).toMatchObject({
      code: 'forbidden',
      reason: expect.stringContaining('firewall'),
    });
    expect(await http.request({ url: '/404', accept: [404] })).toMatchObject({ status: 404, body: page });
    expect((await http.request({ url: '/200', expect: 'text' })).body).toBe(page);
  });
});

describe('retries', () => {
  it('are made for reads, bounded, with growing waits that end in success or in the last failure', async () => {
    let answers = 0;
    const { url, seen } = await vendor((_, response) => {
      answers += 1;
      json(response, {}, answers < 4 ? 500 : 200);
    });
    const clock = new TestClock();
    const http = client(url, { clock });
    await http.request({ url: '/' });
    expect(seen).toHaveLength(4);
    expect(http.stats).toMatchObject({ retries: 3, requests: 4 });
    answers = -10;
    expect(await failure(http.request({ url: '/' }))).toBeInstanceOf(VendorFault);
    expect(seen).toHaveLength(8);
  });

  it('are never made for writes, unless they are said to be reads', async () => {
    const { url, seen } = await vendor((_, response) => json(response, {}, 503));
    const http = client(url);
    await failure(http.request({ method: 'POST', url: '/', json: {} }));
    await failure(http.request({ method: 'PUT', url: '/', json: {} }));
    expect(seen).toHaveLength(2);
    await failure(http.request({ method: 'POST', url: '/', json: {}, idempotent: true }));
    expect(seen).toHaveLength(6);
  });

  it('wait as long as Retry-After says, in seconds or as a date by the clock of the vendor', async () => {
    const waits = ['7', 'Mon, 01 Jan 2024 00:00:09 GMT'];
    const { url } = await vendor((_, response) => {
      const after = waits.shift();
      json(
        response,
        {},
        after ? 503 : 200,
        after ? { 'retry-after': after, date: 'Mon, 01 Jan 2024 00:00:00 GMT' } : {},
      );
    });
    const clock = new TestClock();
    await client(url, { clock }).request({ url: '/' });
    expect(clock.slept).toEqual([7_000, 9_000]);
  });
});

describe('429', () => {
  it('is waited for and told, and counts as waiting, not as failure', async () => {
    let answers = 0;
    const { url } = await vendor((_, response) => {
      answers += 1;
      json(response, {}, answers <= 3 ? 429 : 200, answers === 1 ? { 'retry-after': '20' } : {});
    });
    const clock = new TestClock();
    const told: unknown[] = [];
    const start = clock.now();
    const http = client(url, { clock, onWaiting: (waiting) => told.push(waiting) });
    expect((await http.request({ url: '/' })).status).toBe(200);
    expect(clock.slept).toEqual([20_000, 30_000, 45_000]);
    expect(http.stats).toMatchObject({ throttled: 3, retries: 0, waitedMs: 95_000 });
    expect(told[0]).toEqual({ untilMs: start + 20_000, why: 'Vendor asked us to wait' });
    expect(told.at(-1)).toBeNull();
  });

  it('stops every caller of the budget, and one wave of them is one strike', async () => {
    let throttling = true;
    const clock = new TestClock();
    const { url, seen } = await vendor((_, response) => json(response, {}, throttling ? 429 : 200));
    const gate = Promise.withResolvers<void>();
    clock.sleep = async (ms) => {
      clock.slept.push(ms);
      await gate.promise;
      clock.advance(ms);
    };
    const told = Promise.withResolvers<void>();
    const http = client(url, {
      clock,
      onWaiting: (waiting) => waiting !== null && http.stats.throttled === 4 && told.resolve(),
    });
    const requests = Array.from({ length: 10 }, () => http.request({ url: '/' }));
    await told.promise;
    expect(seen).toHaveLength(4);
    throttling = false;
    gate.resolve();
    await Promise.all(requests);
    expect(clock.slept).toEqual([15_000]);
    expect(seen).toHaveLength(14);
  });

  it('ends as RateLimited when the vendor asks for longer than is sensible', async () => {
    const { url, seen } = await vendor((_, response) =>
      json(response, { error: 'daily quota' }, 429, { 'retry-after': '86400' }),
    );
    const clock = new TestClock();
    const error = await failure(client(url, { clock }).request({ url: '/' }));
    expect(error).toMatchObject({ code: 'rate-limited', until: clock.now() + 86_400_000, detail: 'daily quota' });
    expect(seen).toHaveLength(1);
  });

  it('is sent again for a write only when it is clearly the limiter that answered', async () => {
    let type = 'application/json';
    let answers = 0;
    const { url, seen } = await vendor((_, response) => {
      answers += 1;
      if (answers % 2 === 0) json(response, {});
      else response.writeHead(429, { 'content-type': type }).end(type.includes('html') ? '<html>busy</html>' : '{}');
    });
    const http = client(url);
    await http.request({ method: 'POST', url: '/', json: {} });
    expect(seen).toHaveLength(2);
    type = 'text/html';
    expect(await failure(http.request({ method: 'POST', url: '/', json: {} }))).toBeInstanceOf(RateLimited);
    expect(seen).toHaveLength(3);
  });

  it('may hide in another answer, which the connector recognises', async () => {
    let answers = 0;
    const { url } = await vendor((_, response) => {
      answers += 1;
      if (answers > 1) return json(response, { ok: 1 });
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Too many requests</html>');
    });
    const http = client(url).withExplain(({ body }) =>
      String(body).includes('Too many') ? new RateLimited(0, { reason: 'Busy.', fix: 'Wait.' }) : undefined,
    );
    expect((await http.request({ url: '/' })).body).toEqual({ ok: 1 });
  });
});

describe('tokens', () => {
  /** Accepts the tokens in `valid` and hands out t1, t2, ... */
  async function signIn(valid: (token: string) => boolean, expiresIn = 3600) {
    const { url, seen } = await vendor((one, response) => {
      if (one.url === '/token')
        json(response, { access_token: `token-${seen.filter(({ url }) => url === '/token').length}` });
      else json(response, {}, valid(one.headers.authorization ?? '') ? 200 : 401);
    });
    const clock = new TestClock();
    const root = client(url, { clock });
    const fetch = async (http: typeof root): Promise<Token> => {
      const { body } = await http.request({ method: 'POST', url: '/token', form: { grant_type: 'x' } });
      return { value: (body as { access_token: string }).access_token, expiresIn };
    };
    const http = root.withAuth({ kind: 'bearer', source: { fetch: fetch as never } });
    return {
      http,
      clock,
      seen,
      fetched: () => seen.filter(({ url }) => url === '/token').length,
      redactor: root.redactor,
    };
  }

  it('are fetched once for many callers, renewed before they end, and kept from all output', async () => {
    const { http, clock, fetched, redactor } = await signIn(() => true);
    await Promise.all(Array.from({ length: 8 }, () => http.request({ url: '/x' })));
    expect(fetched()).toBe(1);
    expect(redactor.redact('see token-1')).toBe('see [redacted]');
    clock.advance(3_500_000);
    await http.request({ url: '/x' });
    expect(fetched()).toBe(1);
    clock.advance(50_000);
    await http.request({ url: '/x' });
    expect(fetched()).toBe(2);
    expect((await http.token()).value).toBe('token-2');
  });

  it('are renewed once after a 401, by one caller for all, and the requests repeated', async () => {
    const { http, fetched, seen } = await signIn((token) => token === 'Bearer token-2');
    const answers = await Promise.all(Array.from({ length: 4 }, () => http.request({ url: '/x' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(fetched()).toBe(2);
    expect(seen.filter(({ url }) => url === '/x')).toHaveLength(8);
  });

  it('that are refused even when new end as Unauthorized, without a third sign-in', async () => {
    const { http, fetched } = await signIn(() => false);
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => http.request({ url: '/x' })));
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unauthorized' } });
    expect(fetched()).toBe(2);
    await failure(http.request({ url: '/x' }));
    expect(fetched()).toBe(2);
  });

  it('are not renewed over and over where one address refuses what another accepts', async () => {
    let accepting: () => Promise<unknown> = async () => {};
    const { url, seen } = await vendor(async (one, response) => {
      if (one.url === '/token') return json(response, { t: seen.length });
      if (one.url === '/accepts') return json(response, {});
      await accepting();
      return json(response, {}, 401);
    });
    const http = client(url).withAuth({
      kind: 'bearer',
      source: {
        fetch: async (plain) => {
          const { body } = await plain.request({ method: 'POST', url: '/token' });
          return { value: JSON.stringify(body), expiresIn: 3600 };
        },
      },
    });
    accepting = () => http.request({ url: '/accepts' });
    expect(await failure(http.request({ url: '/refuses' }))).toBeInstanceOf(Unauthorized);
    expect(seen.filter((one) => one.url === '/token')).toHaveLength(2);
  });

  it('that cannot be had fail all who wait with one attempt, and the next caller tries afresh', async () => {
    let good = false;
    const { url, seen } = await vendor((one, response) =>
      one.url === '/token' ? json(response, { t: 'token-ok' }, good ? 200 : 401) : json(response, {}),
    );
    const http = client(url).withAuth({
      kind: 'bearer',
      source: {
        fetch: async (plain) => ({
          value: String((await plain.request({ method: 'POST', url: '/token' })).body),
          expiresIn: 60,
        }),
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map(() => http.request({ url: '/x' })));
    for (const result of results) expect(result).toMatchObject({ reason: { code: 'unauthorized' } });
    expect(seen).toHaveLength(1);
    good = true;
    expect((await http.request({ url: '/x' })).status).toBe(200);
  });
});

describe('cancellation', () => {
  it('ends a request that runs, one that is queued, and one that sleeps', async () => {
    const arrived = Promise.withResolvers<void>();
    const { url, seen } = await vendor(() => arrived.resolve());
    const stop = new AbortController();
    const http = client(url, {
      signal: stop.signal,
      budgets: [{ name: 'one', concurrency: 1, intervalCap: 9, intervalMs: 1000 }],
    });
    const both = [http.request({ url: '/runs' }), http.request({ url: '/queued' })].map(failure);
    await arrived.promise;
    stop.abort();
    for (const error of await Promise.all(both)) expect(error).toBeInstanceOf(Cancelled);
    expect(seen).toHaveLength(1);
    expect(await failure(http.request({ url: '/after' }))).toBeInstanceOf(Cancelled);

    const throttling = await vendor((_, response) => json(response, {}, 429, { 'retry-after': '500' }));
    const mine = new AbortController();
    const { systemClock } = await import('../../src/connector/clock.ts');
    const sleeper = client(throttling.url, {
      clock: systemClock,
      onWaiting: (waiting) => waiting !== null && mine.abort(),
    });
    expect(await failure(sleeper.request({ url: '/', signal: mine.signal }))).toBeInstanceOf(Cancelled);
  });
});

describe('budgets', () => {
  it('let no more through at once than the vendor allows', async () => {
    const held: http.ServerResponse[] = [];
    let most = 0;
    const { url } = await vendor((_, response) => {
      held.push(response);
      most = Math.max(most, held.length);
      // A third would have this long to arrive.
      if (held.length === 2)
        setTimeout(
          () =>
            held.splice(0).forEach((one) => {
              json(one, {});
            }),
          5,
        );
    });
    const http = client(url, { budgets: [{ name: 'a', concurrency: 2, intervalCap: 100, intervalMs: 1000 }] });
    await Promise.all(Array.from({ length: 12 }, () => http.request({ url: '/' })));
    expect(most).toBe(2);
  });

  it('spread the last of a quota over the time until it is filled again', async () => {
    const { url } = await vendor((_, response) => json(response, {}, 200, { 'x-left': '4' }));
    const clock = new TestClock();
    const http = client(url, {
      clock,
      budgetFeedback: (headers, now) => ({ remaining: Number(headers['x-left']), limit: 100, resetAt: now + 50_000 }),
    });
    await http.request({ url: '/' });
    await http.request({ url: '/' });
    expect(clock.slept).toEqual([10_000]);
  });

  it('leave a gap between requests while the vendor, asked in a body, says that others need room', async () => {
    let used = 60;
    const { url, seen } = await vendor((_, response) => json(response, { used }));
    const clock = new TestClock();
    const http = client(url, {
      clock,
      budgetFeedback: (_, now, body) => {
        const share = (body as { used: number }).used;
        return { remaining: 100 - share, limit: 100, resetAt: now, ...(share >= 50 ? { gapMs: 2_000 } : {}) };
      },
    });
    await http.request({ url: '/' });
    await Promise.all([1, 2, 3].map(() => http.request({ url: '/' })));
    expect(clock.slept).toEqual([2_000, 2_000]);
    used = 10;
    await http.request({ url: '/' });
    await Promise.all([1, 2].map(() => http.request({ url: '/' })));
    expect(clock.slept).toEqual([2_000, 2_000, 2_000]);
    expect(seen).toHaveLength(7);
  });
});
