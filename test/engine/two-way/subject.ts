/** One record that is edited on both sides, and whether what became of it can be told from the changes that were sent. */
import { expect } from 'vitest';
import type { Change, FieldConflict } from '../../../src/portal/change.ts';
import { same } from '../../../src/portal/same.ts';
import type { EditedType } from './vendor.ts';

export class Subject {
  readonly type: EditedType;
  readonly recordId: string;
  readonly externalId: string;
  /** What the vendor was last seen to have. */
  vendor: Readonly<Record<string, unknown>>;
  /** Deleted at the vendor. */
  gone = false;
  /** Attempts of changes whose effect on a field is in `vendor` already. */
  readonly #counted = new Set<string>();
  /**
   * Attempts that may replace an edit at the vendor without a word: it came after our look and before our write. None of the four
   * vendors takes a condition with a write, so nobody can tell.
   */
  readonly #unseen = new Set<string>();

  constructor(type: EditedType, recordId: string, externalId: string, vendor: Readonly<Record<string, unknown>>) {
    this.type = type;
    this.recordId = recordId;
    this.externalId = externalId;
    this.vendor = vendor;
  }

  /** Somebody edited it there. Whatever is being sent right now cannot know. */
  editedThere(field: string, vendor: Readonly<Record<string, unknown>>, changes: readonly Change[]): void {
    this.vendor = vendor;
    for (const change of changes) if (change.state === 'sending') this.#unseen.add(attemptOf(change, field));
  }

  /** Whatever else the vendor has now was written by a change that knew what it replaced; and none says it wrote what it did not. */
  expectExplained(now: Readonly<Record<string, unknown>>, changes: readonly Change[]): void {
    const ours = changes.filter(({ recordId, kind }) => recordId === this.recordId && kind === 'update');
    for (const [field, before] of Object.entries(this.vendor)) {
      const possible = this.#possible(field, before, ours);
      const said = `${this.type} ${this.externalId}: ${field} was ${before}, can be ${possible.join(' or ')}, and is ${now[field]}`;
      expect(
        possible.some((value) => same(value, now[field])),
        said,
      ).toBe(true);
      for (const change of ours) {
        const done = change.state === 'confirmed' || change.state === 'withdrawn';
        if (done || same(change.fields[field], now[field])) this.#counted.add(attemptOf(change, field));
      }
    }
    this.vendor = now;
  }

  #possible(field: string, before: unknown, changes: readonly Change[]): unknown[] {
    let possible = [before];
    for (const change of changes) {
      const ours = change.fields[field];
      if (ours === undefined || this.#counted.has(attemptOf(change, field))) continue;
      const conflicts = change.conflicts.filter((each) => each.field === field);
      const knew = (value: unknown) =>
        same(change.base[field], value) ||
        conflicts.some(({ theirs, winner }) => winner !== 'vendor' && same(theirs, value)) ||
        this.#unseen.has(attemptOf(change, field));
      const isDone = change.state === 'confirmed';
      if (isDone) expectWritten(change, field, possible, knew, conflicts);
      if (change.attempts === 0) continue;
      possible = possible.flatMap((value) => (!knew(value) ? [value] : isDone ? [ours] : [value, ours]));
    }
    return possible;
  }
}

/** A change that is said to be done has replaced what it knew, found it done, or its loss is on record. */
function expectWritten(
  change: Change,
  field: string,
  possible: readonly unknown[],
  knew: (value: unknown) => boolean,
  conflicts: readonly FieldConflict[],
): void {
  const wasSent = change.attempts > 0;
  const isWritten = possible.some((value) => (wasSent && knew(value)) || same(value, change.fields[field]));
  const isLost = conflicts.some(({ winner }) => winner === 'vendor');
  expect(isWritten || isLost, `${field} of ${change.id} is confirmed, over ${possible.join(' or ')}`).toBe(true);
}

const attemptOf = ({ id, attempts }: Change, field: string) => `${id} ${attempts} ${field}`;
