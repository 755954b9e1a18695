import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';
import { openConnector } from '../../src/connector/open.ts';
import { Runtime } from '../../src/connector/runtime.ts';
import { createRedactor } from '../../src/text/redact.ts';
import { json, TestClock, vendor } from './support.ts';

const field = { required: true, example: 'x', where: 'Settings', schema: z.string() };
const connector: Connector = {
  manifest: {
    id: 'vendor',
    name: 'Vendor',
    summary: '',
    family: 'psa',
    credentials: [
      { ...field, key: 'address', label: 'Address', secret: false },
      { ...field, key: 'secret', label: 'Secret', secret: true },
    ],
    options: [],
    recordTypes: [],
    budgets: [{ name: 'all', concurrency: 3, intervalCap: 300, intervalMs: 300_000 }],
  },
  guide: '',
  origins: ({ address = '' }) => ({ baseUrl: address, allowed: [] }),
  open: ({ http, credentials, memory }) => {
    const signedIn = http.withAuth({
      kind: 'bearer',
      source: {
        fetch: async (plain) => {
          const { body } = await plain.request({
            method: 'POST',
            url: '/token',
            form: { secret: credentials.secret ?? '' },
          });
          return { value: String((body as { token: string }).token), expiresIn: 3600 };
        },
      },
    });
    return {
      checks: () => [],
      async *read() {
        await signedIn.request({ url: '/rows' });
        memory.set('scope', 'narrow');
        yield { items: [], next: null };
      },
      feedPosition: async () => memory.get('scope') ?? 'unknown',
    };
  },
};

it('an integration keeps its token, its memory and its budget from run to run, until its credentials change', async () => {
  const { url, seen } = await vendor((one, response) =>
    json(response, one.url === '/token' ? { token: 'token-value' } : {}),
  );
  const runtime = new Runtime({ clock: new TestClock(), random: () => 0 });
  const redactor = createRedactor();
  const open = (secret: string) =>
    openConnector(connector, {
      credentials: { address: url, secret },
      options: {},
      runtime,
      redactor,
      userAgent: 'msportal/test',
      signal: new AbortController().signal,
      env: { HTTPS_PROXY: 'http://user:proxy%21password@proxy.example:3128' },
    });
  const run = async (secret: string) => {
    const { connection, close } = open(secret);
    const { signal } = new AbortController();
    for await (const _ of connection.read({ type: 'tickets', mode: 'full', since: null, position: null, signal }));
    close();
  };

  await run('first-secret');
  await run('first-secret');
  expect(seen.map((one) => one.url)).toEqual(['/token', '/rows', '/rows']);
  const { signal } = new AbortController();
  expect(await open('first-secret').connection.feedPosition?.('tickets', signal)).toBe('narrow');
  expect(await open('second-secret').connection.feedPosition?.('tickets', signal)).toBe('unknown');
  await run('second-secret');
  expect(seen.map((one) => one.url).slice(3)).toEqual(['/token', '/rows']);

  for (const secret of ['first-secret', 'second-secret', 'proxy!password', 'token-value']) {
    expect(redactor.redact(`told ${secret} here`)).toBe('told [redacted] here');
  }
  const [budget] = connector.manifest.budgets;
  expect(runtime.limiter(budget)).toBe(runtime.limiter({ ...budget }));
  expect(runtime.limiter({ ...budget, intervalCap: 10 })).not.toBe(runtime.limiter(budget));
});

it('credentials that name files on this machine give a client that sends nothing anywhere', async () => {
  const { url, seen } = await vendor((_, response) => json(response, {}));
  const { http } = openConnector(
    { ...connector, origins: () => null },
    {
      credentials: { address: url, secret: 'x' },
      options: {},
      runtime: new Runtime({ clock: new TestClock(), random: () => 0 }),
      redactor: createRedactor(),
      userAgent: 'msportal/test',
      signal: new AbortController().signal,
      env: {},
    },
  );
  for (const target of [url, '/rows', 'https://vendor.example/rows']) {
    expect(http.allows(target)).toBe(false);
    await expect(http.request({ url: target })).rejects.toMatchObject({ code: 'untrusted-host' });
  }
  expect(seen).toEqual([]);
});
