import type { Engine } from '../engine/engine.ts';
import type { ExitCode } from './exit.ts';
import type { Invocation } from './parse.ts';

export type Mode = 'own' | 'run' | 'look';

/** What a verb is given beside what was typed. */
export interface Context {
  /**
   * The engine on this data folder; closed when the command ends. `own`: for commands that change something; throws
   * Busy when another process holds the folder. `run`: the same, with the scheduler. `look`: reads beside whoever holds it.
   */
  open(mode: Mode): Promise<Engine>;
  /** Aborted by Ctrl-C and its kind: finish what is under way, keep it, and return. */
  readonly signal: AbortSignal;
}

export type Run = (invocation: Invocation, context: Context) => Promise<ExitCode>;
