import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createHarRecorder } from '../../src/connector/har.ts';
import { createRedactor } from '../../src/text/redact.ts';
import { client, json, vendor } from './support.ts';

it('holds every exchange, the sign-in and the failures too, and no secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'har-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'traffic.har');
  const redactor = createRedactor();
  const har = createHarRecorder({ path, version: '1.2.3', redactor });
  const canaries = {
    form: 'canary-form-1',
    token: 'canary-token-2',
    query: 'canary-query-3',
    json: 'canary-json-4',
    echo: 'canary-echo-5',
  };
  redactor.add(canaries.echo);
  const { url } = await vendor((one, response) => {
    if (one.url === '/token')
      json(response, { access_token: canaries.token, scope: 'all' }, 200, { 'set-cookie': 'sid=canary-cookie-6' });
    else if (one.url.startsWith('/gone')) response.destroy();
    else json(response, { nested: [{ apiKey: canaries.json, code: 'kept', note: `you sent ${canaries.echo}` }] });
  });
  const http = client(url, { har, redactor, tries: 1 }).withAuth({
    kind: 'bearer',
    source: {
      fetch: async (plain) => {
        const { body } = await plain.request({
          method: 'POST',
          url: '/token',
          form: { client_secret: canaries.form, grant_type: 'g' },
        });
        return { value: (body as { access_token: string }).access_token, expiresIn: 60 };
      },
    },
  });
  await http.request({ url: '/x', query: { api_key: canaries.query, page: 1 } });
  await http.request({ url: '/gone' }).catch(() => {});
  await har.write();

  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain('canary');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const { log } = JSON.parse(text);
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'msportal', version: '1.2.3' } });
  expect(log.entries).toHaveLength(3);
  const [signIn, read, gone] = log.entries;
  expect(signIn.request.postData).toMatchObject({ text: expect.stringContaining('grant_type=g') });
  expect(JSON.parse(signIn.response.content.text)).toEqual({ access_token: '[redacted]', scope: 'all' });
  expect(read.request.queryString).toEqual([
    { name: 'api_key', value: '[redacted]' },
    { name: 'page', value: '1' },
  ]);
  expect(read.request.headers).toContainEqual({ name: 'authorization', value: '[redacted]' });
  expect(JSON.parse(read.response.content.text)).toEqual({
    nested: [{ apiKey: '[redacted]', code: 'kept', note: 'you sent [redacted]' }],
  });
  expect(gone).toMatchObject({ response: { status: 0 }, _error: expect.stringContaining('broke off') });
});
