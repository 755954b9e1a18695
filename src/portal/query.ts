/** How records are asked for. */
import type { RecordType } from './records/index.ts';

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

/** A query names a field that does not exist, or asks something of it that makes no sense. */
export class InvalidQuery extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidQuery';
  }
}
