/**
 * The portal store: records, links, cursors, run history and sync issues in one SQLite file.
 * One interface, so that another database can stand behind it. All calls are synchronous
 * (node:sqlite); none holds the event loop longer than one transaction of at most 500 rows, or 2,000 that were staged.
 */

import type { Lookups } from '../connector/contract.ts';
import type { Change, ChangeFilter, ChangeState, ChangeStep, NewChange } from './change.ts';
import type { IssueFilter, IssueGroup, IssuePage, IssueSum, IssueToRaise, SyncIssue } from './issue.ts';
import type { Grid, GridQuery, Link, MatchFilter, PendingMatch, RowRef } from './link-commands.ts';
import type { Cursor, PageOutcome, PageToApply, PageToStage, StagedPass } from './page.ts';
import type { RecordCondition, RecordPage, RecordQuery, ScannedRow, StoredRecord } from './query.ts';
import type { RecordType } from './records/index.ts';
import type { RunEnd, RunRecord, RunTrigger } from './run.ts';

export interface Portal extends PortalReader {
  /** Opens a run in the history. A run left open by a crash is closed as `interrupted` at the next open. */
  beginRun(run: { id: string; integration: string; trigger: RunTrigger; startedAt: string }): void;
  endRun(id: string, end: RunEnd): void;

  /**
   * Stores one page and its cursor in one transaction (more than 500 items: several, the cursor with
   * the last). The run's counters move in the same transaction.
   * Throws StoreTakenOver when another process has opened the store for writing since.
   */
  apply(page: PageToApply): PageOutcome;
  /**
   * As `apply`, but changes no record, link or issue: rows that would are put aside until `takeStaged`, in the same transaction as
   * the cursor. Counts only `read` and `unchanged`; names no changes.
   */
  stage(page: PageToStage): PageOutcome;
  /**
   * Applies rows that were staged, in one transaction up to 2,000 of them, and stores the cursor with the last. Not `complete`: there are
   * more, and it is to be called again. Readers see all of those of one call or none.
   */
  takeStaged(pass: StagedPass): { readonly outcome: PageOutcome; readonly complete: boolean };
  /** Null forgets what is staged as well. */
  saveCursor(integration: string, type: RecordType, cursor: Cursor | null): void;

  /** Held items whose references are there by now are applied; returns what came of them. */
  retryHeld(integration: string, type: RecordType, runId: string): PageOutcome;

  /** Starts to note which links a full pass sees (in memory: a pass that is cut short sweeps nothing). */
  beginPass(integration: string, type: RecordType): void;
  /** External ids of the links that the pass has not seen so far, but for those that begin with one of `keep`. */
  unseen(integration: string, type: RecordType, keep?: readonly string[]): { missing: readonly string[]; live: number };
  /**
   * Marks as gone every link the pass did not see. When more than `maxShare` of the links and more than
   * `minRows` would go, nothing is marked and `refused` says how many it would have been.
   * External ids that begin with one of `keep` are left as they are: parts of the vendor that could not be read.
   */
  sweep(
    integration: string,
    type: RecordType,
    runId: string,
    guard: { maxShare: number; minRows: number },
    keep?: readonly string[],
  ): { gone: number; refused: number };

  /** Puts a change into the outbox, with what the record says now (and what is already on its way to it) as its base. */
  addChange(change: NewChange): Change;
  /** Takes up the changes that other programs have put into the outbox since; refuses those that make no sense. */
  adoptChanges(integration: string): void;
  /**
   * Takes one step with a change, and stores what the vendor told with it in the same transaction. Null: it was no longer in one
   * of the states that the step starts from, and nothing was done.
   */
  stepChange(id: string, step: ChangeStep): Change | null;

  /** Ties a vendor's row to a record, from wherever it was tied to; a kept row is taken at once. Throws InvalidQuery. */
  link(row: RowRef, recordId: string): void;
  /** The row is linked to nothing, and stays so until somebody says what it is. False: it was not linked. */
  unlink(row: RowRef): boolean;
  /** A row that waits becomes a record of its own; its id. Throws InvalidQuery when the row is not kept. */
  createFrom(row: RowRef): string;
  /** A row that waits is left out from now on. */
  ignore(row: RowRef): void;
  /** `drop` becomes part of `keep`, with all its links and all that refers to it. Throws InvalidQuery. */
  mergeRecords(type: RecordType, keep: string, drop: string): void;

  saveLookups(integration: string, lookups: Lookups): void;

  /** Writes a copy of everything into a new file, while the store stays in use. */
  copyTo(file: string): Promise<void>;

  raiseIssue(issue: IssueToRaise): void;
  /** Removes issues; returns how many. */
  clearIssues(filter: IssueFilter): number;
  /** The ids of those that were open until now. */
  dismissIssues(filter: IssueFilter): number[];
  /** Takes dismissing back; the ids of those that were dismissed. */
  restoreIssues(filter: IssueFilter): number[];

  close(): void;
}

export interface PortalReader {
  cursor(integration: string, type: RecordType): Cursor | null;
  counts(integration?: string): Partial<Record<RecordType, number>>;
  /** Open issues by integration and reason, most first. */
  issueSums(): IssueSum[];
  issues(filter: IssueFilter & IssuePage): SyncIssue[];
  /** Issues that are alike, largest group first. */
  issueGroups(filter: IssueFilter): IssueGroup[];
  runs(filter: { integration?: string; limit?: number }): RunRecord[];
  run(id: string): RunRecord | null;
  query(query: RecordQuery): RecordPage;
  count(query: RecordCondition): number;
  get(type: RecordType, id: string): StoredRecord | null;
  links(type: RecordType, id: string): Link[];
  /** The link of a vendor's row; null when it was never taken. */
  linkOf(integration: string, type: RecordType, externalId: string): Link | null;
  /**
   * Live records in the order of their ids with these fields, as the store holds them: for going through all of a type,
   * `after` the last id of the page before.
   */
  scan(type: RecordType, fields: readonly string[], after: string | null, limit: number): ScannedRow[];
  /** Rows that wait for somebody to say which record they are. */
  pendingMatches(filter: MatchFilter): PendingMatch[];
  /** Records and their links, a page of a table with a column per integration. */
  grid(query: GridQuery): Grid;
  /** The vendor's lists as last read; null before that. */
  lookups(integration: string): { readonly at: string; readonly lists: Lookups } | null;
  changes(filter: ChangeFilter): Change[];
  /** How many changes are in each state that is not an end. */
  changeCounts(integration: string): Partial<Record<ChangeState, number>>;
  /** PRAGMA quick_check and foreign_key_check; empty when all is well. */
  verify(): string[];
  close(): void;
}

/** Another process opened the store for writing; this one must stop. */
export class StoreTakenOver extends Error {
  constructor() {
    super('Another msportal process has taken over this data folder; this one stopped writing.');
    this.name = 'StoreTakenOver';
  }
}

/** The file cannot be used as it is: written by a newer program, not yet brought up to date, or not a database. */
export class StoreNotUsable extends Error {
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'StoreNotUsable';
  }
}
