/** Three ways into one: what the editor saw, what is wanted, what the vendor has now. Field by field. Pure. */

import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { FieldValue, FieldValues } from '../../connector/writer.ts';
import type { Change, FieldConflict } from '../../portal/change.ts';
import { same, sameName } from '../../portal/same.ts';

/** What counts when the same field was changed on both sides. */
export type ConflictRule = 'vendor' | 'portal' | 'ask';

export interface Merge {
  /** To be written now. */
  readonly write: FieldValues;
  /** Fields in which the vendor has something that neither the editor saw nor wants, with the winner under the rule. */
  readonly conflicts: readonly FieldConflict[];
}

export interface Theirs {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly modifiedAt: string | null;
  readonly modifiedBy?: string | undefined;
}

/** Whether two values of a field say the same. */
export type SameIn = (field: string, a: unknown, b: unknown) => boolean;

/** What is chosen from a list is a name, which the vendor takes in any case and tells in its own. Other texts are what they are. */
export function sameOf({ named = {} }: Pick<RecordTypeSpec, 'named'>): SameIn {
  return (field, a, b) => (named[field] === undefined ? same(a, b) : sameName(a, b));
}

export interface MergeTerms {
  readonly rule: ConflictRule;
  readonly sameIn: SameIn;
  /** Our clock, ISO. */
  readonly at: string;
}

export function merge(
  change: Pick<Change, 'fields' | 'base'>,
  theirs: Theirs,
  { rule, sameIn, at }: MergeTerms,
): Merge {
  const write: Record<string, FieldValue> = {};
  const conflicts: FieldConflict[] = [];
  for (const [field, ours] of Object.entries(change.fields)) {
    const present = theirs.fields[field];
    const base = change.base[field] ?? null;
    if (present !== undefined && sameIn(field, present, ours)) continue;
    // A field that the vendor never tells cannot be compared.
    if (present === undefined || sameIn(field, present, base)) {
      write[field] = ours;
      continue;
    }
    const winner = rule === 'ask' ? null : rule;
    const { modifiedAt: theirsAt, modifiedBy: theirsBy } = theirs;
    const who = theirsBy === undefined ? {} : { theirsBy };
    conflicts.push({ field, base, ours, theirs: present, at, theirsAt, ...who, winner });
    if (winner === 'portal') write[field] = ours;
  }
  return { write, conflicts };
}

/** Whether the vendor's record has all of it. */
export function holds(theirs: Theirs['fields'], fields: FieldValues, sameIn: SameIn): boolean {
  return Object.entries(fields).every(
    ([field, value]) => theirs[field] === undefined || sameIn(field, theirs[field], value),
  );
}
