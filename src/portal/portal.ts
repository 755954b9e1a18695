/**
 * The portal store: records, links, cursors, run history and sync issues in one SQLite file.
 * One interface, so that another database can stand behind it. All calls are synchronous
 * (node:sqlite); none holds the event loop longer than one transaction of at most 500 rows, or 2,000 that were staged.
 */

import type { HoldReason, Lookups, SourceItem } from '../connector/contract.ts';
import type { Failure } from '../connector/errors.ts';
import type { Change, ChangeFilter, ChangeState, ChangeStep, NewChange } from './change.ts';
import type { Grid, GridQuery, MatchFilter, PendingMatch, RowRef } from './link-commands.ts';
import type { RecordType } from './records/index.ts';

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

export type RunTrigger = 'manual' | 'scheduled' | 'initial';
export type RunStatus = 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

export interface TypeCounters {
  /** Rows the vendor sent that were looked at. */
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Not taken, with a reason that stands as a sync issue. */
  held: number;
  /** Malformed or refused. */
  failed: number;
  gone: number;
  /** Changes of ours that the vendor has now. */
  pushed: number;
  /** Changes of ours that met another at the vendor; the rule or the operator decides. */
  conflicted: number;
  /** Changes of ours that the vendor refused. */
  refused: number;
}

export const noCounters = (): TypeCounters => ({
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  held: 0,
  failed: 0,
  gone: 0,
  pushed: 0,
  conflicted: 0,
  refused: 0,
});

export interface RunEnd {
  readonly status: Exclude<RunStatus, 'running'>;
  readonly endedAt: string;
  readonly requests: number;
  readonly waitedMs: number;
  readonly bytes: number;
  readonly failure: Failure | null;
}

export interface RunRecord {
  readonly id: string;
  readonly integration: string;
  readonly trigger: RunTrigger;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly status: RunStatus;
  readonly types: Partial<Record<RecordType, TypeCounters>>;
  readonly requests: number;
  readonly waitedMs: number;
  readonly bytes: number;
  readonly failure: Failure | null;
}

/** The engine's business; the portal only keeps it with the page. JSON. */
export type Cursor = Readonly<Record<string, unknown>>;

export interface PageToApply {
  readonly integration: string;
  readonly type: RecordType;
  readonly runId: string;
  readonly items: readonly SourceItem[];
  readonly cursor: Cursor;
  /** Our clock, ISO. */
  readonly at: string;
  /** Rows are only tied to records the portal has; they neither create nor change any. */
  readonly linkOnly?: boolean;
  /** A vendor's blank empties descriptive fields as well; see `RecordTypeDefinition.descriptive`. */
  readonly blanksErase?: boolean;
}

export interface PageToStage extends PageToApply {
  /** A pass begins with it: what an earlier one has staged is forgotten. */
  readonly first: boolean;
}

/** A complete pass; `cursor` is stored when all of it is taken. */
export type StagedPass = Omit<PageToApply, 'items'>;

/** What became of the rows; `changes` names each row that was not `unchanged`, for the log. */
export interface PageOutcome extends TypeCounters {
  readonly changes: readonly RowChange[];
}
export interface RowChange {
  readonly externalId: string;
  readonly outcome: 'created' | 'updated' | 'held' | 'failed' | 'gone' | 'restored' | 'linked';
  readonly label: string;
  /** For `updated`: field names. */
  readonly fields?: readonly string[];
  /** For `updated`: what each of them was and is, as the store holds it. */
  readonly values?: Readonly<
    Record<string, { readonly before: string | number | null; readonly after: string | number | null }>
  >;
  readonly reason?: string;
}

export interface SyncIssue {
  readonly id: number;
  readonly integration: string;
  /** Null: concerns the integration as a whole. */
  readonly type: RecordType | null;
  readonly externalId: string | null;
  /**
   * `part-failed`: a part of the vendor (a tenant) could not be read. `refused`, `conflict`: a change of ours could not be written;
   * their external id is `change:` and its id.
   */
  readonly reason: HoldReason | 'deletion-guard' | 'run-failed' | 'part-failed' | 'conflict';
  readonly label: string;
  readonly detail: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly dismissed: boolean;
}
export type IssueToRaise = Pick<SyncIssue, 'integration' | 'type' | 'externalId' | 'reason' | 'label' | 'detail'> & {
  readonly at: string;
};
export interface IssueFilter {
  readonly integration?: string;
  /** Null: those that concern no single type. */
  readonly type?: RecordType | null;
  readonly reason?: string;
  readonly externalId?: string;
  /** The whole label, or the number it begins with. */
  readonly label?: string;
  readonly includeDismissed?: boolean;
  readonly ids?: readonly number[];
  /** Each is somewhere in the label, the detail or the vendor's id, or in none of them; ASCII letters in any case. */
  readonly words?: readonly { readonly not: boolean; readonly value: string }[];
}
export interface IssuePage {
  /** Default: 100. */
  readonly limit?: number;
  readonly offset?: number;
  /** Default: what was seen last, first. */
  readonly sort?: { readonly by: 'lastSeen' | 'firstSeen' | 'label'; readonly descending: boolean };
}

/** Issues of one reason and record type in one integration. */
export interface IssueGroup extends Pick<SyncIssue, 'integration' | 'type' | 'reason'> {
  readonly count: number;
  /** When the oldest of them was first seen, ISO. */
  readonly since: string;
  /** The newest of them, at most three. */
  readonly examples: readonly SyncIssue[];
}

export interface IssueSum {
  readonly integration: string;
  readonly reason: SyncIssue['reason'];
  readonly count: number;
}

export type ScannedRow = Readonly<Record<string, string | number | null>>;

export type StoredRecord = Readonly<Record<string, unknown>> & { readonly id: string };

export type Condition =
  | {
      readonly field: string;
      readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly value: string | number | boolean | null;
    }
  | { readonly field: string; readonly op: 'contains' | '!contains'; readonly value: string }
  /** Free text over the type's title and list columns. */
  | { readonly op: 'text' | '!text'; readonly value: string };

export interface RecordQuery {
  readonly type: RecordType;
  /** Only records linked from this integration. */
  readonly integration?: string;
  /** All must hold. */
  readonly where?: readonly Condition[];
  /** Only records that lack a link to one of these integrations. */
  readonly lacking?: readonly string[];
  /** Default: the type's first title field, ascending. */
  readonly sort?: { readonly field: string; readonly descending?: boolean };
  readonly limit?: number;
  /** Continue after a row: the `next` of the page before (keyset, so that deep pages are as quick as the first). */
  readonly after?: string | null;
  readonly includeGone?: boolean;
}
/** Which records, in whatever order. */
export type RecordCondition = Pick<RecordQuery, 'type' | 'integration' | 'where' | 'lacking' | 'includeGone'>;
export interface RecordPage {
  readonly records: readonly StoredRecord[];
  readonly next: string | null;
}

export interface Link {
  readonly integration: string;
  readonly type: RecordType;
  readonly externalId: string;
  readonly recordId: string;
  readonly modifiedAt: string | null;
  readonly goneAt: string | null;
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

/** A query names a field that does not exist, or asks something of it that makes no sense. */
export class InvalidQuery extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidQuery';
  }
}
