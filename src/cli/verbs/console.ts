/** `msportal` alone: the console. */
import { verbNames, verbOf } from '../../commands/cli.ts';
import { runConsole } from '../../console/main.tsx';
import type { Engine } from '../../engine/engine.ts';
import type { Context, Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { firstPaint } from '../first-paint.ts';
import { pathsOf } from '../open.ts';

export const run: Run = async (invocation, { open }) => {
  if (!atTerminal()) {
    const listed = verbNames.filter((name) => !verbOf(name).hidden).join(', ');
    throw new UsageError(
      `The console needs a terminal, and this is none. Commands that work without one: ${listed}. More: msportal --help`,
    );
  }
  // What was known the last time is drawn before the engine is opened.
  await runConsole(() => startEngine(open), { firstPaint: firstPaint(pathsOf(invocation).state) });
  return exitCodes.done;
};

/** Both ways: keys come in, the screen goes out. */
export function atTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** Where another process runs the syncs already, this console looks on. */
async function startEngine(open: Context['open']): Promise<Engine> {
  try {
    return await open('run');
  } catch (error) {
    if (!(error instanceof Error && error.name === 'Busy')) throw error;
    return await open('look');
  }
}
