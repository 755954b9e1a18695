/**
 * How long the built program takes to say its first word, against a bare Node on the same machine in the same minutes: the
 * cases take turns, so that a busy spell hits all of them. The first argument says how many turns. The first turn, not counted, lets
 * each end as a person would end it, so that Node has its compiled code from then on, as at every start but the first.
 * The console's first frame is bound to at most five times a bare Node; a larger ratio ends with exit code 1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';

const program = fileURLToPath(new URL('../../dist/msportal.js', import.meta.url));
const turns = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'msportal-bench-'));
const bound = 5;

interface Case {
  readonly name: string;
  readonly args: readonly string[];
  /** What must be on the screen; absent: the end of the process counts. */
  readonly until?: string;
}
const bare: Case = { name: 'node -e 0', args: ['-e', '0'] };
const frame: Case = { name: "msportal: the console's first frame", args: [program], until: 'Halo PSA' };
const cases: readonly Case[] = [
  bare,
  { name: 'msportal --version', args: [program, '--version'], until: '.' },
  { name: 'msportal status', args: [program, 'status'], until: 'halo-psa' },
  frame,
];

/** Milliseconds from the start of the process on a terminal to what the case waits for. */
function measure({ args, until }: Case, lingerMs: number): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    const env = { PATH: process.env.PATH, HOME: folder, TERM: 'xterm-256color', MSPORTAL_DATA: join(folder, 'data') };
    const terminal = pty.spawn(process.execPath, [...args], { cols: 100, rows: 30, env });
    let seen = '';
    let took: number | undefined;
    terminal.onData((data) => {
      seen += data;
      if (took !== undefined || until === undefined || !seen.includes(until)) return;
      took = performance.now() - began;
      setTimeout(() => terminal.kill('SIGTERM'), lingerMs);
    });
    terminal.onExit(() => resolve(took ?? performance.now() - began));
  });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

try {
  const times = new Map<Case, number[]>(cases.map((each) => [each, []]));
  // The first turn fills caches and is not counted.
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const each of cases) {
      const took = await measure(each, turn === 0 ? 1500 : 0);
      if (turn > 0) times.get(each)!.push(took);
    }
  }
  const base = median(times.get(bare)!);
  for (const each of cases) {
    const middle = median(times.get(each)!);
    process.stdout.write(
      `  ${each.name.padEnd(40)} ${middle.toFixed(0).padStart(5)} ms  ${(middle / base).toFixed(1)}x\n`,
    );
  }
  if (median(times.get(frame)!) > bound * base) {
    process.stdout.write(`  The first frame takes more than ${bound} times a bare Node.\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
