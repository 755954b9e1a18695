import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Desk, type Running, type Simulator, simulate } from './program.ts';
import * as shapes from './shapes.ts';

const host = new Desk();
let simulator: Simulator;
let desk: Desk;

beforeAll(async () => {
  simulator = await simulate(host, ['--scale', '3000']);
});
afterAll(async () => {
  await simulator.stop();
  host.clear();
});
beforeEach(async () => {
  desk = new Desk();
  const connected = await desk.run(
    ['connect', 'halo-psa', '--credentials', '-'],
    JSON.stringify(simulator.credentials),
  );
  expect(connected).toMatchObject({ code: 0 });
  return () => desk.clear();
});

/** Starts an import and resolves once the vendor has been asked for so many pages of tickets. */
async function importUntil(pages: number): Promise<Running> {
  const asked = async () => (await simulator.stats()).byPath['GET /api/tickets'] ?? 0;
  const before = await asked();
  const running = desk.start(['sync', 'halo-psa', '--json']);
  while ((await asked()) < before + pages) await pause(2);
  expect(running.child.exitCode).toBeNull();
  return running;
}

async function sync() {
  const { code, value } = await desk.json(['sync', 'halo-psa']);
  expect(code).toBe(0);
  return shapes.sync.parse(value);
}

async function portalHoldsEverythingOnce(): Promise<void> {
  const { value } = await desk.json(['status', 'halo-psa']);
  expect(shapes.status.parse(value).integrations[0]?.records).toEqual(simulator.totals);
  const { stdout } = await desk.run(['records', 'tickets', '--json']);
  const ids = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).externalId);
  expect(new Set(ids).size).toBe(simulator.totals.tickets);
  expect(ids).toHaveLength(simulator.totals.tickets!);
}

test('killed in the middle of the import, the next sync goes on: nothing lost, nothing twice, fewer requests', async () => {
  const { child, ended } = await importUntil(10);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  const partial = Number((await desk.run(['records', 'tickets', '--count'])).stdout);
  expect(partial).toBeGreaterThan(0);
  expect(partial).toBeLessThan(simulator.totals.tickets!);
  const resumed = await sync();
  await portalHoldsEverythingOnce();
  expect(resumed.types.tickets!.created).toBe(simulator.totals.tickets! - partial);
  expect(resumed.types.tickets!.read).toBeLessThan(simulator.totals.tickets!);
});

test('Ctrl-C keeps what was read, exits with 130, and the next sync goes on', async () => {
  const { child, ended } = await importUntil(5);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(shapes.sync.parse(JSON.parse(stdout)).status).toBe('cancelled');
  expect(stderr).toContain('the next sync goes on from there');
  await sync();
  await portalHoldsEverythingOnce();
});

test('while one process syncs, others look and act through it; what cannot be done through it exits with 4', async () => {
  const { child, ended } = await importUntil(1);
  await simulator.control('fault', { name: 'slow' });
  try {
    const har = await desk.json(['sync', 'halo-psa', '--har', 'sync.har']);
    expect(har.code).toBe(4);
    expect(shapes.error.parse(har.value).error.cause).toContain(`process ${child.pid} on `);
    for (const look of [['status'], ['records', 'companies'], ['logs'], ['info'], ['guide', 'halo-psa']]) {
      expect({ look, code: (await desk.run(look)).code }).toEqual({ look, code: 0 });
    }
    const { value } = await desk.json(['status', 'halo-psa']);
    expect(shapes.status.parse(value).integrations[0]?.status).toBe('syncing');
    const joined = desk.start(['sync', 'halo-psa', '--json']);
    // It tells the progress of the run as soon as it has joined it.
    await once(joined.child.stderr!, 'data');
    expect((await desk.run(['disable', 'halo-psa'])).code).toBe(0);
    // Disabling stops the run for everybody who waits for it.
    for (const { stdout } of [await joined.ended, await ended]) {
      expect(shapes.sync.parse(JSON.parse(stdout)).status).toBe('cancelled');
    }
  } finally {
    await simulator.control('fault', { name: null });
    child.kill('SIGTERM');
  }
});
