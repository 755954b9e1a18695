/** The whole program with a long log on its screen: what it keeps in memory, and how it hands the terminal over. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../console/pty.ts';
import { Desk, program } from './program.ts';

const lines = 10_000;
const boundMb = 180;

/** Lines as a sync writes them: most with a type, some with a record and a sentence. */
function logLine(number: number): string {
  return JSON.stringify({
    level: number % 50 === 0 ? 'warn' : 'info',
    time: new Date(Date.UTC(2026, 0, 5, 8) + number * 1000).toISOString(),
    integration: 'halo-psa',
    run: `run-${Math.floor(number / 400)}`,
    type: 'tickets',
    record: String(40_000 + number),
    label: `${40_000 + number} Printer on floor ${number % 7} is out of paper`,
    message: `line ${number}: ticket updated, with the fields status, priority and summary`,
  });
}

/** The most that was ever resident, in MB, as the kernel counts it. */
const mostResident = (pid: number) =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
  const logs = join(desk.environment.MSPORTAL_DATA, 'logs');
  mkdirSync(logs, { recursive: true });
  const text = Array.from({ length: lines }, (_, number) => logLine(number)).join('\n');
  writeFileSync(join(logs, 'msportal.log'), `${text}\n`);
  return () => desk.clear();
});

/** The console, showing the whole log. */
async function openLog(env: Record<string, string> = {}) {
  const console = startProgram(program, { cwd: desk.folder, env: { HOME: desk.folder, ...desk.environment, ...env } });
  onTestFinished(() => console.pty.kill('SIGKILL'));
  const shows = (...words: string[]) => console.waitFor((screen) => words.every((word) => screen.includes(word)));
  await shows('scheduler on');
  console.press('L');
  await shows(`line ${lines - 1}:`);
  return { console, shows };
}

test.skipIf(!existsSync('/proc/self/status'))(`${lines} lines of log on the screen, under ${boundMb} MB`, async () => {
  const { console, shows } = await openLog();
  // Gone through as one looks for something: by pages, by lines, filtered. Every key is a frame.
  console.press('home');
  await shows('line 0:');
  for (let page = 0; page < 100; page += 1) console.press('pagedown');
  await shows('line 1800:');
  for (let line = 0; line < 300; line += 1) console.press('k');
  await shows('line 1500:');
  console.press('/', ...'level:warn', 'enter');
  await shows('Filter', 'line 1500:', 'line 1550:');
  console.press('G');
  await shows('following');
  expect(mostResident(console.pty.pid)).toBeLessThan(boundMb);
});

test('the log is read in the pager, and Ctrl-C there does not end the console', async () => {
  const file = join(desk.folder, 'paged');
  const { console, shows } = await openLog({ PAGER: `cat > ${file}; echo all read; read answer < /dev/tty` });
  console.press('home');
  await shows('line 0:');
  console.press('m', '|');
  await shows('all read');
  expect(console.altScreen).toBe(false);
  const text = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(text).toHaveLength(lines + 1);
  expect(text[0]).toMatch(/^2026-01-05T08:00:00.000Z warn +halo-psa tickets line 0:/);
  expect(text[1]).toMatch(/^---- mark 1/);
  console.press('ctrl+c');
  await shows('line 0:', 'paused', '1 mark');
  expect(console.altScreen).toBe(true);
  console.press('q');
  expect((await console.exited).exitCode).toBe(0);
});
