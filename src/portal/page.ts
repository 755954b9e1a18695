/** A page of a vendor's rows on its way into the portal, and what became of it. */
import type { SourceItem } from '../connector/source-item.ts';
import type { RecordType } from './records/index.ts';
import type { TypeCounters } from './run.ts';

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
