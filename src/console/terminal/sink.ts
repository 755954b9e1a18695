import { closeSync, constants, openSync, writeSync } from 'node:fs';

/** Where the bytes go. Never waits: writes what fits and says how much that was. */
export interface TerminalSink {
  /**
   * @returns bytes taken; 0 when the terminal takes none just now.
   * @throws the system's error when the terminal is gone.
   */
  write(bytes: Uint8Array): number;
  close(): void;
}

/**
 * Opens the terminal behind `fd` a second time, non-blocking. Node sets terminals to blocking writes, and the flag
 * belongs to the open file, which the shell shares with us; a file of our own changes it for nobody else.
 */
export function openSink(fd: number): TerminalSink {
  const own = reopen(fd);
  return {
    write(bytes) {
      try {
        return writeSync(own ?? fd, bytes);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'EAGAIN' || code === 'EINTR') return 0;
        throw error;
      }
    },
    close() {
      if (own !== null) closeSync(own);
    },
  };
}

function reopen(fd: number): number | null {
  // After `su` the terminal's file may belong to somebody else; /dev/tty is open to whoever sits at it. Where
  // neither opens, writes go to the shared file and may wait.
  for (const path of [`/proc/self/fd/${fd}`, '/dev/tty']) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    } catch {}
  }
  return null;
}
