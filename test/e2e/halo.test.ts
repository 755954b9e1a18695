import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk, type Ended, type Simulator, simulate } from './program.ts';
import * as shapes from './shapes.ts';

const desk = new Desk();
const said: string[] = [];
let simulator: Simulator;

/** Every word that any command of this file prints is kept, and searched for the secret at the end. */
async function run(args: string[], input?: string): Promise<Ended> {
  const ended = await desk.run(args, input);
  said.push(ended.stdout, ended.stderr);
  return ended;
}
async function json(args: string[], input?: string) {
  const { code, stdout } = await run([...args, '--json'], input);
  return { code, value: JSON.parse(stdout) as unknown };
}

beforeAll(async () => {
  simulator = await simulate(desk, ['--scale', '600']);
});
afterAll(async () => {
  expect(await simulator.stop()).toMatchObject({ code: 0 });
  desk.clear();
});

// One story: each step stands on the one before.
test('before anything is connected, commands say so and exit with 3', async () => {
  for (const args of [['sync'], ['test'], ['enable'], ['disable'], ['disconnect']]) {
    const { code, value } = await json([...args, 'halo-psa']);
    expect({ args, code }).toEqual({ args, code: 3 });
    expect(shapes.error.parse(value).error.code).toBe('not-connected');
  }
  const { code, value } = await json(['status']);
  expect(code).toBe(0);
  expect(shapes.status.parse(value).integrations[0]).toMatchObject({ id: 'halo-psa', status: 'disconnected' });
});

test('refused credentials save nothing, and the failed check has cause and fix', async () => {
  const wrong = desk.file('wrong.json', {
    ...simulator.credentials,
    clientSecret: `${simulator.credentials.clientSecret}x`,
  });
  const { code, value } = await json(['connect', 'halo-psa', '--credentials', wrong]);
  expect(code).toBe(1);
  const { ok, checks, integrations } = shapes.connect.parse(value);
  expect(ok).toBe(false);
  expect(checks.find(({ status }) => status === 'failed')).toMatchObject({
    cause: expect.stringMatching(/\w/),
    fix: expect.stringMatching(/\w/),
  });
  expect(integrations[0]?.status).toBe('disconnected');
});

test('connect reads the credentials from standard input', async () => {
  const har = join(desk.folder, 'connect.har');
  const { code, value } = await json(
    ['connect', 'halo-psa', '--credentials', '-', '--har', har],
    JSON.stringify(simulator.credentials),
  );
  expect(code).toBe(0);
  const { ok, integrations } = shapes.connect.parse(value);
  expect(ok).toBe(true);
  expect(integrations[0]).toMatchObject({ id: 'halo-psa', status: 'connected', enabled: true });
  const { log } = JSON.parse(readFileSync(har, 'utf8'));
  expect(log.version).toBe('1.2');
  expect(log.entries.length).toBeGreaterThan(3);
});

test('after a sync the portal holds what the vendor has', async () => {
  const { code, value } = await json(['sync', 'halo-psa']);
  expect(code).toBe(0);
  expect(shapes.sync.parse(value)).toMatchObject({ id: 'halo-psa', status: 'succeeded', error: null });
  const status = shapes.status.parse((await json(['status', 'halo-psa'])).value);
  expect(status.integrations.map(({ records }) => records)).toEqual([simulator.totals]);
});

test('nothing changed: nothing is written; changes: exactly those, with few requests', async () => {
  const written = async () => {
    const { types, requests } = shapes.sync.parse((await json(['sync', 'halo-psa'])).value);
    const sum = Object.values(types).reduce((n, { created, updated, gone }) => n + created + updated + gone, 0);
    return { sum, requests };
  };
  expect((await written()).sum).toBe(0);
  await simulator.control('change', { type: 'tickets', count: 50 });
  const { sum, requests } = await written();
  expect(sum).toBe(50);
  expect(requests).toBeLessThan(12);
});

test('records: counts, conditions, JSON lines, and a table in plain text', async () => {
  const count = async (...where: string[]) => {
    const { value } = await json(['records', 'tickets', '--count', ...where.flatMap((text) => ['--where', text])]);
    return (value as { count: number }).count;
  };
  const all = await count();
  expect(all).toBe(simulator.totals.tickets);
  const [open, closed] = [await count('isClosed=false'), await count('isClosed=true')];
  expect(open).toBeGreaterThan(0);
  expect(open + closed).toBe(all);
  expect(await count('isClosed=false,title~e', 'createdAt>2000-01-01')).toBeLessThanOrEqual(open);

  const lines = (await run(['records', 'tickets', '--json', '--where', 'isClosed=false'])).stdout.trim().split('\n');
  expect(lines).toHaveLength(open);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ provider: 'halo-psa', isClosed: false });

  const table = await run(['records', 'tickets', '--limit', '1000']);
  expect(table.stdout.trim().split('\n')).toHaveLength(all + 1);
  expect(table.stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

test('a reader that leaves early is no error', async () => {
  const { child, ended } = desk.start(['records', 'tickets', '--json']);
  await once(child.stdout!, 'data');
  child.stdout!.destroy();
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

test('test, logs, guide and info', async () => {
  const tested = await json(['test', 'halo-psa']);
  expect(tested.code).toBe(0);
  expect(shapes.test.parse(tested.value).ok).toBe(true);
  const logs = (await run(['logs', '--json', '--integration', 'halo-psa'])).stdout.trim().split('\n');
  for (const line of logs) shapes.logLine.parse(JSON.parse(line));
  expect((await run(['guide', 'halo-psa'])).stdout).toContain('#');
  expect(shapes.info.parse((await json(['info'])).value).paths.state).toBe(join(desk.folder, 'data', 'state.json'));
});

test('each fault at the vendor has its exit code', async () => {
  await simulator.control('fault', { name: 'bad-secret' });
  expect((await json(['test', 'halo-psa'])).code).toBe(1);
  const refused = await json(['sync', 'halo-psa']);
  expect(refused.code).toBe(3);
  expect(shapes.sync.parse(refused.value)).toMatchObject({ status: 'failed', error: { code: 'unauthorized' } });
  const [view] = shapes.status.parse((await json(['status', 'halo-psa'])).value).integrations;
  expect(view).toMatchObject({ status: 'disconnected', error: { code: 'unauthorized' } });
  await simulator.control('fault', { name: null });
  expect((await json(['sync', 'halo-psa'])).code).toBe(0);
});

test('disable, enable and disconnect print the status', async () => {
  const view = async (verb: string) => {
    const { code, value } = await json([verb, 'halo-psa']);
    expect(code).toBe(0);
    return shapes.status.parse(value).integrations[0];
  };
  expect(await view('disable')).toMatchObject({ enabled: false });
  expect(await view('enable')).toMatchObject({ enabled: true });
  expect(await view('disconnect')).toMatchObject({ enabled: false, status: 'disconnected' });
  expect((await json(['records', 'tickets', '--count'])).value).toEqual({ count: simulator.totals.tickets });
});

test('the secret is in nothing that was printed and in no file', () => {
  const secret = simulator.credentials.clientSecret!;
  const forms = [secret, Buffer.from(secret).toString('base64').replaceAll('=', ''), encodeURIComponent(secret)];
  // Not .cache: it holds our own code compiled, and with it the simulator's invented secret.
  const files = readdirSync(desk.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'wrong.json' && !entry.parentPath.includes('.cache'))
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.some((path) => path.endsWith('state.json'))).toBe(true);
  expect(files.some((path) => path.endsWith('connect.har'))).toBe(true);
  expect(files.some((path) => path.endsWith('msportal.log'))).toBe(true);
  for (const form of forms) {
    for (const text of said) expect(text).not.toContain(form);
    for (const path of files)
      expect({ path, found: readFileSync(path).includes(form) }).toEqual({ path, found: false });
  }
});
