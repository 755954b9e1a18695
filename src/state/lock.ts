/**
 * One engine per data folder. The lock is an open exclusive transaction on a SQLite file: the system drops it with the process,
 * whatever ended it, so there is never a stale one to clear. Who holds it is said in a JSON file beside, which
 * means nothing by itself.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO. */
  readonly since: string;
}

export interface Lock {
  release(): void;
}

export class Held extends Error {
  readonly holder: Holder;
  constructor(holder: Holder) {
    super(`Held by process ${holder.pid} on ${holder.host} since ${holder.since}.`);
    this.name = 'Held';
    this.holder = holder;
  }
}

/** `readHolder` takes the file for an instant; whoever acquires just then waits for it. Milliseconds. */
const PATIENCE = 250;
const UNKNOWN: Holder = { pid: 0, host: 'unknown', since: 'unknown' };

// A database that nobody refers to is collected and closed, and its lock with it.
const held = new Set<DatabaseSync>();

/** @throws Held */
export function acquireLock(path: string, { pid, host, now }: { pid: number; host: string; now: Date }): Lock {
  // SQLite would make it readable for all; its journal takes the same mode. Before it is opened here: see `readHolder`.
  if (!existsSync(path)) writeFileSync(path, '', { mode: 0o600, flag: 'a' });
  const database = new DatabaseSync(path, { timeout: PATIENCE });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    throw new Held(holderBeside(path));
  }
  held.add(database);
  const beside = sidecar(path);
  // Gone first, so that nobody reads the name of an earlier holder.
  rmSync(beside, { force: true });
  writeFileSync(beside, JSON.stringify({ pid, host, since: now.toISOString() } satisfies Holder), { mode: 0o600 });
  return {
    release() {
      if (!held.delete(database)) return;
      rmSync(beside, { force: true });
      database.close();
    },
  };
}

/** Who holds the lock now; null when nobody does. */
export function readHolder(path: string): Holder | null {
  if (!existsSync(path)) return null;
  // The file itself is only ever opened through SQLite: any other close of it in this process would drop our own lock.
  const database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
  try {
    database.exec('SELECT 1 FROM sqlite_schema');
    return null;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return holderBeside(path);
  } finally {
    database.close();
  }
}

/** The holder may not have come to write its name yet: wait a little for it. */
function holderBeside(path: string): Holder {
  for (let waited = 0; waited < PATIENCE; waited += 10) {
    try {
      const { pid, host, since } = JSON.parse(readFileSync(sidecar(path), 'utf8')) as Partial<Holder>;
      if (typeof pid === 'number' && typeof host === 'string' && typeof since === 'string') return { pid, host, since };
    } catch {
      // Not there yet, or half-written.
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  return UNKNOWN;
}

const sidecar = (path: string) => `${path}.json`;
const SQLITE_BUSY = 5;
const isBusy = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) % 256 === SQLITE_BUSY;
