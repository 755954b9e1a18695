import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleProgram } from './bundle.ts';
import { startProgram } from './pty.ts';

let program: Awaited<ReturnType<typeof bundleProgram>>;
let folder: string;
beforeAll(async () => {
  program = await bundleProgram('ticker.tsx');
  folder = await mkdtemp(join(tmpdir(), 'terminal-'));
});
afterAll(async () => {
  await program.remove();
  await rm(folder, { recursive: true });
});

const ticking = (text: string) => /^tick \d+/.test(text) && /row \d+003/.test(text);

test('a terminal that nobody reads never holds up the event loop; afterwards the screen is whole', {
  timeout: 20_000,
}, async () => {
  const report = join(folder, 'stall.json');
  const run = startProgram(program.file, { args: [report], columns: 200, rows: 50 });
  await run.waitFor(ticking);
  run.pty.pause();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  run.pty.resume();
  await run.waitFor((text) => /skipped [1-9]/.test(text) && isOneFrame(text));
  run.press('q');
  await run.exited;
  const { longestGapMs, skipped } = JSON.parse(await readFile(report, 'utf8'));
  expect(longestGapMs).toBeLessThan(200);
  expect(skipped).toBeGreaterThan(10);
});

test('the table works in the bundle, and a clean end leaves the terminal as it was', async () => {
  const run = startProgram(program.file);
  await run.waitFor(ticking);
  expect(run.altScreen).toBe(true);
  run.press('q');
  expect((await run.exited).exitCode).toBe(0);
  expect(run.altScreen).toBe(false);
  expect(run.text()).toMatch(/^clean end/);
  expectModesUndone(run.written);
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('%s leaves the terminal as it was', async (signal) => {
  const run = startProgram(program.file);
  await run.waitFor(ticking);
  run.pty.kill(signal);
  const { signal: number } = await run.exited;
  expect(number).toBe({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal]);
  expectModesUndone(run.written);
});

test('a crash prints its text on the normal screen', async () => {
  const run = startProgram(program.file);
  await run.waitFor(ticking);
  run.press('t');
  expect((await run.exited).exitCode).toBe(1);
  expect(run.altScreen).toBe(false);
  expect(run.text()).toContain('thrown on purpose');
  expectModesUndone(run.written);
});

test('process.exit leaves the terminal as it was', async () => {
  const run = startProgram(program.file);
  await run.waitFor(ticking);
  run.press('x');
  expect((await run.exited).exitCode).toBe(3);
  expectModesUndone(run.written);
});

/** Every row of the screen belongs to the same tick. */
function isOneFrame(text: string): boolean {
  const [, , ...lines] = text.split('\n');
  const tick = /row (\d+)000/.exec(lines[0]!)?.[1];
  return lines.every((line, row) => line.includes(`row ${tick}${String(row).padStart(3, '0')} `));
}

/** Every private mode ended as a terminal begins: all off, the cursor (25) on. */
function expectModesUndone(written: string): void {
  const state = new Map<string, string>();
  for (const [, mode, final] of written.matchAll(/\u001b\[\?(\d+)([hl])/g)) state.set(mode!, final!);
  expect(state.get('1049')).toBe('l');
  expect(state.get('2004')).toBe('l');
  expect([...state].filter(([mode, final]) => final !== (mode === '25' ? 'h' : 'l'))).toEqual([]);
}
