import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while holding `file` as a lock between processes, so that two npm scripts started at once neither
 * install nor build over each other. A lock whose process is gone (killed half-way) is taken over.
 *
 * @template T
 * @param {URL} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder !== undefined && !alive(holder)) {
      // Between reading and removing, another waiter may have taken the lock over: remove it only while it still names the dead one.
      if (holderOf(file) === holder) rmSync(file, { force: true });
      continue;
    }
    if (!told)
      process.stderr.write('Waiting for another npm script of this folder to finish installing or building ...\n');
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The process id in the lock; undefined while it is being written or is gone again. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
