/** From "something is wrong" to the cause, as an operator types it. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Desk, type Simulator, simulate } from './program.ts';

const desk = new Desk();
let simulator: Simulator;

interface Finding {
  readonly id: string;
  readonly status: string;
  readonly command?: string;
}
async function doctor(): Promise<{ code: number | null; wrong: readonly string[] }> {
  const { code, value } = await desk.json(['doctor']);
  const { findings } = value as { findings: readonly Finding[] };
  return { code, wrong: findings.filter(({ status }) => status === 'failed').map(({ id }) => id) };
}

beforeAll(async () => {
  simulator = await simulate(desk, ['--scale', '120']);
  await desk.run(['connect', 'halo-psa', '--credentials', '-'], JSON.stringify(simulator.credentials));
  await desk.run(['sync', 'halo-psa']);
});
afterAll(async () => {
  await simulator.stop();
  desk.clear();
});

test('explain answers in one sentence, for what is here and what is not', async () => {
  const { stdout } = await desk.run(['records', 'tickets', '--limit', '1', '--json']);
  const { ticketNumber } = JSON.parse(stdout) as { ticketNumber: string };
  const here = await desk.run(['explain', 'ticket', ticketNumber]);
  expect(here.code).toBe(0);
  expect(here.stdout).toMatch(/^\d+ .* is here, from halo-psa\./);
  const missing = await desk.json(['explain', 'tickets', '99999999']);
  expect(missing).toMatchObject({ code: 1, value: { outcome: 'missing', fix: expect.stringContaining('--full') } });
});

test('health is one line with figures and the exit code of a plugin', async () => {
  const { code, stdout } = await desk.run(['health']);
  expect(code).toBe(2);
  expect(stdout).toMatch(
    /^MSPORTAL CRITICAL - no process runs the syncs; 1 in sync \| 'halo-psa age'=\d+s;2700;10800;0 .*\n$/,
  );
  expect((await desk.run(['health', 'no-such'])).code).toBe(3);
});

test('duplicates and the log are searched', async () => {
  expect(await desk.json(['duplicates', 'companies'])).toMatchObject({ code: 0, value: { groups: [] } });
  expect((await desk.run(['duplicates', 'devices'])).code).toBe(2);
  const { stdout } = await desk.run(['logs', '--since', '1h', '--level', 'info', '--type', 'companies', '--json']);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type),
  ).toContain('companies');
});

test('the log is followed until it is stopped', async () => {
  const { child, ended } = desk.start(['logs', '--follow', '--integration', 'halo-psa', '--json']);
  const synced = new Promise<void>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      if ((text.match(/"run succeeded"/g) ?? []).length > 1) resolve();
    });
  });
  await desk.run(['sync', 'halo-psa']);
  await synced;
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
});

test('the doctor works when nothing else does, and the bundle too', async () => {
  expect(await doctor()).toEqual({ code: 0, wrong: [] });
  const data = join(desk.folder, 'data');
  writeFileSync(join(data, 'portal.db'), 'no database at all, only some words that are long enough');
  writeFileSync(join(data, 'config.json'), '{"sync": {"concurency": 2}}');
  rmSync(join(data, 'secret.key'));
  expect((await desk.run(['status'])).code).toBe(1);
  const { code, wrong } = await doctor();
  expect(code).toBe(1);
  expect(wrong).toEqual(expect.arrayContaining(['config', 'key', 'store']));
  const out = join(desk.folder, 'support.tar.gz');
  const { value } = await desk.json(['bundle', '--out', out]);
  expect(value).toMatchObject({ file: out, withContent: false });
  expect(execFileSync('tar', ['-tzf', out], { encoding: 'utf8' })).toContain('msportal-support/doctor.json');
});
