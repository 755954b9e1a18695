/** Twelve broken installations: the doctor or the connection test names the cause of each, and what mends it. */
import { chmodSync, copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { afterEach, describe, expect, test } from 'vitest';
import { catalogue } from '../../connectors/index.ts';
import { openEngine } from '../../src/engine/create.ts';
import { diagnose } from '../../src/engine/doctor/doctor.ts';
import type { Finding, House as Looked } from '../../src/engine/doctor/finding.ts';
import { Config } from '../../src/state/config.ts';
import { createRedactor } from '../../src/text/redact.ts';
import { listen } from '../connector/support.ts';
import { connectedHouse, HastyClock, type House } from './house.ts';

const id = 'halo-psa';
let house: House;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
});

const pem = (name: string) => readFileSync(new URL(`../connector/certificates/${name}.pem`, import.meta.url), 'utf8');

function doctor(given: Partial<Looked> = {}): Promise<readonly Finding[]> {
  const { paths, clock } = house;
  const { signal } = new AbortController();
  return diagnose({ paths, env: {}, catalogue, now: clock.now, thorough: true, signal, ...given });
}

async function found(finding: string, given: Partial<Looked> = {}): Promise<Finding | undefined> {
  return (await doctor(given)).find((each) => each.id === finding || each.id.startsWith(`${finding}:`));
}

/** Everything that is wrong, each with a cause and a way out. */
function wrong(findings: readonly Finding[]): string[] {
  const bad = findings.filter(({ status }) => status === 'failed' || status === 'warning');
  for (const { cause, fix } of bad)
    expect([cause, fix]).toEqual([expect.stringMatching(/\w/), expect.stringMatching(/\w/)]);
  return bad.map((finding) => finding.id);
}

test('nothing is wrong with an installation that works, while it runs', async () => {
  house = await connectedHouse(id);
  await house.engine.sync(id);
  const findings = await doctor();
  expect(wrong(findings)).toEqual([]);
  expect(findings.map(({ group }) => group)).toEqual(
    expect.arrayContaining(['files', 'state', 'store', 'network', 'sync']),
  );
  // The engine's own doctor is the same one, beside a screen.
  expect(wrong(await house.engine.doctor())).toEqual([]);
});

describe('the machine', () => {
  test('1. wrong clock: by the vendors, in the doctor and in the test', async () => {
    house = await connectedHouse(id);
    const fast = () => house.clock.now() + 3 * 86_400_000;
    expect(await found('clock', { now: fast })).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('3 days fast'),
      command: 'timedatectl set-ntp true',
    });
    await house.engine.close();
    const clock = new HastyClock();
    clock.pass(600_000);
    const options = { paths: house.paths, config: Config.parse({}), catalogue, env: {}, version: '0', clock };
    const engine = await openEngine({ ...options, role: 'owner', redactor: createRedactor() });
    const { checks } = await engine.test({ id });
    await engine.close();
    expect(checks.find((check) => check.id === 'network-clock')).toMatchObject({
      status: 'warning',
      cause: expect.stringContaining('10 minutes fast'),
    });
  });

  test('2. full disk', async () => {
    house = await connectedHouse(id);
    expect(await found('disk', { room: async () => ({ bytes: 1_000_000, files: 10 }) })).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('Only 1.0 MB are free'),
    });
    expect(await found('disk', { room: async () => ({ bytes: 1e12, files: 0 }) })).toMatchObject({
      cause: expect.stringContaining('no free inodes'),
    });
  });

  test('3. read-only folder', async () => {
    house = await connectedHouse(id);
    await house.engine.close();
    chmodSync(house.paths.data, 0o500);
    const folder = await found(`folder:${house.paths.data}`);
    chmodSync(house.paths.data, 0o700);
    expect(folder).toMatchObject({ status: 'failed', command: `chmod 700 ${house.paths.data}` });
  });

  test('a key or a log that others may read', async () => {
    house = await connectedHouse(id);
    chmodSync(house.paths.log, 0o644);
    chmodSync(house.paths.keyFile, 0o640);
    const findings = await doctor();
    expect(wrong(findings)).toEqual(expect.arrayContaining([`mode:${house.paths.log}`, 'key']));
    expect(findings.find(({ id }) => id === 'key')?.cause).toMatch(/may be read by other users/);
  });
});

describe('our own files', () => {
  test('4. corrupt state: with a good copy beside it, and without; looking changes nothing', async () => {
    house = await connectedHouse(id);
    await house.engine.disable(id);
    await house.engine.close();
    const half = readFileSync(house.paths.state, 'utf8').slice(0, 200);
    writeFileSync(house.paths.state, half);
    expect(await found('state')).toMatchObject({ status: 'failed', cause: expect.stringContaining('not whole JSON') });
    expect((await found('state'))?.fix).toContain('takes the copy');
    rmSync(`${house.paths.state}.bak`);
    expect((await found('state'))?.fix).toContain('from a backup');
    expect(readFileSync(house.paths.state, 'utf8')).toBe(half);
  });

  test('5. missing key file, and one that is not ours', async () => {
    house = await connectedHouse(id);
    await house.engine.close();
    copyFileSync(house.paths.keyFile, `${house.paths.data}/kept`);
    rmSync(house.paths.keyFile);
    expect(await found('key')).toMatchObject({ status: 'failed', cause: expect.stringContaining('is missing') });
    // Nothing was made in its place.
    expect(statSync(house.paths.keyFile, { throwIfNoEntry: false })).toBeUndefined();
    writeFileSync(house.paths.keyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
    expect(await found('sealed')).toMatchObject({ cause: expect.stringContaining('sealed with another key') });
  });

  test('6. half-written store', async () => {
    house = await connectedHouse(id);
    await house.engine.sync(id);
    await house.engine.close();
    const { size } = statSync(house.paths.database);
    truncateSync(house.paths.database, Math.floor(size / 2));
    expect(await found('store')).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('damaged or half-written'),
      command: expect.stringContaining('mv '),
    });
    writeFileSync(house.paths.database, 'not a database at all, but long enough to be looked at');
    expect(await found('store')).toMatchObject({ status: 'failed' });
  });

  test('7. stale lock: somebody ended without letting go, and nobody runs the syncs', async () => {
    house = await connectedHouse(id);
    await house.engine.close();
    const holder = { pid: 4242, host: 'console.example', since: '2026-01-01T00:00:00.000Z' };
    writeFileSync(`${house.paths.lock}.json`, JSON.stringify(holder));
    const findings = await doctor();
    expect(findings.find((each) => each.id === 'lock')).toMatchObject({
      status: 'warning',
      cause: expect.stringContaining('process 4242 on console.example'),
      fix: expect.stringContaining('Nothing has to be done'),
    });
    expect(findings.find((each) => each.id === 'runner')?.cause).toContain('no process runs the syncs');
  });
});

describe('the way to the vendor', () => {
  async function movedTo(certificate: string, headers = {}): Promise<string> {
    house = await connectedHouse(id);
    await house.engine.close();
    const port = await listen(
      https.createServer({ cert: pem(certificate), key: pem('vendor.key') }, (_, response) =>
        response.writeHead(302, headers).end(),
      ),
    );
    const state = JSON.parse(readFileSync(house.paths.state, 'utf8'));
    const baseUrl = `https://127.0.0.1:${port}`;
    Object.assign(state.integrations[id].credentials, { baseUrl });
    writeFileSync(house.paths.state, JSON.stringify(state), { mode: 0o600 });
    return baseUrl;
  }

  test('8. expired certificate', async () => {
    await movedTo('expired.cert');
    const caFile = `${house.paths.data}/ca.pem`;
    writeFileSync(caFile, pem('expired.cert'));
    writeFileSync(house.paths.config, JSON.stringify({ integrations: { [id]: { caFile } } }));
    expect(await found('way')).toMatchObject({ status: 'failed', cause: expect.stringContaining('has expired') });
  });

  test('9. captive portal', async () => {
    const baseUrl = await movedTo('portal.cert', { location: 'https://portal.hotel.example/' });
    const open = { paths: house.paths, config: Config.parse({}), catalogue, env: {}, version: '0', clock: house.clock };
    const engine = await openEngine({ ...open, role: 'owner', redactor: createRedactor() });
    const credentials = { ...house.sim.credentials, baseUrl };
    const { checks } = await engine.test({ id, credentials });
    await engine.close();
    expect(checks.find((check) => check.id === 'network-proxy')).toMatchObject({
      status: 'failed',
      cause: expect.stringContaining('captive portal'),
    });
    expect(wrong(await doctor())).toContain(`way:${id}`);
  });
});

describe('the vendor', () => {
  const check = async (which: string) => (await house.engine.test({ id })).checks.find((each) => each.id === which);

  test('10. revoked permission: the test names it, and after a run the doctor too', async () => {
    house = await connectedHouse(id, { fault: 'missing-scope-tickets' });
    expect(await check('tickets')).toMatchObject({ status: 'failed', fix: expect.stringContaining('read:tickets') });
    await house.engine.sync(id);
    expect(wrong(await doctor())).toEqual(expect.arrayContaining([`sync:${id}`, `issues:${id}:no-permission`]));
  });

  test('11. renamed board: what was chosen is no longer there', async () => {
    house = await connectedHouse(id);
    const { options } = await house.engine.manifest(id);
    const chosen = options.find((field) => field.kind === 'choices' && field.choices === 'vendor')!;
    const [first] = await house.engine.choices({ id }, chosen.key);
    await house.engine.configure(id, { options: { [chosen.key]: [first!.value] } });
    expect(await check(`chosen-${chosen.key}`)).toMatchObject({ status: 'passed' });
    await house.engine.configure(id, { options: { [chosen.key]: [first!.value, 'Old Board'] } });
    expect(await check(`chosen-${chosen.key}`)).toMatchObject({
      status: 'failed',
      cause: expect.stringMatching(/1 no longer exist .*\(Old Board\)/),
    });
  });

  test('12. throttled tenant: waited for, and told', async () => {
    house = await connectedHouse(id, { fault: 'rate-limit' });
    expect(await check('quota')).toMatchObject({ status: 'warning', cause: expect.stringContaining('throttled us') });
    await house.control('fault', { name: 'rate-limit' });
    await house.engine.sync(id);
    expect(await found('throttled')).toMatchObject({
      cause: expect.stringContaining('quota of this tenant is used up'),
    });
  });
});

test('an integration that is late, and errors of the last day', async () => {
  house = await connectedHouse(id);
  await house.engine.sync(id);
  house.clock.pass(50 * 60_000);
  expect(await found('sync')).toMatchObject({ status: 'warning', cause: expect.stringContaining('50 min') });
  await house.control('fault', { name: 'server-error' });
  await house.engine.sync(id);
  expect(wrong(await doctor())).toEqual(expect.arrayContaining([`sync:${id}`, 'log']));
  house.clock.pass(2 * 86_400_000);
  expect((await found('log'))?.status).toBe('ok');
});
