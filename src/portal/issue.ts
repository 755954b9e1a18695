/** Sync issues: what did not sync, and why. */
import type { HoldReason } from '../connector/source-item.ts';
import type { RecordType } from './records/index.ts';

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
