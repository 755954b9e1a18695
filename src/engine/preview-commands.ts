/** What a sync would do. Part of `Engine`; plain data both ways. */

import type { Failure } from '../connector/errors.ts';
import type { FieldValue } from '../connector/writer.ts';
import type { Change, FieldConflict } from '../portal/change.ts';
import type { RowChange } from '../portal/page.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { SyncSettings, TestInput } from './engine.ts';
import type { RunProgress } from './snapshot.ts';

export interface PreviewCommands {
  /**
   * Reads everything into a copy of the portal, asks the vendor for the records that our changes are about, says what would come of
   * both, and throws the copy away. Writes nothing here and nothing at the vendor. Takes minutes where there is much to read.
   * Throws InvalidInput, as `configure` and `connect` do with the same settings; Cancelled once `signal` is aborted.
   */
  preview(input: PreviewInput, onProgress?: (progress: RunProgress) => void, signal?: AbortSignal): Promise<Preview>;
}

/** What is left out is taken from what is stored; with credentials, an integration need not be connected yet. */
export interface PreviewInput extends TestInput {
  /** `types` of the input itself goes before that of the settings. */
  readonly settings?: Partial<SyncSettings>;
}

export interface Preview {
  readonly id: string;
  readonly types: Readonly<Partial<Record<RecordType, TypePreview>>>;
  /** What waits in the outbox of these types, oldest first, and what would become of it. */
  readonly outbox: readonly ForeseenChange[];
  readonly requests: number;
  readonly durationMs: number;
  /** Set when it could not be read to the end: then there is more than is told here. */
  readonly failure: Failure | null;
}

export interface TypePreview {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  /** Rows that turn out to be records that are there. */
  readonly linked: number;
  readonly unchanged: number;
  readonly gone: number;
  /** Rows that are no longer there, but too many at once: the sync marks none of them and asks. */
  readonly guarded: number;
  /** Rows that would be held back, by reason. */
  readonly held: Readonly<Record<string, number>>;
  /** The first of each outcome. */
  readonly examples: readonly RowChange[];
}

export interface ForeseenChange {
  readonly change: Change;
  readonly outcome: ChangeOutcome;
}

/** `conflicts`: fields in which the vendor has something that neither the editor saw nor wants, with the winner under the rule. */
export type ChangeOutcome =
  | { readonly kind: 'create' | 'note' }
  | {
      readonly kind: 'update';
      readonly fields: Readonly<Record<string, { readonly theirs: unknown; readonly ours: FieldValue }>>;
      readonly conflicts: readonly FieldConflict[];
    }
  /** Nothing is left to send: the vendor has it, or its own values win. */
  | { readonly kind: 'settle'; readonly conflicts: readonly FieldConflict[] }
  /** Somebody must say which side counts. */
  | { readonly kind: 'ask'; readonly conflicts: readonly FieldConflict[] }
  | { readonly kind: 'refuse'; readonly reason: string }
  /** It was sent and nothing is known of it: it is looked for, and sent again only when it is not there. */
  | { readonly kind: 'look' }
  /** Not now. */
  | { readonly kind: 'wait'; readonly reason: string }
  /** The vendor could not be asked. */
  | { readonly kind: 'unknown'; readonly reason: string };
