/**
 * The one facade over everything that runs. Console and command line are its clients; it knows neither. What is here can
 * cross a socket: all but the snapshot is asked for, and answered later.
 */

import type { Lookups } from '../connector/contract.ts';
import type { Failure } from '../connector/errors.ts';
import type { Choice, Credentials, Manifest, Options } from '../connector/manifest.ts';
import type { RecordCondition, RecordPage, RecordQuery, StoredRecord } from '../portal/query.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { RunRecord, TypeCounters } from '../portal/run.ts';
import type { Finding, TerminalFacts } from './doctor/finding.ts';
import type { Duplicates, DuplicateType } from './duplicates/duplicate.ts';
import type { ExplainRequest, Story } from './explain/story.ts';
import type { IssueCommands } from './issue-commands.ts';
import type { LinkCommands } from './link-commands.ts';
import type { OutboxCommands } from './outbox-commands.ts';
import type { PreviewCommands } from './preview-commands.ts';
import type { IntegrationView, Snapshot } from './snapshot.ts';
import type { ValueTables } from './sync/values.ts';

export interface Engine extends OutboxCommands, LinkCommands, IssueCommands, PreviewCommands {
  getSnapshot(): Snapshot;
  subscribe(listener: () => void): () => void;
  /** Aborted when the process that ran it is gone; nothing works from then on. One's own engine is never lost. */
  readonly lost: AbortSignal;

  manifest(id: string): Promise<Manifest>;
  guide(id: string): Promise<string>;

  /** Runs the connection test with these settings (stored ones where the input leaves them out); stores nothing. */
  test(input: TestInput, onCheck?: (checks: readonly CheckView[]) => void, signal?: AbortSignal): Promise<TestResult>;
  /** Live choices of an option, read from the vendor with these credentials. */
  choices(input: TestInput, optionKey: string, signal?: AbortSignal): Promise<readonly Choice[]>;
  /** Seals and saves; enables unless told otherwise. Throws InvalidInput. Does not test: call `test` before. */
  connect(input: ConnectInput): Promise<IntegrationView>;
  /** Changes sync settings or connector options of a configured integration. */
  configure(id: string, change: SettingsChange): Promise<IntegrationView>;
  enable(id: string): Promise<IntegrationView>;
  disable(id: string): Promise<IntegrationView>;
  /** Removes the credentials and stops syncing. Records stay. */
  disconnect(id: string): Promise<IntegrationView>;

  /** Queues a run ahead of scheduled ones (or joins the one under way) and waits for its end. */
  sync(id: string, request?: SyncRequest): Promise<RunResult>;
  /** Asks the run to stop after its page; resolves without waiting for that. One that waits in the queue leaves it. */
  cancel(id: string): Promise<void>;
  /** Moves a run that waits to the front of the queue; false when none of this integration waits. */
  runFirst(id: string): Promise<boolean>;

  /** The vendor's lists of statuses, priorities, queues as they were last read; `refresh` reads them now. */
  lookups(id: string, refresh?: boolean): Promise<KeptLookups>;

  draft(id: string): Promise<Draft | null>;
  saveDraft(id: string, draft: Draft | null): Promise<void>;
  preferences(): Promise<Preferences>;
  savePreferences(preferences: Preferences): Promise<void>;

  records(query: RecordQuery): Promise<RecordPage>;
  countRecords(query: RecordCondition): Promise<number>;
  record(type: RecordType, id: string): Promise<StoredRecord | null>;
  runs(filter: { integration?: string; limit?: number }): Promise<readonly RunRecord[]>;
  /** Looks at the whole installation and changes nothing. `terminal`: what the caller has before it. */
  doctor(terminal?: TerminalFacts): Promise<readonly Finding[]>;
  /** Why a record is as it is, or is not here. */
  explain(request: ExplainRequest): Promise<Story>;
  /** Records that are likely twice, most likely first; at most `limit` groups (default 1,000). Seconds for a million records. */
  duplicates(type: DuplicateType, limit?: number): Promise<Duplicates>;
  /** Newest last. */
  logs(filter: LogFilter): Promise<readonly LogEntry[]>;

  /** The owner of the data folder: no new runs; running pages finish and checkpoint; then all is closed. A client: lets go. */
  close(): Promise<void>;
}

export interface KeptLookups {
  readonly at: string;
  readonly lists: Lookups;
}

export interface SyncSettings {
  readonly intervalMinutes: 5 | 15 | 30;
  /** False: start from now, without what exists already. */
  readonly initialImport: boolean;
  readonly types: readonly RecordType[];
  /** Which counts when the same field was changed here and at the vendor. Default: ask. */
  readonly conflicts?: 'vendor' | 'portal' | 'ask';
  /** Per record type and field: what a vendor's value is called here. A field without a table has the vendor's names. */
  readonly mapping?: ValueTables;
  /** A blank at the vendor empties addresses, phones and the like here. Default: false, they stay as they are. */
  readonly blanksErase?: boolean;
  /** Nothing is written at the vendor; what is in the outbox waits. Default: false. */
  readonly readOnly?: boolean;
}

/** What is left out stays as it is, option by option too. */
export type SettingsChange = Partial<SyncSettings> & { readonly options?: Options };

export interface TestInput {
  readonly id: string;
  readonly credentials?: Credentials;
  readonly options?: Options;
  readonly types?: readonly RecordType[];
}

export interface ConnectInput extends TestInput {
  readonly settings?: Partial<SyncSettings>;
  readonly enable?: boolean;
}

export interface CheckView {
  readonly id: string;
  readonly label: string;
  readonly status: 'pending' | 'running' | 'passed' | 'warning' | 'failed' | 'untested';
  readonly ms: number;
  readonly detail: string | null;
  readonly cause: string | null;
  readonly fix: string | null;
  /** A failure of this one makes connecting pointless; the wizard does not go on past it. */
  readonly hard?: boolean;
  readonly suggest?: { readonly field: string; readonly value: string };
}
export interface TestResult {
  /** No check failed. */
  readonly ok: boolean;
  readonly checks: readonly CheckView[];
}

export interface SyncRequest {
  readonly types?: readonly RecordType[];
  /** Read everything and mark what is gone. */
  readonly full?: boolean;
  /** Let a full read mark more records as gone than the guard allows. */
  readonly acceptDeletions?: boolean;
}

export interface RunResult {
  readonly id: string;
  readonly runId: string;
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  readonly types: Readonly<Partial<Record<RecordType, TypeCounters>>>;
  readonly requests: number;
  readonly waitedMs: number;
  readonly bytes: number;
  readonly durationMs: number;
  readonly failure: Failure | null;
}

/** The wizard half-way; never holds a secret. */
export interface Draft {
  readonly step: number;
  readonly credentials: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly settings: Partial<SyncSettings>;
}

/** What the console remembers between starts: place, filters. Only the console knows its shape. */
export type Preferences = Readonly<Record<string, unknown>>;

export interface LogFilter {
  readonly integration?: string;
  readonly run?: string;
  readonly type?: string;
  /** The vendor's id of a record, or its number or name. */
  readonly record?: string;
  readonly level?: LogLevel;
  /** ISO; older entries are left out. */
  readonly since?: string;
  readonly limit?: number;
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export interface LogEntry {
  /** ISO. */
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly integration?: string;
  readonly run?: string;
  readonly type?: string;
  readonly record?: string;
  readonly [key: string]: unknown;
}

/** What was given does not fit; `problems` names each place and what would. Nothing was changed. */
export class InvalidInput extends Error {
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  constructor(problems: readonly { path: string; message: string }[]) {
    super(problems.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join('\n'));
    this.name = 'InvalidInput';
    this.problems = problems;
  }
}

/** Another process runs the engine on this data folder. */
export class Busy extends Error {
  constructor(holder: { pid: number; host: string; since: string }) {
    super(
      `Another msportal (process ${holder.pid} on ${holder.host}, since ${holder.since}) runs the syncs on this data folder. Use that one, or stop it first.`,
    );
    this.name = 'Busy';
  }
}
