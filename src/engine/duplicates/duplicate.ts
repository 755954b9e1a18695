/** Records that are likely one and the same. */
export const duplicateTypes = ['companies', 'contacts', 'users', 'tickets'] as const;
export type DuplicateType = (typeof duplicateTypes)[number];

export interface DuplicateGroup {
  readonly type: DuplicateType;
  /** 0 to 1. From 0.8 on they are most likely the same. */
  readonly confidence: number;
  /** Why, in words: "same e-mail address kim@acme.example". */
  readonly reasons: readonly string[];
  readonly records: readonly DuplicateRecord[];
}

export interface DuplicateRecord {
  readonly id: string;
  readonly label: string;
  /** Where it came from first, and its id there. */
  readonly integration: string | null;
  readonly externalId: string | null;
}

export interface Duplicates {
  /** Most likely first; then by label, so that two looks at the same store say the same. */
  readonly groups: readonly DuplicateGroup[];
  /** Groups beyond those listed. */
  readonly more: number;
  /** Records compared. */
  readonly compared: number;
}
