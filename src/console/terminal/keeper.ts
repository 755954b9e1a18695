import { spawn } from 'node:child_process';

/** What Node's raw mode took away comes back, unless the shell was quicker; then our private modes end, and a line says what happened. */
const script = String.raw`read -r _
if stty -a <&1 | grep -q -e -isig; then stty brkint icrnl ixon icanon iexten echo isig <&1; fi
printf '\033[?2026l\033[0m\033[?2004l\033[?1049l\033[?25h\r\nmsportal was killed. What was read is kept; the next start goes on from there.\r\n'`;

/**
 * Puts the terminal back when this process is killed outright (SIGKILL, no memory left), which nothing within it can do. A shell waits
 * for the end of a pipe that only this process holds open. It is in a session of its own: signals to our group are not for it, and it may
 * write to the terminal although it is not in front. Returns what dismisses it, which works in an `exit` listener too.
 */
export function keepTerminal(fd: number): () => void {
  const keeper = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', fd, 'ignore'], detached: true });
  // Without a shell the terminal is only put back by a process that lives.
  keeper.on('error', () => {});
  keeper.stdin?.on('error', () => {});
  keeper.unref();
  (keeper.stdin as { unref?(): void } | null)?.unref?.();
  return () => void keeper.kill('SIGKILL');
}
