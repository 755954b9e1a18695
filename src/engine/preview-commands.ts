/** What a sync would do. Part of `Engine`; plain data both ways. */
import type { Failure } from '../connector/errors.ts';
import type { Change } from '../portal/change.ts';
import type { RowChange } from '../portal/portal.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { TestInput } from './engine.ts';

export interface PreviewCommands {
  /**
   * Reads everything (with stored credentials, options and types where the input leaves them out) into a copy of the portal, says what
   * came of it, and throws the copy away. Writes nothing here and nothing at the vendor. Throws InvalidInput.
   */
  preview(input: TestInput): Promise<Preview>;
}

export interface Preview {
  readonly id: string;
  readonly types: Readonly<Partial<Record<RecordType, TypePreview>>>;
  /** What waits in the outbox and would be sent. */
  readonly outbox: readonly Change[];
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
  /** Rows that would be held back, by reason. */
  readonly held: Readonly<Record<string, number>>;
  /** The first of each outcome. */
  readonly examples: readonly RowChange[];
}
