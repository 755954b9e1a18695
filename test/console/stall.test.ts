import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from './bundle.ts';
import { startProgram } from './pty.ts';

/** Longer than any pause of the machine, so that what waited for the terminal stands out. */
const stallMs = 3000;

test('a terminal that nobody reads never holds up the event loop; afterwards the screen is whole', {
  timeout: 20_000,
}, async () => {
  const program = await bundleProgram('ticker.tsx');
  const folder = await mkdtemp(join(tmpdir(), 'stall-'));
  onTestFinished(async () => {
    await program.remove();
    await rm(folder, { recursive: true });
  });
  const report = join(folder, 'stall.json');
  const run = startProgram(program.file, { args: [report], columns: 200, rows: 50 });
  await run.waitFor((text) => text.startsWith('tick'));
  run.pty.pause();
  await new Promise((resolve) => setTimeout(resolve, stallMs));
  run.pty.resume();
  await run.waitFor((text) => /skipped [1-9]/.test(text) && isOneFrame(text));
  run.press('q');
  await run.exited;
  const { longestGapMs, skipped } = JSON.parse(await readFile(report, 'utf8'));
  // A write that waits stands still for the whole stall. On an idle machine the gap is below 100 ms; the rest is for
  // one whose processors others use too.
  expect(longestGapMs).toBeLessThan(stallMs / 5);
  expect(skipped).toBeGreaterThan(10);
});

/** Every row of the screen belongs to the same tick. */
function isOneFrame(text: string): boolean {
  const [, , ...lines] = text.split('\n');
  const tick = /row (\d+)000/.exec(lines[0]!)?.[1];
  return lines.every((line, row) => line.includes(`row ${tick}${String(row).padStart(3, '0')} `));
}
