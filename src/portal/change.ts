/** Changes: what people and programs here want written at a vendor, from the wish to the answer. */

import type { SourceItem } from '../connector/source-item.ts';
import type { FieldValues } from '../connector/writer.ts';
import type { RecordType } from './records/index.ts';

/** `note`: its fields are `text` and `private`. */
export type ChangeKind = 'create' | 'update' | 'note';

/**
 * `waiting`: to be sent by the next run. `sending`: journalled, the request may be under way. `unconfirmed`: it was sent and nothing is
 * known of it; ends by looking at the vendor. `confirmed`: the vendor has it. `conflicted`: the vendor has something else in
 * the same field, and somebody must say which counts. `refused`: the vendor said no. `withdrawn`: nobody wants it any more.
 */
export type ChangeState = 'waiting' | 'sending' | 'unconfirmed' | 'confirmed' | 'conflicted' | 'refused' | 'withdrawn';

/** That a sync looks at, to send or to settle. */
export const pendingStates = ['waiting', 'unconfirmed', 'conflicted'] as const;

/** Not on its way: it can be given other values. */
export const editableStates: readonly ChangeState[] = ['waiting', 'refused', 'conflicted'];

/** Not yet at its end. */
export const openStates = [
  'waiting',
  'sending',
  'unconfirmed',
  'conflicted',
  'refused',
] as const satisfies ChangeState[];

export interface Change {
  readonly id: string;
  /** Grows: the order in which they were made. */
  readonly seq: number;
  readonly integration: string;
  readonly type: RecordType;
  readonly kind: ChangeKind;
  /** The portal record; null for a create that the vendor has not confirmed. */
  readonly recordId: string | null;
  /** The vendor's id of the record. */
  readonly externalId: string | null;
  /** What is wanted. */
  readonly fields: FieldValues;
  /** What the editor saw in these fields. */
  readonly base: FieldValues;
  readonly state: ChangeState;
  /** Goes with the request, so that its outcome can be found. Null before the first attempt. */
  readonly marker: string | null;
  /** How often it was sent. */
  readonly attempts: number;
  /** Why it is where it is, in words. */
  readonly reason: string | null;
  /** Every field in which the vendor had changed something else, and who won; kept when it is settled. */
  readonly conflicts: readonly FieldConflict[];
  readonly author: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Of the last attempt. */
  readonly sentAt: string | null;
  /** The vendor's id of the note that was made. */
  readonly madeId: string | null;
  /** What a person would call the record. */
  readonly label: string;
}

export interface FieldConflict {
  readonly field: string;
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** When it was found, our clock. */
  readonly at: string;
  /** When the record was last changed at the vendor, where it tells. */
  readonly theirsAt: string | null;
  /** Who changed the record last at the vendor, where it tells. */
  readonly theirsBy?: string;
  /** Null while somebody is asked. */
  readonly winner: 'portal' | 'vendor' | null;
}

export interface NewChange {
  readonly id: string;
  readonly integration: string;
  readonly type: RecordType;
  readonly kind: ChangeKind;
  readonly recordId: string | null;
  readonly externalId: string | null;
  readonly fields: FieldValues;
  readonly author: string;
  readonly at: string;
}

/** One step of a change, and what goes with it in the same transaction. What is left out stays. */
export interface ChangeStep {
  /** Only from one of these; else somebody was quicker and nothing happens. */
  readonly from: readonly ChangeState[];
  readonly to: ChangeState;
  readonly at: string;
  readonly reason?: string | null;
  readonly fields?: FieldValues;
  readonly base?: FieldValues;
  readonly conflicts?: readonly FieldConflict[];
  readonly marker?: string;
  readonly madeId?: string;
  /** Counts an attempt. */
  readonly sent?: boolean;
  /** The record as the vendor told it: stored as if it had been read, with its hash, so that reading it again finds nothing new. */
  readonly item?: SourceItem;
  /** The run whose counters this adds to. */
  readonly runId?: string;
}

export interface ChangeFilter {
  readonly id?: string;
  readonly integration?: string;
  readonly type?: RecordType;
  readonly recordId?: string;
  readonly externalId?: string;
  readonly madeId?: string;
  /** Default: all. */
  readonly states?: readonly ChangeState[];
  /** Default: newest first. */
  readonly oldestFirst?: boolean;
  readonly limit?: number;
}

/** The external id of the sync issue about a change. */
export const issueOf = (change: string): string => `change:${change}`;
/** The change that the issue with this external id is of; null: it is of a row. */
export const changeOf = (externalId: string): string | null =>
  externalId.startsWith('change:') ? externalId.slice('change:'.length) : null;
