/** The log's file: readable by its owner only, never larger than two times 10 MB in all. */
import { closeSync, fchmodSync, fstatSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

const LARGEST = 10_000_000;

export interface LogFile {
  write(line: string): void;
  close(): void;
}

/** Newest first: the file being written, and the one before it. */
export const logFiles = (file: string): [string, string] => [file, `${file}.1`];

/** @param largest bytes at which the file is moved aside and a new one begun */
export function openLogFile(file: string, largest = LARGEST): LogFile {
  const [, previous] = logFiles(file);
  let fd = openForAppend(file);
  let size = fstatSync(fd).size;

  const rotate = () => {
    // Another process may have moved it already; then we only have to follow.
    if (statSync(file, { throwIfNoEntry: false })?.ino === fstatSync(fd).ino) renameSync(file, previous);
    closeSync(fd);
    fd = openForAppend(file);
    size = fstatSync(fd).size;
  };
  if (size > largest) rotate();

  return {
    // Written at once and not from a buffer: the last lines before a crash are the ones that matter.
    write(line) {
      try {
        if (size > largest) rotate();
        size += writeSync(fd, line);
      } catch {
        // A full disk must not stop the syncs; the state file and the database report it where it hurts.
      }
    },
    close: () => closeSync(fd),
  };
}

function openForAppend(file: string): number {
  const fd = openSync(file, 'a', 0o600);
  fchmodSync(fd, 0o600);
  return fd;
}
