/** The writing half of the contract. */
import type { SourceItem } from './source-item.ts';

/** Values of canonical source fields; null empties a field. Other records are named by the vendor's ids of them. */
export type FieldValues = Readonly<Record<string, FieldValue>>;
export type FieldValue = string | number | boolean | null;

/**
 * Writes records of one type. Each method makes at most one writing request and never repeats it: the engine has journalled it,
 * and what became of a request without an answer is found out by looking (`findCreated`, `findNote`, `current`).
 *
 * Names of statuses, priorities and the like become the vendor's ids here; a name that the vendor does not have throws
 * Rejected with that field, before anything is sent. A vendor's refusal throws Rejected or Forbidden. What else is thrown after the
 * request was sent (VendorFault, Unreachable, Malformed, RateLimited) is taken for "perhaps done".
 *
 * What is returned is mapped exactly as `Connection.read` maps the row, so that the next read finds it unchanged.
 */
export interface RecordWriter {
  /** The record as the vendor has it now, read past any cache; `gone` when it has none. */
  current(externalId: string, signal: AbortSignal): Promise<SourceItem>;
  /** The created record, read back where the vendor's answer does not hold it. Absent when nothing can be created. */
  create?(fields: FieldValues, marker: string, signal: AbortSignal): Promise<SourceItem>;
  /**
   * Records that a lost `create` with this marker may have made, those with the marker itself first and alone; else what only
   * looks like it. Never one that carries another marker of ours.
   */
  findCreated?(search: CreateSearch, signal: AbortSignal): Promise<readonly SourceItem[]>;
  /** Changes these fields and no other; the record afterwards. */
  update?(externalId: string, fields: FieldValues, signal: AbortSignal): Promise<SourceItem>;
  /** The vendor's id of the note, unique over all records of the integration. */
  addNote?(externalId: string, note: Note, marker: string, signal: AbortSignal): Promise<string>;
  /** Ids of the notes that a lost `addNote` may have made. */
  findNote?(externalId: string, search: NoteSearch, signal: AbortSignal): Promise<readonly string[]>;
}

export interface CreateSearch {
  readonly fields: FieldValues;
  readonly marker: string;
  /** Nothing was sent before this; ISO UTC of the vendor's clock, with room for clocks that differ. */
  readonly since: string;
}

export interface Note {
  /** Plain text; line breaks are kept. */
  readonly text: string;
  /** Not shown to the client. */
  readonly private: boolean;
}

export interface NoteSearch extends Note {
  readonly marker: string;
  readonly since: string;
}
