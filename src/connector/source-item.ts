/** What a connector makes of a vendor's row. */
import type { RecordType, SourceRecords } from '../portal/records/index.ts';

export type HoldReason =
  | 'not-selected'
  | 'company-not-imported'
  | 'reference-missing'
  | 'no-email'
  | 'unmapped-value'
  | 'no-permission'
  | 'malformed'
  | 'doubtful-match'
  | 'refused';

/**
 * One vendor row, mapped. In `record`, an absent field means "not told in this answer" and leaves what
 * the portal has; null means "the vendor says: empty".
 */
export type SourceItem<T extends RecordType = RecordType> = {
  [K in T]:
    | {
        readonly kind: 'record';
        readonly externalId: string;
        /** The vendor's modification time, ISO UTC; null where it tells none. */
        readonly modifiedAt: string | null;
        /** Who modified it last, as the vendor names people: for conflicts. Absent: it does not tell. */
        readonly modifiedBy?: string;
        readonly record: SourceRecords[K];
        /** Fields whose value the connector could not name, with the vendor's id of it: the record is held back for them. */
        readonly unnamed?: Readonly<Record<string, string>>;
      }
    | {
        readonly kind: 'held';
        readonly externalId: string;
        /** How a person would name the record: a number and a title. */
        readonly label: string;
        readonly reason: HoldReason;
        readonly detail: string;
        readonly modifiedAt?: string | null;
      }
    /** The vendor says that it is gone (deleted, merged away). */
    | { readonly kind: 'gone'; readonly externalId: string; readonly modifiedAt?: string | null };
}[T];
