/** What clients of the engine can do with links. Part of `Engine`; plain data both ways. */
import type { Grid, GridQuery, Link, MatchFilter, PendingMatch, RowRef } from '../portal/link-commands.ts';
import type { RecordType } from '../portal/records/index.ts';

export interface LinkCommands {
  /** Rows of vendors that wait for somebody to say which record they are, with candidates. */
  pendingMatches(filter: MatchFilter): Promise<readonly PendingMatch[]>;
  /** Records by integrations: who is linked where, and what is missing. */
  grid(query: GridQuery): Promise<Grid>;
  links(type: RecordType, recordId: string): Promise<readonly Link[]>;
  /** Ties a row to a record, also one that is tied to another now. Throws InvalidInput. */
  link(row: RowRef, recordId: string): Promise<void>;
  /** Linked to nothing, until somebody says what it is. False: it was not linked. */
  unlink(row: RowRef): Promise<boolean>;
  /** A row that waits becomes a record of its own; its id. Throws InvalidInput. */
  createFromRow(row: RowRef): Promise<string>;
  /** A row that waits is left out from now on. */
  ignoreRow(row: RowRef): Promise<void>;
  /** Two records become one, which keeps every link. Throws InvalidInput. */
  mergeRecords(type: RecordType, keep: string, drop: string): Promise<void>;
  /**
   * Links every waiting row that has exactly one candidate at least so likely (default 0.8), but none that somebody unlinked. Doing it
   * again does nothing more.
   */
  quickMatch(filter: MatchFilter, confidence?: number): Promise<readonly QuickMatch[]>;
}

/** What was linked, and why. */
export interface QuickMatch extends Pick<PendingMatch, 'integration' | 'type' | 'externalId' | 'label'> {
  readonly to: PendingMatch['candidates'][number];
}
