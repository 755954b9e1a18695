/**
 * Tells systemd how the service stands (sd_notify). The protocol is one datagram to the socket that NOTIFY_SOCKET names, and Node
 * has no Unix datagrams; `systemd-notify`, which is there wherever systemd is, sends it. It is not this process, so the
 * unit needs `NotifyAccess=all`.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface ServiceManager {
  /** The service is up; from now on the watchdog is told at intervals that the event loop turns, when there is one. */
  ready(status: string): Promise<void>;
  reloading(): Promise<void>;
  stopping(status: string): Promise<void>;
}

const send = promisify(execFile);

/**
 * Null when no service manager waits for word.
 * @param onFailure what could not be told, once: a manager that hears nothing stops the service
 */
export function serviceManager(
  env: Readonly<Record<string, string | undefined>>,
  onFailure: (error: Error) => void,
): ServiceManager | null {
  if (!env.NOTIFY_SOCKET) return null;
  let failed = false;
  let watchdog: NodeJS.Timeout | undefined;
  const tell = async (...assignments: string[]) => {
    try {
      await send('systemd-notify', assignments, { env: { ...env }, timeout: 10_000 });
    } catch (error) {
      if (!failed) onFailure(error as Error);
      failed = true;
    }
  };
  return {
    async ready(status) {
      await tell('READY=1', `STATUS=${status}`);
      const every = watchdogMs(env);
      if (every === null || watchdog !== undefined) return;
      watchdog = setInterval(() => void tell('WATCHDOG=1'), every);
      watchdog.unref();
    },
    reloading: () => tell('RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`),
    async stopping(status) {
      clearInterval(watchdog);
      await tell('STOPPING=1', `STATUS=${status}`);
    },
  };
}

/** Twice as often as is asked for, as systemd advises; null without a watchdog, or when it is another process's. */
function watchdogMs(env: Readonly<Record<string, string | undefined>>): number | null {
  const microseconds = Number(env.WATCHDOG_USEC);
  if (!(microseconds > 0) || (env.WATCHDOG_PID && Number(env.WATCHDOG_PID) !== process.pid)) return null;
  return Math.max(1, Math.floor(microseconds / 2000));
}
