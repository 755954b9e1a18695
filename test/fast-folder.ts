/** Where tests put databases. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder in memory on Linux. In containers it is often too small for what the larger tests store. */
const inMemory = '/dev/shm';
const needed = 1_000_000_000;

function isUsable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > needed;
  } catch {
    return false;
  }
}

/**
 * The store waits for the disk with every commit, which is most of what tests with a database took on a disk. In memory there is
 * nothing to wait for; what they show is the same.
 */
export const fastFolder: string = isUsable(inMemory) ? inMemory : tmpdir();
