/** What clients of the engine can do with sync issues. Part of `Engine`; plain data both ways. */
import type { IssueFilter, IssueGroup, IssuePage, SyncIssue } from '../portal/issue.ts';
import type { RunResult } from './engine.ts';

export interface IssueCommands {
  issues(filter: IssueFilter & IssuePage): Promise<readonly SyncIssue[]>;
  /** Issues that are alike, with their number: what is worst first, and of that what there is most of. */
  issueGroups(filter: IssueFilter): Promise<readonly IssueGroup[]>;
  /** The ids of those that were open until now, for `restoreIssues`. */
  dismissIssues(filter: IssueFilter): Promise<readonly number[]>;
  /** Takes dismissing back; the ids of those that were dismissed. */
  restoreIssues(filter: IssueFilter): Promise<readonly number[]>;
  /**
   * Does what can be done about them without a decision, and waits for what comes of it: refused changes are sent again; rows that
   * wait for another record are tried again after that one's type was read; of others the type is read now. Throws NotConnected, Busy.
   */
  retryIssues(filter: IssueFilter): Promise<IssuesRetried>;
}

export interface IssuesRetried {
  readonly tried: number;
  /** Those that no longer stand. */
  readonly settled: number;
  /** Conflicts and doubtful matches: trying decides nothing, so that they were left alone. */
  readonly undecided: number;
  /** One for each integration that something was tried at. */
  readonly runs: readonly RunResult[];
}
