import type { Engine } from '../engine/engine.ts';
import type { ExitCode } from './exit.ts';
import type { Invocation } from './parse.ts';

export type Mode = 'own' | 'run' | 'look';

/** What a verb is given beside what was typed. */
export interface Context {
  /**
   * The engine on this data folder, here or in the process that runs one already; closed when the command ends. `own`: for
   * commands that change something. `run`: the same, with the scheduler when it is ours. `look`: only reads.
   * Throws Busy, VersionSkew or NoAnswer when another process holds the folder and cannot be attached to.
   */
  open(mode: Mode, options?: { readonly waitMs?: number }): Promise<Engine>;
  /** Closes it before the command ends. */
  close(): Promise<void>;
  /** Aborted by Ctrl-C and its kind: finish what is under way, keep it, and return. */
  readonly signal: AbortSignal;
}

export type Run = (invocation: Invocation, context: Context) => Promise<ExitCode>;
