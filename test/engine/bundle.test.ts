import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { catalogue } from '../../connectors/index.ts';
import { gatherBundle, writeBundle } from '../../src/engine/bundle/bundle.ts';
import { tar } from '../../src/engine/bundle/tar.ts';
import { connectedHouse, type House } from './house.ts';

const id = 'halo-psa';
let house: House;
const folder = mkdtempSync(join(tmpdir(), 'msportal-bundle-'));
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const gather = (withContent: boolean, har?: string) => {
  const { paths, clock } = house;
  const env = { HTTPS_PROXY: 'http://kim:canary-proxy-pass@proxy.example:3128', NO_PROXY: '*' };
  const looked = { paths, env, catalogue, now: clock.now, thorough: true, signal: new AbortController().signal };
  return gatherBundle(looked, { version: '1.2.3', withContent, har });
};

test('no secret ever, and no customer content unless asked: canaries in every place that is read', async () => {
  house = await connectedHouse(id);
  await house.engine.sync(id);
  // Lines of every kind: changes with values, rows held back, refusals, a failure that quotes the vendor.
  house.clock.pass(20 * 60_000);
  for (const type of ['tickets', 'companies', 'contacts']) await house.control('change', { type, count: 3 });
  await house.control('create', { type: 'tickets', count: 2 });
  await house.engine.sync(id);
  await house.control('fault', { name: 'server-error' });
  await house.engine.sync(id);
  const secret = house.sim.credentials.clientSecret!;
  const har = join(folder, 'traffic.har');
  const exchange = {
    request: {
      method: 'GET',
      url: 'https://vendor.example/Tickets?search=canary-query',
      headers: [{ name: 'x-odd', value: secret }],
    },
    response: { status: 200, headers: [], content: { text: 'canary-body', size: 11 } },
  };
  writeFileSync(har, JSON.stringify({ log: { entries: [exchange] } }));
  // What an older version might have logged.
  writeFileSync(
    house.paths.log,
    `${JSON.stringify({ time: new Date().toISOString(), level: 'info', message: `token ${secret}` })}\n`,
    { flag: 'a' },
  );

  const records = await Promise.all(
    (['companies', 'contacts', 'users', 'tickets'] as const).map(
      async (type) => (await house.engine.records({ type, limit: 500 })).records,
    ),
  );
  const content = new Set(
    records
      .flat()
      .flatMap(({ name, fullName, email, title, description, phone, ticketNumber }) =>
        [
          name,
          fullName,
          email,
          title,
          description,
          phone,
          ticketNumber && title ? `${ticketNumber} ${title}` : null,
        ].filter((value): value is string => typeof value === 'string' && value.length > 8),
      ),
  );
  expect(content.size).toBeGreaterThan(100);
  const text = (files: Awaited<ReturnType<typeof gather>>) => files.map((file) => file.text).join('\n');

  const plain = text(await gather(false, har));
  expect([...content].filter((value) => plain.includes(value))).toEqual([]);
  for (const canary of [secret, 'canary-proxy-pass', 'canary-body', 'canary-query'])
    expect(plain).not.toContain(canary);
  expect(plain).not.toMatch(/v1\.[0-9a-f]{8}\.[\w-]{20}/);
  // And yet it says what happened.
  expect(plain).toContain('"outcome":"updated"');
  expect(plain).toMatch(/"status": "failed"/);

  const whole = text(await gather(true, har));
  expect([...content].some((value) => whole.includes(value))).toBe(true);
  for (const canary of [secret, 'canary-proxy-pass']) expect(whole).not.toContain(canary);
});

test('the list is what the archive holds, tar reads it, and only its owner may', async () => {
  house = await connectedHouse(id);
  const files = await gather(false);
  expect(files.map(({ name }) => name)).toEqual([
    'versions.json',
    'config.json',
    'state.json',
    'doctor.json',
    'runs.json',
    'counts.json',
    'log.jsonl',
  ]);
  const path = join(mkdtempSync(join(tmpdir(), 'msportal-bundle-')), 'support.tar.gz');
  await writeBundle(path, files, Date.UTC(2026, 0, 5));
  const listed = execFileSync('tar', ['-tzf', path], { encoding: 'utf8' }).trim().split('\n');
  expect(listed).toEqual(files.map(({ name }) => `msportal-support/${name}`));
  expect(execFileSync('tar', ['-xzOf', path, 'msportal-support/versions.json'], { encoding: 'utf8' })).toBe(
    files[0]!.text,
  );
  expect(gunzipSync(readFileSync(path)).length % 512).toBe(0);
  rmSync(join(path, '..'), { recursive: true });
  expect(() => tar([{ name: 'ü', text: '' }], 0)).toThrow(RangeError);
});

test('a broken house still has a bundle, with what is broken in it', async () => {
  house = await connectedHouse(id);
  await house.engine.close();
  writeFileSync(house.paths.database, 'no database at all, only some words that are long enough');
  writeFileSync(house.paths.state, '{"half');
  rmSync(house.paths.keyFile);
  const files = Object.fromEntries((await gather(false)).map(({ name, text }) => [name, text]));
  expect(files['runs.json']).toContain('unreadable');
  expect(files['doctor.json']).toContain('not whole JSON');
});
