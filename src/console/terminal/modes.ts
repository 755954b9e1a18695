/**
 * Leaving the terminal as it was found. Every mode that is switched on passes through `TerminalOutput`, and this
 * ledger reads along; whatever is still on at the end is switched off in reverse order. So a mode that Ink set, or
 * one of ours, is undone in the same way after a clean end, a crash and a signal.
 */

const esc = '\u001b';
const privateMode = /\u001b\[\?([\d;]+)([hl])/g;

/** The one private mode that is on by default: the visible cursor. */
const visibleCursor = '25';
/** Brackets each frame; never left on. */
const synchronisedUpdate = '2026';

export class ModeLedger {
  /** Changed modes in the order of their change. */
  readonly #changed = new Set<string>();

  /** Reads what goes to the terminal. */
  observe(data: string): void {
    if (!data.includes(`${esc}[?`)) return;
    for (const [, numbers, final] of data.matchAll(privateMode)) {
      for (const mode of numbers!.split(';')) this.#note(mode, final === 'h');
    }
  }

  #note(mode: string, on: boolean): void {
    const changed = mode === visibleCursor ? !on : on;
    if (!changed) this.#changed.delete(mode);
    else if (!this.#changed.has(mode)) this.#changed.add(mode);
  }

  /** The sequence that takes back everything that is still changed; the ledger is empty afterwards. */
  undo(): string {
    const modes = [...this.#changed].reverse();
    this.#changed.clear();
    // An unfinished synchronised update holds back everything else, so it ends first.
    modes.sort((a, b) => Number(b === synchronisedUpdate) - Number(a === synchronisedUpdate));
    return modes.map((mode) => `${esc}[?${mode}${mode === visibleCursor ? 'h' : 'l'}`).join('');
  }
}

export interface ExitGuardOptions {
  /** Puts the terminal back, synchronously. May be called more than once. */
  readonly restore: () => void;
  /** A clean end was asked for from outside. Absent: the terminal is put back and the signal takes its course. */
  readonly onSignal?: ((signal: EndSignal) => void) | undefined;
}

export type EndSignal = 'SIGTERM' | 'SIGHUP' | 'SIGINT' | 'SIGQUIT';
const endSignals: readonly EndSignal[] = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'];

/**
 * Calls `restore` however the process ends, short of SIGKILL. Node runs `exit` listeners before it prints an
 * uncaught error, so the error text lands on the normal screen. The second signal of the same kind does not
 * wait for a clean end any more, but for SIGHUP: a dropped SSH session sends it twice, once from the kernel and once
 * from the shell. Returns what takes the guard off again.
 */
export function guardExit({ restore, onSignal }: ExitGuardOptions): () => void {
  const seen = new Set<EndSignal>();
  const handlers = endSignals.map((signal) => {
    const handle = () => {
      if (signal === 'SIGHUP' && seen.has(signal)) return;
      if (onSignal !== undefined && !seen.has(signal)) {
        seen.add(signal);
        onSignal(signal);
        return;
      }
      restore();
      release();
      process.kill(process.pid, signal);
    };
    process.on(signal, handle);
    return [signal, handle] as const;
  });
  process.on('exit', restore);

  function release(): void {
    process.off('exit', restore);
    for (const [signal, handle] of handlers) {
      // The program may still be ending its work when the second SIGHUP comes.
      if (signal !== 'SIGHUP' || !seen.has(signal)) process.off(signal, handle);
    }
  }
  return release;
}

/**
 * Stops the process as Ctrl-Z does and resolves when it runs again. The whole process group is stopped, so that the
 * shell gets the terminal back even when we were started through another program.
 */
export async function stopUntilContinued(): Promise<void> {
  const continued = new Promise<void>((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      process.off('SIGCONT', wake);
      resolve();
    };
    process.on('SIGCONT', wake);
    // The kernel ignores the stop when no shell is there to continue us; then there is no SIGCONT to wait for. Time
    // does not pass for a stopped process, so this never ends a real stop early.
    const timer = setTimeout(wake, 500);
  });
  process.kill(0, 'SIGTSTP');
  await continued;
}
