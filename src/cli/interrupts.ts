import { constants } from 'node:os';

export interface Interrupts {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** 128 and the signal's number, as shells have it; undefined when there was none. */
  exitCode(): number | undefined;
}

/**
 * Ctrl-C, a closed terminal and `kill` ask the command to finish what is under way and keep it. A second
 * signal ends it at once: what was being read is then read again by the next sync.
 */
export function listenForInterrupts(signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']): Interrupts {
  const controller = new AbortController();
  let code: number | undefined;
  for (const name of signals) {
    process.on(name, () => {
      const again = code !== undefined;
      code = 128 + constants.signals[name];
      if (again) process.exit(code);
      controller.abort();
    });
  }
  return { signal: controller.signal, exitCode: () => code };
}
