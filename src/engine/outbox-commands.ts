/** What clients of the engine can do with changes. Part of `Engine`; plain data both ways. */
import type { FieldValue, FieldValues } from '../connector/writer.ts';
import type { Change, ChangeFilter, ChangeKind } from '../portal/change.ts';
import type { RecordType } from '../portal/records/index.ts';

export interface OutboxCommands {
  /** Newest first. */
  changes(filter: ChangeFilter): Promise<readonly Change[]>;
  /**
   * Puts a change into the outbox, checked against what the vendor lets be written. The next run sends it; `sync` sends it now.
   * Throws InvalidInput.
   */
  propose(proposal: Proposal): Promise<Change>;
  /** Sends a refused one again; lets the next run look again for one that is unconfirmed. Throws InvalidInput. */
  retryChange(id: string): Promise<Change>;
  /** Takes it back, which is possible until it was sent and again after it was refused. Throws InvalidInput. */
  withdrawChange(id: string): Promise<Change>;
  /**
   * Other values for one that was not sent yet, or was refused. Fields that are not named stay; those in `drop` are no longer wanted.
   * Throws InvalidInput.
   */
  editChange(id: string, fields: FieldValues, drop?: readonly string[]): Promise<Change>;
  /** Says for every field in conflict which side counts; the next run does it. Throws InvalidInput. */
  resolveConflict(id: string, choices: Readonly<Record<string, ConflictChoice>>): Promise<Change>;
}

export type ConflictChoice = 'portal' | 'vendor';

export interface Proposal {
  /** Makes asking twice the same as asking once. */
  readonly id?: string;
  /** Default: where the record came from first. */
  readonly integration?: string;
  readonly type: RecordType;
  readonly kind: ChangeKind;
  /** The portal's id of the record; for update and note. */
  readonly recordId?: string;
  /**
   * Canonical fields. Other records can be named by the portal's id of them (`companyId`, `contactId`, `assigneeId`) or by the
   * vendor's (`companyExternalId` ...). Of a note: `text`, and `private` unless the client is to see it.
   */
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Who wants it, for people. */
  readonly author?: string;
}
