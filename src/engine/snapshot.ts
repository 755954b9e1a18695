/**
 * What the engine shows: plain, immutable, serialisable data. The console, the command line and, one day,
 * a socket see nothing else. No secret is ever in it (at most the last four characters of one).
 */

import type { Failure } from '../connector/errors.ts';
import type { Family } from '../connector/manifest.ts';
import type { ChangeState } from '../portal/change.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { RunStatus, RunTrigger, TypeCounters } from '../portal/run.ts';
import type { SyncSettings } from './engine.ts';

export type IntegrationStatus = 'connected' | 'disconnected' | 'error' | 'syncing';

export interface Snapshot {
  /** Grows by one with every change. */
  readonly revision: number;
  readonly integrations: readonly IntegrationView[];
  /** Records in the portal, by type: what several integrations know of counts once. */
  readonly totals: Readonly<Partial<Record<RecordType, number>>>;
  /** `order`: the integrations whose runs wait, next one first. */
  readonly queue: { readonly running: number; readonly waiting: number; readonly order: readonly string[] };
  /**
   * Who runs syncs on this data folder, and how this process stands to it: it is the owner itself (`own`), acts through it
   * over its socket (`attached`), or only looks at the files beside it (`look`). Null: nobody does.
   */
  readonly owner: {
    readonly access: 'own' | 'attached' | 'look';
    readonly pid: number;
    readonly host: string;
    readonly since: string;
  } | null;
  /** What the operator should know about the house itself: a state file set aside, a key file made. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly id: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface IntegrationView {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly family: Family;
  /** False: its connector does not exist yet ("coming"); it cannot be opened. */
  readonly available: boolean;
  /** Credentials are stored. */
  readonly configured: boolean;
  readonly enabled: boolean;
  readonly status: IntegrationStatus;
  readonly error: Failure | null;
  /** End of the last successful run, ISO. */
  readonly lastSync: string | null;
  /** Next scheduled run, or the next try while backing off, ISO; null when nothing is planned. */
  readonly nextSync: string | null;
  /** Failures in a row; > 0 means it is backing off. */
  readonly failures: number;
  readonly records: Readonly<Partial<Record<RecordType, number>>>;
  /** Open sync issues, those aside that `leftOut` counts. */
  readonly issues: number;
  /** Rows that the settings leave out. They stand among the sync issues, but nothing is wrong with them. */
  readonly leftOut: number;
  /** How many changes of ours are in each state that is not an end. */
  readonly outbox: Readonly<Partial<Record<ChangeState, number>>>;
  /** Chosen record types, in order. */
  readonly types: readonly RecordType[];
  readonly intervalMinutes: number;
  /** The rest of the sync settings; what is not in it is at its default. */
  readonly sync: Pick<SyncSettings, 'conflicts' | 'readOnly' | 'blanksErase' | 'mapping'>;
  readonly options: Readonly<Record<string, unknown>>;
  /** For the credentials form: plain values as they are, secrets as `…last4`. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly run: RunProgress | null;
  /** Outcomes of the last runs, newest last, at most 20. */
  readonly recentRuns: readonly RunStatus[];
}

export interface RunProgress {
  readonly runId: string;
  readonly trigger: RunTrigger;
  /** `waiting`: in the queue. */
  readonly phase: 'waiting' | 'running' | 'cancelling';
  readonly startedAt: string;
  readonly type: RecordType | null;
  readonly types: Readonly<Partial<Record<RecordType, TypeProgress>>>;
  readonly requests: number;
  /** Set while a budget or the vendor makes us wait: until when (ISO) and why. */
  readonly waiting: { readonly until: string; readonly why: string } | null;
  /** Records per second over the last seconds; null before there is a figure. */
  readonly rate: number | null;
  /** Milliseconds, estimated from totals and rate; null when unknown. */
  readonly remainingMs: number | null;
}

export interface TypeProgress extends TypeCounters {
  readonly state: 'pending' | 'running' | 'done' | 'failed' | 'skipped';
  /** Rows the vendor says there are; null when it does not say. */
  readonly total: number | null;
}
