/** `msportal` alone: the console. */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { verbNames, verbOf } from '../../commands/cli.ts';
import { runConsole } from '../../console/main.tsx';
import type { Engine } from '../../engine/engine.ts';
import { goOnInBackground } from '../background.ts';
import { consoleSettings } from '../console-settings.ts';
import type { Context, Mode, Run } from '../context.ts';
import { exitCodes, UsageError } from '../exit.ts';
import { firstPaint } from '../first-paint.ts';
import { pathsOf } from '../open.ts';

export const run: Run = async (invocation, { open, close }) => {
  const paths = pathsOf(invocation);
  const settings = consoleSettings(paths, invocation.options);
  if (!atTerminal()) {
    const listed = verbNames.filter((name) => !verbOf(name).hidden).join(', ');
    throw new UsageError(
      `The console needs a terminal, and this is none. Commands that work without one: ${listed}. More: msportal --help`,
    );
  }
  // What was known the last time is drawn before an engine is opened; one that runs already is greeted meanwhile.
  const openEngine = (lost: boolean) => startEngine(open, settings.readOnly ? 'look' : 'run', lost);
  const early = existsSync(paths.endpoint) ? openEngine(false) : null;
  early?.catch(() => {});
  const left = await runConsole((lost) => (lost || early === null ? openEngine(lost) : early), {
    firstPaint: firstPaint(paths.state),
    background: !settings.readOnly,
    settings,
  });
  if (left === 'background') {
    // Closed first: the background process takes over what this one lets go.
    await close();
    await goOnInBackground(invocation);
  }
  return exitCodes.done;
};

/** Both ways: keys come in, the screen goes out. */
export function atTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}

/** A service manager starts what ended again, after some seconds; this console must not take the folder from it meanwhile. */
const comesBackMs = 15_000;

/** Where another process runs the syncs and cannot be attached to, this console looks on. */
async function startEngine(open: Context['open'], mode: Mode, lost: boolean): Promise<Engine> {
  try {
    const engine = await open(mode, { waitMs: lost ? comesBackMs : 0 });
    // Node writes its compiled code at the end of a process, and not when a dropped session ends it: the next start would be slow.
    module.flushCompileCache();
    return engine;
  } catch (error) {
    if (!(error instanceof Error && ['Busy', 'VersionSkew', 'NoAnswer'].includes(error.name))) throw error;
    return await open('look');
  }
}
