/** What clients look at: records, runs, logs, and what can be found out about them. Changes nothing. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import { readLog } from '../log/read.ts';
import type { PortalReader } from '../portal/portal.ts';
import type { RecordCondition, RecordPage, RecordQuery, StoredRecord } from '../portal/query.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { RunRecord } from '../portal/run.ts';
import type { Paths } from '../state/paths.ts';
import type { Connections } from './connections.ts';
import { diagnose } from './doctor/doctor.ts';
import type { Finding, TerminalFacts } from './doctor/finding.ts';
import type { Duplicates, DuplicateType } from './duplicates/duplicate.ts';
import { findDuplicates } from './duplicates/find.ts';
import type { Engine, LogEntry, LogFilter } from './engine.ts';
import { explain } from './explain/explain.ts';
import type { ExplainRequest, Story } from './explain/story.ts';
import type { Integrations } from './integrations.ts';
import type { Syncing } from './syncing.ts';

export interface LookingParts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly integrations: Integrations;
  readonly connections: Connections;
  readonly reader: PortalReader;
  readonly syncing: Syncing;
  readonly logFiles: readonly string[];
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** Ends what may take long. */
  readonly closing: AbortSignal;
}

type Looks = 'records' | 'countRecords' | 'record' | 'runs' | 'logs' | 'explain' | 'duplicates' | 'doctor';

export class Looking implements Pick<Engine, Looks> {
  readonly #parts: LookingParts;

  constructor(parts: LookingParts) {
    this.#parts = parts;
  }

  async records(query: RecordQuery): Promise<RecordPage> {
    return this.#parts.reader.query(query);
  }

  async countRecords(query: RecordCondition): Promise<number> {
    return this.#parts.reader.count(query);
  }

  async record(type: RecordType, id: string): Promise<StoredRecord | null> {
    return this.#parts.reader.get(type, id);
  }

  async runs(filter: { integration?: string; limit?: number }): Promise<readonly RunRecord[]> {
    return this.#parts.reader.runs(filter);
  }

  logs(filter: LogFilter): Promise<readonly LogEntry[]> {
    return readLog(this.#parts.logFiles, filter);
  }

  explain(request: ExplainRequest): Promise<Story> {
    return explain(request, this.#parts);
  }

  duplicates(type: DuplicateType, limit?: number): Promise<Duplicates> {
    const { reader, closing: signal } = this.#parts;
    return findDuplicates(reader, type, { signal, ...(limit === undefined ? {} : { limit }) });
  }

  doctor(terminal?: TerminalFacts): Promise<readonly Finding[]> {
    const { paths, env, catalogue, now, syncing, closing: signal } = this.#parts;
    const { running, waiting } = syncing.queue;
    return diagnose({ paths, env, catalogue, now, terminal, queue: { running, waiting }, thorough: false, signal });
  }
}
