import { readlinkSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Who is at this process, for the log of the process that acts: `user@terminal/pid`, and the person behind sudo. */
export function who(env: NodeJS.ProcessEnv = process.env): string {
  return `${env.SUDO_USER || userName()}@${terminal() ?? 'no-terminal'}/${process.pid}`;
}

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** `pts/3`; null where there is none, or where the system does not tell. */
function terminal(): string | null {
  if (!process.stdin.isTTY) return null;
  try {
    return readlinkSync('/proc/self/fd/0').replace('/dev/', '');
  } catch {
    return 'terminal';
  }
}
