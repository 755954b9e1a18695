/** Which of the vendor's rows are which of our records: what people see of it, and what they can decide. */
import type { Condition } from './query.ts';
import type { MatchRule } from './records/define.ts';
import type { RecordType } from './records/index.ts';

/** A vendor's row. */
export interface RowRef {
  readonly integration: string;
  readonly type: RecordType;
  readonly externalId: string;
}

/** A row, and the record that it is. */
export interface Link {
  readonly integration: string;
  readonly type: RecordType;
  readonly externalId: string;
  readonly recordId: string;
  readonly modifiedAt: string | null;
  readonly goneAt: string | null;
}

/** A row that waits for somebody to say which record it is. */
export interface PendingMatch extends RowRef {
  readonly label: string;
  readonly detail: string;
  /** The row was read and is kept, so that it can be taken at once. */
  readonly hasRow: boolean;
  /** Somebody unlinked it: only by hand is it linked again. */
  readonly unlinked: boolean;
  /** Most likely first. */
  readonly candidates: readonly MatchCandidate[];
}

export interface MatchCandidate {
  readonly recordId: string;
  readonly label: string;
  /** `similar`: the same name without legal forms and punctuation. */
  readonly by: MatchRule['by'] | 'similar';
  /** 0 to 1. */
  readonly confidence: number;
}

export interface MatchFilter {
  readonly integration?: string;
  readonly type?: RecordType;
}

export interface GridQuery {
  /** Default: companies. */
  readonly type?: RecordType;
  /** Integrations that are the columns. */
  readonly integrations: readonly string[];
  /** Part of the name. */
  readonly search?: string;
  /** All must hold of the record. */
  readonly where?: readonly Condition[];
  /** Only records that lack a link to one of the integrations. */
  readonly missingOnly?: boolean;
  /** By name; default: ascending. */
  readonly descending?: boolean;
  /** Default 100. */
  readonly limit?: number;
  /** Continue after a page: its `next`. */
  readonly after?: string | null;
}

export interface GridRow {
  readonly recordId: string;
  readonly label: string;
  /** External ids by integration; an integration without a link is not in it. */
  readonly links: Readonly<Record<string, readonly string[]>>;
}

export interface Grid {
  readonly rows: readonly GridRow[];
  readonly next: string | null;
}
