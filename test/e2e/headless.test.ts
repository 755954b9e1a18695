/** A server without a screen: serve, consoles that attach to it, sessions that drop. */
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { readEndpoint } from '../../src/server/endpoint.ts';
import { readHolder } from '../../src/state/lock.ts';
import { type PtyProgram, startProgram } from '../console/pty.ts';
import { Desk, program, type Running, type Simulator, simulate } from './program.ts';
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
  return () => desk.clear();
});

const file = (name: string) => join(desk.environment.MSPORTAL_DATA, name);
const endpoint = () => readEndpoint(file('engine.endpoint'));

async function connect(...options: string[]) {
  const args = ['connect', 'halo-psa', '--credentials', '-', ...options];
  expect(await desk.run(args, JSON.stringify(simulator.credentials))).toMatchObject({ code: 0 });
}

interface Serving extends Running {
  /** Resolves with the next log line that says this. */
  said(message: string): Promise<Record<string, unknown>>;
}

async function serve(env: NodeJS.ProcessEnv = {}, args: readonly string[] = []): Promise<Serving> {
  const running = desk.start(['serve', ...args], env);
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  });
  const lines = createInterface(running.child.stdout!)[Symbol.asyncIterator]();
  const said = async (message: string) => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const entry = JSON.parse(line.value) as Record<string, unknown>;
      if (String(entry.message).includes(message)) return entry;
    }
    throw new Error(`serve ended without saying: ${message}`);
  };
  await said('serving');
  return { ...running, said };
}

function openConsole(): PtyProgram {
  const run = startProgram(program, { env: { HOME: desk.folder, ...desk.environment }, cwd: desk.folder });
  onTestFinished(async () => {
    run.pty.kill('SIGKILL');
    await run.exited;
  });
  return run;
}

async function importing(pages: number, start: () => Promise<unknown>): Promise<void> {
  const asked = async () => (await simulator.stats()).byPath['GET /api/tickets'] ?? 0;
  const before = await asked();
  await start();
  while ((await asked()) < before + pages) await pause(2);
}

async function everythingIsThereOnce() {
  const { value } = await desk.json(['sync', 'halo-psa']);
  expect(shapes.sync.parse(value).status).toBe('succeeded');
  const { value: status } = await desk.json(['status', 'halo-psa']);
  expect(shapes.status.parse(status).integrations[0]?.records).toEqual(simulator.totals);
}

test('serve tells the service manager how it stands, reads a changed configuration, and refuses a broken one', async () => {
  const bin = join(desk.folder, 'bin');
  const heard = join(desk.folder, 'heard');
  mkdirSync(bin);
  writeFileSync(join(bin, 'systemd-notify'), `#!/bin/sh\necho "$*" >> '${heard}'\n`);
  chmodSync(join(bin, 'systemd-notify'), 0o755);
  const { child, ended, said } = await serve({
    PATH: `${bin}:${process.env.PATH}`,
    NOTIFY_SOCKET: '/nowhere',
    WATCHDOG_USEC: '100000',
  });
  const hears = async (word: string, times = 1) => {
    while (!existsSync(heard) || readFileSync(heard, 'utf8').split(word).length <= times) await pause(5);
  };
  await hears('READY=1');
  await hears('WATCHDOG=1', 2);
  writeFileSync(file('config.json'), '{"log": {"level": "loud"}}');
  child.kill('SIGHUP');
  expect(String((await said('was not taken')).error)).toContain('log.level is "loud"');
  await hears('READY=1', 2);
  writeFileSync(file('config.json'), '{"log": {"level": "warn"}}');
  child.kill('SIGHUP');
  await hears('RELOADING=1', 2);
  await hears('READY=1', 3);
  child.kill('SIGTERM');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(readFileSync(heard, 'utf8')).toContain('STOPPING=1');
  // From the new level on, nothing that is only information is said.
  expect(stdout).not.toContain('stopping');
  expect(readHolder(file('engine.lock'))).toBeNull();
});

test('commands act through serve; SIGTERM lets the page finish, and the next start goes on', async () => {
  await connect();
  const { child, ended, said } = await serve();
  await importing(5, () => said('run started'));
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  const read = Number((await desk.run(['records', 'tickets', '--count'])).stdout);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(simulator.totals.tickets!);

  const again = await serve();
  await everythingIsThereOnce();
  const { value } = await desk.json(['status', 'halo-psa']);
  // The scheduler is the other process's; only through it is the next time known.
  expect(shapes.status.parse(value).integrations[0]?.nextSync).not.toBeNull();
  expect(await again.said('sync, asked for by')).toMatchObject({ integration: 'halo-psa' });
});

test('two consoles show the same, both act, and find their way back when serve is started anew', async () => {
  await connect('--no-enable');
  const first = await serve();
  const [one, two] = [openConsole(), openConsole()];
  for (const each of [one, two]) await each.waitFor((text) => text.includes(`attached to process ${first.child.pid}`));
  one.press('e');
  await two.waitFor((text) => /Halo PSA +(↻ Syncing|● Connected {2})/.test(text));
  two.press('l');
  await two.waitFor((text) => text.includes('enable, asked for by'));
  two.press('escape');

  first.child.kill('SIGTERM');
  await first.ended;
  const second = await serve();
  for (const each of [one, two]) await each.waitFor((text) => text.includes(`attached to process ${second.child.pid}`));
  // Nothing runs in them, so nothing is asked on leaving.
  one.press('q');
  expect((await one.exited).exitCode).toBe(0);
  expect(second.child.exitCode).toBeNull();
});

test('a console that owns the engine hands over to a background serve when it is left', async () => {
  await connect();
  await everythingIsThereOnce();
  const run = openConsole();
  await run.waitFor((text) => text.includes('scheduler on'));
  run.press('q');
  await run.waitFor((text) => text.includes('The syncs of Halo PSA run in this console and stop with it'));
  run.press('b');
  expect((await run.exited).exitCode).toBe(0);
  const pid = endpoint()!.pid;
  onTestFinished(() => void process.kill(pid, 'SIGTERM'));
  expect(run.text()).toContain(`background: process ${pid}`);
  const { value } = await desk.json(['status', 'halo-psa']);
  expect(shapes.status.parse(value).integrations[0]?.nextSync).not.toBeNull();
});

test('a dropped session ends a console that owns the engine after its page, and the next start goes on', async () => {
  await connect();
  const run = openConsole();
  await importing(5, () => run.waitFor((text) => text.includes('Syncing')));
  run.pty.kill('SIGHUP');
  await run.exited;
  expect(endpoint()).toBeNull();
  expect(readHolder(file('engine.lock'))).toBeNull();
  expect(Number((await desk.run(['records', 'tickets', '--count'])).stdout)).toBeGreaterThan(0);
  await everythingIsThereOnce();
});

test('started and killed at any moment, no record is lost and no lock stays', async () => {
  await connect();
  for (let cycle = 0; cycle < 5; cycle += 1) {
    const { child, ended } = desk.start(['serve']);
    await once(child.stdout!, 'data');
    await pause(40 * cycle);
    child.kill('SIGKILL');
    await ended;
  }
  await everythingIsThereOnce();
});
