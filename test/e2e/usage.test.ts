import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { verbNames, verbOf } from '../../src/commands/cli.ts';
import { collect, Desk } from './program.ts';
import * as shapes from './shapes.ts';

const desk = new Desk();
const root = fileURLToPath(new URL('../..', import.meta.url));
afterAll(() => desk.clear());

test('without a terminal, msportal alone names the commands and exits with 2', async () => {
  const { code, stdout, stderr } = await desk.run([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/needs a terminal.*status, connect, test,.* sync/);
});

test.each([
  [['stauts'], 'Did you mean "status"?'],
  [['sync', 'halo-psa', '--ful'], 'Did you mean "--full"?'],
  [['sync', 'halo-pas'], 'Did you mean "halo-psa"?'],
  [['records', 'tickest'], 'Did you mean "tickets"?'],
  [['records', 'tickets', '--where', 'statsu=Open'], 'Did you mean "status"?'],
  [['simulate', 'halo-psa', '--fault', 'slo'], 'Did you mean "slow"?'],
  [['connect', 'halo-psa'], 'needs credentials'],
  [['connect', 'halo-psa', '--credentials', 'nowhere.json'], 'nowhere.json cannot be read: there is no such file'],
])('%j exits with 2: %s', async (args, message) => {
  const { code, value, stderr } = await desk.json(args);
  expect(code).toBe(2);
  expect(shapes.error.parse(value).error.cause).toContain(message);
  expect(stderr).toContain(message);
});

test('broken credentials are refused without a word of them', async () => {
  for (const input of [
    '{"clientSecret": canary-4711}',
    '["canary-4711"]',
    '{"clientSecret": {"a": "canary-4711"}}',
    '{"clientId": "canary-4711"}',
  ]) {
    const { code, stdout, stderr } = await desk.run(['connect', 'halo-psa', '--credentials', '-', '--json'], input);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain('canary');
  }
});

test('every command has its help, made from the table', async () => {
  const general = (await desk.run(['--help'])).stdout;
  for (const name of verbNames) {
    const verb = verbOf(name);
    if (!verb.hidden) expect(general).toContain(`  ${name}`);
  }
  const { code, stdout } = await desk.run(['help', 'connect']);
  expect(code).toBe(0);
  expect(stdout).toContain('msportal connect ID [--credentials FILE]');
  expect((await desk.run(['connect', '--help'])).stdout).toBe(stdout);
});

/** The Node of the machine, not the project's own: what someone has who clones this. */
const foreignNode = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((path) => existsSync(path));
const foreignVersion = foreignNode ? execFileSync(foreignNode, ['-p', 'process.versions.node']).toString().trim() : '';
const tooOld = foreignVersion !== '' && Number.parseInt(foreignVersion, 10) < 24;

test.skipIf(!tooOld)('an older Node gets one sentence and exit code 1', async () => {
  const child = spawn(foreignNode!, [join(root, 'dist/msportal.js'), 'status']);
  const { code, stdout, stderr } = await collect(child);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`msportal needs Node 24.15 or newer, and this is Node ${foreignVersion}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

/** As typed in a checkout, with the Node of the machine first in the PATH. */
function npm(args: readonly string[]) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const env = { PATH: path.join(delimiter), HOME: desk.folder, INIT_CWD: undefined };
  return collect(spawn('npm', ['run', ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

test('npm run msportal: only the program speaks, with its exit codes and the arguments as they were typed', async () => {
  const status = await npm(['msportal', '--', 'status', '--json', '--data', join(desk.folder, 'a b')]);
  expect(status).toMatchObject({ code: 0, stderr: '' });
  shapes.status.parse(JSON.parse(status.stdout));

  const odd = `it's "odd" $HOME * \\n`;
  const refused = await npm(['msportal', '--', odd]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain(`There is no command "${odd}".`);
});

test('npm run demo without a terminal: connects, syncs, reports, cleans up', async () => {
  const { code, stdout, stderr } = await npm(['demo', '--', '--once', '--json', '--scale', '200']);
  expect(code).toBe(0);
  const { integrations } = shapes.demo.parse(JSON.parse(stdout));
  expect(integrations.map(({ status }) => status)).not.toContain('error');
  expect(integrations[0]?.records.tickets).toBe(200);
  const folder = /in (\S+), which is removed/.exec(stderr)![1]!;
  expect(existsSync(folder)).toBe(false);
});
