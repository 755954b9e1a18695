import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { deliver, messageOf } from '../../src/service/delivery.ts';
import { temporaryFolder } from '../state/folder.ts';

const message = messageOf(
  {
    event: 'error',
    integration: { id: 'halo-psa', name: 'Halo PSA' },
    message: 'Halo PSA does not sync: $(touch owned) is down.',
    error: null,
    lastSync: null,
  },
  Date.parse('2026-03-01T12:00:00Z'),
);

function secret(mode = 0o600): string {
  const file = join(temporaryFolder(), 'secret');
  writeFileSync(file, 'a-secret-for-tests\n');
  chmodSync(file, mode);
  return file;
}

/** Answers each request with the next status, the last for ever. */
async function receiver(...statuses: number[]) {
  const requests: { body: string; signature: unknown }[] = [];
  const server = createServer(async (request, response) => {
    requests.push({ body: await text(request), signature: request.headers['x-msportal-signature-256'] });
    const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!;
    response.writeHead(status, { location: '/elsewhere' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, requests };
}

test('a webhook gets the message with a signature that its receiver can check', async () => {
  const { url, requests } = await receiver(204);
  await deliver({ webhook: { url, secretFile: secret() } }, message);
  expect(requests).toHaveLength(1);
  expect(JSON.parse(requests[0]!.body)).toEqual(message);
  const expected = createHmac('sha256', 'a-secret-for-tests').update(requests[0]!.body).digest('hex');
  expect(requests[0]!.signature).toBe(`sha256=${expected}`);
});

test('a refusal is told without the address, a redirect is not followed, a readable secret is not used', async () => {
  const refusing = await receiver(403);
  await expect(deliver({ webhook: { url: refusing.url, secretFile: secret() } }, message)).rejects.toThrow(
    /notify\.webhook was not taken by 127\.0\.0\.1:\d+: .*403/,
  );
  const moved = await receiver(302);
  await deliver({ webhook: { url: moved.url, secretFile: secret() } }, message).catch(() => {});
  expect(moved.requests).toHaveLength(1);
  const open = await receiver(204);
  await expect(deliver({ webhook: { url: open.url, secretFile: secret(0o644) } }, message)).rejects.toThrow(
    'chmod 600',
  );
  expect(open.requests).toHaveLength(0);
});

test('a command gets the message on its input and in its environment, without a shell', async () => {
  const out = join(temporaryFolder(), 'out');
  const script = `require('fs').writeFileSync(process.argv[1], JSON.stringify([require('fs').readFileSync(0, 'utf8'), process.env.MSPORTAL_EVENT, process.env.MSPORTAL_MESSAGE]))`;
  await deliver({ command: [process.execPath, '-e', script, out] }, message);
  const [body, event, words] = JSON.parse(readFileSync(out, 'utf8'));
  expect(JSON.parse(body)).toEqual(message);
  expect([event, words]).toEqual(['error', message.message]);
});

test('what fails is said, and the other way is tried all the same', async () => {
  const { url, requests } = await receiver(204);
  const both = { command: ['/no/such/program'], webhook: { url, secretFile: secret() } };
  await expect(deliver(both, message)).rejects.toThrow('notify.command could not be started');
  expect(requests).toHaveLength(1);
  await expect(deliver({ command: [process.execPath, '-e', 'process.exit(3)'] }, message)).rejects.toThrow(
    'ended with 3',
  );
});
