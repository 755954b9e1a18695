import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreNotUsable } from '../portal.ts';
import { recordTypeNames } from '../records/index.ts';
import { migrations, refuseNewer, schemaVersion } from './migrations.ts';
import { Statements } from './statements.ts';
import { missingColumns, missingNumbers, tableOf } from './tables.ts';

/** How long a statement waits for another process's transaction; ours are short. */
const BUSY_MS = 5_000;

/**
 * Opens the file for writing, making it (and its folder) for the owner's eyes only.
 * Throws StoreNotUsable when it is not a database.
 */
export function openForWriting(file: string): Statements {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Made before SQLite does, which would use the umask. SQLite gives -wal and -shm the mode of the database.
  closeSync(openSync(file, 'a', 0o600));
  for (const name of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(name)) chmodSync(name, 0o600);
  return connect(file, false, (database) => {
    database.exec('PRAGMA journal_mode = WAL');
    // FULL: a committed page survives a power cut. Costs about a tenth when a page is one transaction.
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA journal_size_limit = 67108864');
    database.exec('PRAGMA temp_store = MEMORY');
  });
}

/**
 * Opens the file to look only. Null while there is nothing in it yet.
 * Throws StoreNotUsable when it was written by a newer program, or an older one and not brought up to date since.
 */
export function openForReading(file: string): Statements | null {
  if (!existsSync(file)) return null;
  const statements = connect(file, true, () => {});
  const version = schemaVersion(statements);
  if (version === 0) {
    statements.close();
    return null;
  }
  try {
    refuseNewer(version);
    const behind =
      version < migrations.length ||
      recordTypeNames.some((type) =>
        [missingColumns, missingNumbers].some((missing) => missing(statements, tableOf(type)).length > 0),
      );
    if (behind) {
      throw new StoreNotUsable(
        'The portal store was written by an older msportal. Open the console once (or run a sync) to bring it up to date; until then it cannot be read.',
      );
    }
  } catch (error) {
    statements.close();
    throw error;
  }
  return statements;
}

function connect(file: string, readOnly: boolean, set: (database: DatabaseSync) => void): Statements {
  const database = new DatabaseSync(file, { readOnly, timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    // Lists are read by scans of the file; the mapping spares a copy of each page.
    database.exec('PRAGMA mmap_size = 1073741824');
    database.prepare('PRAGMA schema_version').get();
    set(database);
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && (error.errcode === 26 || error.errcode === 11)) {
      throw new StoreNotUsable(
        `${file} is damaged or not a portal store. Move it aside and restore a copy, or let the next sync read everything again.`,
        { cause: error },
      );
    }
    throw error;
  }
  return new Statements(database);
}
