/** One sync of one integration, as the history keeps it. */
import type { Failure } from '../connector/errors.ts';
import type { RecordType } from './records/index.ts';

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
