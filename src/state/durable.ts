/** Files that survive a power cut. */
import { open, realpath, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { StateError } from './state-error.ts';

/**
 * Replaces a file as a whole, readable by its owner only. When the promise resolves the new content is on disk; if
 * anything stops it before, the old content is there untouched.
 * @throws StateError `state-write`
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, '', {
      mode: 0o600,
      // The library's own write takes a short one (a nearly full disk) for a whole one and would put a torso in
      // place; Node's writeFile goes on until all is written or fails.
      tmpfileCreated: (temporary) => writeFile(temporary, text),
    });
    await syncFolder(dirname(await realpath(path)));
  } catch (error) {
    throw new StateError(
      'state-write',
      `${path} could not be written: ${(error as Error).message}.`,
      'Check the free space and the permissions of its folder; what was in the file before is unharmed.',
      { cause: error },
    );
  }
}

/** A rename is safe from a power cut only when its folder has been written too; write-file-atomic leaves that out. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
