/**
 * How long a console and a command take to be attached to a `serve` that runs, from the start of their process. The first argument
 * says how many turns. A console is bound to 300 ms; a longer median ends with exit code 1.
 */
import pty from '@lydell/node-pty';
import { program, ServedFolder } from './served.ts';

const turns = Number(process.argv[2] ?? 15);
const boundMs = 300;
const house = new ServedFolder();

function measure(args: readonly string[], until: string): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    const env = { PATH: process.env.PATH, HOME: house.folder, TERM: 'xterm-256color', MSPORTAL_DATA: house.data };
    const terminal = pty.spawn(process.execPath, [program, ...args], { cols: 100, rows: 30, env });
    let seen = '';
    let took: number | undefined;
    terminal.onData((data) => {
      seen += data;
      if (took !== undefined || !seen.includes(until)) return;
      took = performance.now() - began;
      terminal.kill('SIGTERM');
    });
    terminal.onExit(() => resolve(took ?? Number.POSITIVE_INFINITY));
  });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

try {
  await house.connected(500);
  const { child } = await house.started(['serve']);
  const consoles: number[] = [];
  const commands: number[] = [];
  // The first turn fills caches and is not counted.
  for (let turn = 0; turn <= turns; turn += 1) {
    const attached = await measure([], `process ${child.pid}`);
    const command = await measure(['status'], 'halo-psa');
    if (turn > 0) {
      consoles.push(attached);
      commands.push(command);
    }
  }
  process.stdout.write(
    `  a console, until it shows what it is attached to  ${median(consoles).toFixed(0).padStart(5)} ms\n`,
  );
  process.stdout.write(
    `  msportal status                                   ${median(commands).toFixed(0).padStart(5)} ms\n`,
  );
  if (median(consoles) > boundMs) {
    process.stdout.write(`  Attaching takes more than ${boundMs} ms.\n`);
    process.exitCode = 1;
  }
} finally {
  await house.clear();
}
