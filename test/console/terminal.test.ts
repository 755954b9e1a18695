import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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

test('killed outright, the terminal is as it was all the same, and takes commands', async () => {
  const run = startProgram(program.file, { fromShell: true });
  await run.waitFor(ticking);
  const [, pid] = /(\d+)/.exec(execFileSync('pgrep', ['-P', String(run.pty.pid)], { encoding: 'utf8' }))!;
  await run.waitFor(() => keepers(Number(pid)) === 1);
  process.kill(Number(pid), 'SIGKILL');
  await run.waitFor(() => run.written.includes('msportal was killed.'));
  expect(run.altScreen).toBe(false);
  expectModesUndone(run.written.slice(0, run.written.lastIndexOf('msportal was killed.')));
  run.pty.write('echo sum $((40 + 2))\r');
  await run.waitFor((text) => text.includes('sum 42'));
  run.pty.write('exit\r');
  await run.exited;
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

test('Ctrl-Z gives the terminal to the shell, fg takes it back', async () => {
  const run = startProgram(program.file, { fromShell: true });
  await run.waitFor(ticking);
  run.press('ctrl+z');
  await run.waitFor((text) => text.includes('Stopped'));
  expect(run.altScreen).toBe(false);
  run.pty.write('echo sum $((40 + 2))\r');
  await run.waitFor((text) => text.includes('sum 42'));
  run.pty.resize(90, 25);
  run.pty.write('fg\r');
  await run.waitFor((text) => ticking(text) && /row \d+022/.test(text));
  expect(run.altScreen).toBe(true);
  run.press('q');
  await run.waitFor((text) => text.includes('clean end'));
  expectModesUndone(run.written);
  run.pty.write('exit\r');
  await run.exited;
});

test('Ctrl-Z without a shell draws the screen again', async () => {
  const run = startProgram(program.file);
  await run.waitFor(ticking);
  run.press('ctrl+z');
  await run.waitFor(() => run.written.includes('\u001b[?1049l'));
  await run.waitFor((text) => run.altScreen && ticking(text));
  run.press('q');
  expect((await run.exited).exitCode).toBe(0);
});

test('when the program ends its work itself, a signal lets it', async () => {
  const report = join(folder, 'signal.json');
  const run = startProgram(program.file, { args: [report], env: { END_ON_SIGNAL: '1' } });
  await run.waitFor(ticking);
  run.pty.kill('SIGTERM');
  expect((await run.exited).exitCode).toBe(0);
  expect(run.text()).toMatch(/^clean end SIGTERM/);
});

test('the second SIGHUP of a dropped session does not cut the end short', async () => {
  const run = startProgram(program.file, { env: { END_ON_SIGNAL: '1' } });
  await run.waitFor(ticking);
  run.pty.kill('SIGHUP');
  // Two signals that are pending at once would be one.
  await run.waitFor((text) => text.includes('SIGHUP'));
  run.pty.kill('SIGHUP');
  expect(await run.exited).toMatchObject({ exitCode: 0, signal: 0 });
  expect(run.text()).toMatch(/^clean end SIGHUP$/m);
});

test('a dropped session asks the program to end, and does not kill its work', async () => {
  const report = join(folder, 'dropped.json');
  const run = startProgram(program.file, { args: [report], env: { END_ON_SIGNAL: '1' } });
  await run.waitFor(ticking);
  const written = watchFor(report);
  (run.pty as unknown as { destroy(): void }).destroy();
  await written;
  expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ asked: 'SIGHUP' });
});

test('process.exit leaves the terminal as it was', async () => {
  const run = startProgram(program.file);
  await run.waitFor(ticking);
  run.press('x');
  expect((await run.exited).exitCode).toBe(3);
  expectModesUndone(run.written);
});

/** Shells that wait for the end of the process. */
function keepers(pid: number): number {
  const children = spawnSync('pgrep', ['-P', String(pid), '-x', 'sh'], { encoding: 'utf8' }).stdout;
  return children.split('\n').filter(Boolean).length;
}

/** Resolves when the file is there. */
async function watchFor(file: string): Promise<void> {
  for await (const { filename } of watch(folder, { signal: AbortSignal.timeout(8000) })) {
    if (filename === basename(file)) return;
  }
}

/** Every private mode ended as a terminal begins: all off, the cursor (25) on. */
function expectModesUndone(written: string): void {
  const state = new Map<string, string>();
  for (const [, mode, final] of written.matchAll(/\u001b\[\?(\d+)([hl])/g)) state.set(mode!, final!);
  expect(state.get('1049')).toBe('l');
  expect(state.get('2004')).toBe('l');
  expect([...state].filter(([mode, final]) => final !== (mode === '25' ? 'h' : 'l'))).toEqual([]);
}
