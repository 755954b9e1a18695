/** What goes over the wire, to the letter. */
import { expect, onTestFinished, test } from 'vitest';
import connector, { manifest } from '../../../connectors/connectwise-manage/index.ts';
import type { Page, ReadRequest } from '../../../src/connector/contract.ts';
import { parseOptions } from '../../../src/connector/credentials.ts';
import { openConnector } from '../../../src/connector/open.ts';
import { Runtime } from '../../../src/connector/runtime.ts';
import { createRedactor } from '../../../src/text/redact.ts';
import { json, TestClock, vendor } from '../../connector/support.ts';

const credentials = {
  companyId: 'Käse',
  publicKey: 'aB3dE5fG7hI9jK1m',
  privateKey: 'zZ9yX8wV7uT6sR5q',
  clientId: '00000000-aaaa-4bbb-8ccc-000000000001',
};

/** A connection to a vendor that has one ticket, no forward links, and remembers what it was asked. */
async function connection(more: Record<string, string> = {}, chosen: Record<string, boolean> = {}) {
  const { url, seen } = await vendor(({ url: path, method }, response) => {
    if (path.startsWith('/login/')) return json(response, { Codebase: 'v2025_1', IsCloud: 'True' });
    if (method === 'POST') return json(response, { id: 8, summary: 'Größer' }, 201);
    if (/tickets\/\d+\?/.test(path)) return json(response, { code: 'NotFound', message: 'Not found.' }, 404);
    if (path.includes('id%3D404')) return json(response, [], 200, { link: '' });
    if (path.includes('/boards?')) return json(response, [{ id: 1, name: 'Help Desk' }], 200, { link: '' });
    return json(response, [{ id: 7, _info: { lastUpdated: '2026-01-31T08:15:02Z' } }], 200, { link: '' });
  });
  const options = parseOptions(manifest, chosen);
  const opened = openConnector(connector, {
    credentials: { site: url, ...credentials, ...more },
    options: options.ok ? options.values : {},
    runtime: new Runtime({ clock: new TestClock() }),
    redactor: createRedactor(),
    userAgent: 'msportal/test',
    signal: new AbortController().signal,
    env: {},
  });
  onTestFinished(() => opened.close());
  const read = async (request: Partial<ReadRequest>) => {
    const pages: Page[] = [];
    const { signal } = new AbortController();
    const whole = { type: 'tickets', mode: 'full', since: null, position: null, signal, ...request } as const;
    for await (const page of opened.connection.read(whole)) pages.push(page);
    return pages;
  };
  const writer = opened.connection.writer!('tickets')!;
  return { read, writer, seen };
}

test('the company is looked up without keys; then every call carries them, in UTF-8, and the Client ID', async () => {
  const { read, seen } = await connection();
  await read({});
  expect(seen.map(({ url }) => url.split('?')[0])).toEqual([
    '/login/companyinfo/K%C3%A4se',
    '/v2025_1/apis/3.0/service/tickets',
  ]);
  expect(seen[0]?.headers).not.toHaveProperty('authorization');
  expect(seen[0]?.headers).not.toHaveProperty('clientid');
  const basic = String(seen[1]?.headers.authorization).replace('Basic ', '');
  expect(Buffer.from(basic, 'base64').toString('utf8')).toBe('Käse+aB3dE5fG7hI9jK1m:zZ9yX8wV7uT6sR5q');
  expect(seen[1]?.headers).toMatchObject({ clientid: credentials.clientId, accept: 'application/json' });
});

test('lists go forward only, at the largest page, without an order, with the fields that are used and _info', async () => {
  const { read, seen } = await connection();
  const [page] = await read({ position: { after: 3 } });
  expect(page?.next).toBeNull();
  const { url = '', headers } = seen[1] ?? {};
  expect(headers).toMatchObject({ 'pagination-type': 'forward-only' });
  const query = new URL(url, 'http://vendor.example').searchParams;
  expect([...query.keys()].sort()).toEqual(['fields', 'pageId', 'pageSize']);
  expect([query.get('pageId'), query.get('pageSize')]).toEqual(['3', '1000']);
  const fields = query.get('fields')?.split(',') ?? [];
  expect(fields).toEqual(expect.arrayContaining(['id', 'summary', 'board', 'closedFlag', '_info']));
  expect(fields).not.toContain('dateEntered');
});

test('changes are asked for inclusively, in whole seconds of UTC', async () => {
  const { read, seen } = await connection();
  await read({ mode: 'changes', since: '2026-01-31T08:00:00.750Z' });
  const query = new URL(seen[1]?.url ?? '', 'http://vendor.example').searchParams;
  expect(query.get('conditions')).toBe('lastUpdated>=[2026-01-31T08:00:00Z]');
});

test('a model version is sent only when the operator names one', async () => {
  const { read, seen } = await connection({ apiVersion: '2025.1' });
  await read({});
  expect(seen[1]?.headers.accept).toBe('application/vnd.connectwise.com+json; version=2025.1');
});

test.each([false, true])(
  'a new ticket and a note, with notifications %s, are plain objects in UTF-8',
  async (notifications) => {
    const { writer, seen } = await connection({}, { notifications });
    const { signal } = new AbortController();
    const quiet = notifications ? {} : { processNotifications: false };
    const fields = { title: 'Größer', companyExternalId: '250', boardName: 'Help Desk', assigneeExternalId: null };
    await writer.create!(fields, 'msp-1', signal);
    await writer.addNote!('8', { text: 'Ours.', private: true }, 'msp-2', signal);
    const sent = seen.filter(({ method }) => method === 'POST');
    expect(sent.map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
      [
        '/v2025_1/apis/3.0/service/tickets',
        {
          recordType: 'ServiceTicket',
          summary: 'Größer',
          company: { id: 250 },
          board: { id: 1 },
          externalXRef: 'msp-1',
          ...quiet,
        },
      ],
      [
        '/v2025_1/apis/3.0/service/tickets/8/notes',
        { text: 'Ours.', detailDescriptionFlag: false, internalAnalysisFlag: true, resolutionFlag: false, ...quiet },
      ],
    ]);
    expect(sent[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
  },
);

test('404 alone is no proof that a ticket is gone, because keys may be refused so; a list without it is', async () => {
  const { writer } = await connection();
  const { signal } = new AbortController();
  expect(await writer.current('404', signal)).toEqual({ kind: 'gone', externalId: '404' });
  await expect(writer.current('7', signal)).rejects.toMatchObject({ code: 'not-found' });
});
