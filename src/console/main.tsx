/** The console's front door. Loads nothing of the screen itself: colours and React's mode must be settled before. */
import type { Snapshot } from '../engine/snapshot.ts';
import type { Leaving } from './app/quitting.ts';
import type { EngineSource } from './app/start.tsx';
import { type ConsoleSettings, defaultSettings } from './settings.ts';
import { asWanted, chalkLevel, detectCapabilities } from './terminal/capabilities.ts';

export interface RunConsoleOptions {
  /** What was known at the end of the last session (from the state file): drawn before the engine is there. */
  readonly firstPaint?: Snapshot | null;
  /** On leaving, offer that the syncs go on in the background. Default false. */
  readonly background?: boolean;
  /** From config file and command line. */
  readonly settings?: ConsoleSettings;
}

/** There is no terminal that the console could be drawn on. */
export class NoTerminal extends Error {
  constructor(reason: string) {
    super(
      `The console needs a terminal. ${reason} Every command works without one: try msportal status, or msportal --help.`,
    );
    this.name = 'NoTerminal';
  }
}

/**
 * Opens the console and resolves when the operator has left it, and how: `background` wants the syncs to go on. The engine
 * stays the caller's: it is not closed here.
 * @throws {NoTerminal} when the streams are no terminal
 * @throws what `engine` rejects with, after the terminal was put back
 */
export async function runConsole(engine: EngineSource, options: RunConsoleOptions = {}): Promise<Leaving> {
  const { settings = defaultSettings } = options;
  const detected = detectCapabilities(process.env, { stdin: process.stdin, stdout: process.stdout });
  const capabilities = asWanted(detected, settings);
  const { firstPaint = null, background = false } = options;
  if (settings.linear || capabilities.linear) {
    const { startLinear } = await import('./linear/start.ts');
    return await startLinear({ engine, firstPaint, background, settings });
  }
  if (capabilities.reason !== null) throw new NoTerminal(capabilities.reason);
  process.env.FORCE_COLOR = chalkLevel(capabilities.colour);
  process.env.NODE_ENV ??= 'production';
  // Ink looks for developer tools when it is set, whatever it was meant for.
  delete process.env.DEV;
  const { start } = await import('./app/start.tsx');
  return await start({ engine, firstPaint, background, settings, capabilities });
}
