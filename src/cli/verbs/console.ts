/** `msportal` alone: the console. */
import { verbNames, verbOf } from '../../commands/cli.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Run } from '../context.ts';
import { type ExitCode, exitCodes, UsageError } from '../exit.ts';

export const run: Run = async (_, { open, signal }) => {
  if (!atTerminal()) {
    const listed = verbNames.filter((name) => !verbOf(name).hidden).join(', ');
    throw new UsageError(
      `The console needs a terminal, and this is none. Commands that work without one: ${listed}. More: msportal --help`,
    );
  }
  return await showConsole(() => open('own'), signal);
};

/** Both ways: keys come in, the screen goes out. */
export function atTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

export async function showConsole(_openEngine: () => Promise<Engine>, _signal: AbortSignal): Promise<ExitCode> {
  return exitCodes.done;
}
