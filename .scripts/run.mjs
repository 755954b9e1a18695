/**
 * Runs one npm script of this project on any Node and on a fresh clone: installs and builds when needed, then runs
 * the task on the project's own Node, with its arguments, streams, terminal, signals and exit code passed through.
 * Plain JavaScript without dependencies, because nothing is installed when it starts.
 */
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { node, setup } from './setup.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const program = fileURLToPath(new URL('../dist/msportal.js', import.meta.url));

/** Commands run one after the other until one fails; the last gets the arguments. `here`: in the folder where npm was called. */
const tasks = {
  start: { build: true, here: true, commands: [[node, program]] },
  msportal: { build: true, here: true, commands: [[node, program]] },
  demo: { build: true, here: true, commands: [[node, program, 'demo']] },
  build: { build: true, commands: [] },
  prepack: { build: true, commands: [[node, '.scripts/prepack.mjs']] },
  check: {
    commands: [
      ['tsc', '-p', '.'],
      ['biome', 'check', '.'],
    ],
  },
  test: { build: true, commands: [['vitest', 'run', '--config', 'test/vitest.config.ts']] },
  bench: { build: true, commands: [[node, 'test/bench/run.ts']] },
};

const [name = '', ...args] = process.argv.slice(2);
process.exitCode = await main();

async function main() {
  const task = tasks[name];
  if (!task) {
    process.stderr.write(`There is no task "${name}". Tasks: ${Object.keys(tasks).join(', ')}.\n`);
    return 2;
  }
  try {
    await setup();
    if (task.build) await build();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    // Whoever reads only the last line of a test run must see that it did not pass.
    if (name === 'test') process.stdout.write('\n0 passed, 1 failed\n');
    return 1;
  }
  for (const [index, command] of task.commands.entries()) {
    const last = index === task.commands.length - 1;
    const code = await run(last ? [...command, ...args] : command, task.here ? process.env.INIT_CWD || root : root);
    if (code !== 0) return code;
  }
  return 0;
}

/** Resolves with the exit code; ends this process by the same signal when the command was ended by one. */
function run([command, ...rest], cwd) {
  const path = `${fileURLToPath(new URL('../node_modules/.bin', import.meta.url))}${delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(command, rest, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
    shell: process.platform === 'win32' && command !== node,
  });
  const forward = (signal) => {
    // At a terminal, Ctrl-C has reached the command already: passing it on would make it two.
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      if (signal) process.kill(process.pid, signal);
      resolve(code ?? 1);
    });
  });
}
