import { StoreTakenOver } from '../portal.ts';
import type { Statements } from './statements.ts';

/** The writing side of the store. Each opener takes the next epoch; a writer with an older one must stop. */
export class Writer {
  readonly statements: Statements;
  readonly #epoch: number;

  private constructor(statements: Statements, epoch: number) {
    this.statements = statements;
    this.#epoch = epoch;
  }

  /** Takes the store over from whoever had it; `prepare` runs in the same transaction, before. */
  static claim(statements: Statements, owner: { name: string; since: string }, prepare: () => void): Writer {
    return transaction(statements, () => {
      prepare();
      const row = statements
        .sql(
          `INSERT INTO owner (only_row, epoch, name, since) VALUES (1, 1, ?, ?)
           ON CONFLICT DO UPDATE SET epoch = epoch + 1, name = excluded.name, since = excluded.since RETURNING epoch`,
        )
        .get(owner.name, owner.since);
      return new Writer(statements, row!.epoch as number);
    });
  }

  /**
   * Runs `work` in one transaction: all of it is on disk when this returns, or none of it.
   * Throws StoreTakenOver when the store has another owner by now.
   */
  write<T>(work: () => T): T {
    return transaction(this.statements, () => {
      // Inside the write lock: nobody can take over between this look and the commit.
      if (this.statements.sql('SELECT epoch FROM owner').get()!.epoch !== this.#epoch) throw new StoreTakenOver();
      return work();
    });
  }
}

function transaction<T>(statements: Statements, work: () => T): T {
  const { database } = statements;
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
