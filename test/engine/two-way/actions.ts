/** What can happen, one thing after another, on both sides and on the way between them. */
import fc from 'fast-check';
import type { Place } from './vendor.ts';

/** What people do. `nth` and `value` are places in lists, taken modulo their length. */
export type Deed =
  | { readonly do: 'edit' | 'edit at vendor'; readonly place: Place; readonly nth: number; readonly value: number }
  | { readonly do: 'create' | 'create at vendor' }
  | { readonly do: 'note' | 'delete at vendor'; readonly nth: number }
  /** Another ticket than those that are edited: the rows after it move. */
  | { readonly do: 'delete another'; readonly nth: number }
  /** Of what is in the outbox. */
  | { readonly do: 'change'; readonly place: Place; readonly nth: number; readonly value: number }
  | { readonly do: 'withdraw' | 'retry'; readonly nth: number }
  | { readonly do: 'resolve'; readonly choice: 'portal' | 'vendor' };

/** While the data call after so many is held back. */
export interface Meanwhile {
  readonly after: number;
  readonly deeds: readonly Deed[];
}

export type Step =
  | Deed
  | {
      readonly do: 'sync';
      readonly full: boolean;
      readonly fault: string | null;
      readonly count: number;
      readonly meanwhile: Meanwhile | null;
    }
  /** The process dies at the data call after so many; `cut`: before the call gets to the vendor. */
  | { readonly do: 'crash'; readonly full: boolean; readonly after: number; readonly cut: boolean }
  | { readonly do: 'restart' }
  | { readonly do: 'time'; readonly minutes: number };

/** The fewer records, the more often both sides meet in one. */
const nth = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat({ max: 2 }) });

function deeds(places: readonly Place[]): fc.Arbitrary<Deed> {
  const edit = { place: fc.constantFrom(...places), nth, value: fc.nat({ max: 3 }) };
  const only = <D extends Deed['do']>(what: D) => ({ do: fc.constant(what) });
  return fc.oneof(
    { weight: 18, arbitrary: fc.record({ ...only('edit'), ...edit }) },
    { weight: 16, arbitrary: fc.record({ ...only('edit at vendor'), ...edit }) },
    { weight: 4, arbitrary: fc.record(only('create')) },
    { weight: 3, arbitrary: fc.record(only('create at vendor')) },
    { weight: 4, arbitrary: fc.record({ ...only('note'), nth }) },
    { weight: 1, arbitrary: fc.record({ ...only('delete at vendor'), nth }) },
    { weight: 2, arbitrary: fc.record({ ...only('delete another'), nth: fc.nat({ max: 100 }) }) },
    { weight: 4, arbitrary: fc.record({ ...only('change'), ...edit }) },
    { weight: 2, arbitrary: fc.record({ ...only('withdraw'), nth }) },
    { weight: 2, arbitrary: fc.record({ ...only('retry'), nth }) },
    { weight: 4, arbitrary: fc.record({ ...only('resolve'), choice: fc.constantFrom('portal', 'vendor') }) },
  );
}

/** @param faults that the simulator has */
export function stepsWith(places: readonly Place[], faults: readonly string[]): fc.Arbitrary<Step[]> {
  // Of each sequence only few fields, for the same reason.
  return fc
    .shuffledSubarray([...places], { minLength: 2, maxLength: 3 })
    .chain((few) => fc.array(step(few, faults), { minLength: 5, maxLength: 22, size: 'max' }));
}

function step(places: readonly Place[], faults: readonly string[]): fc.Arbitrary<Step> {
  const deed = deeds(places);
  const full = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
  // A quiet sync makes about five calls, each change two to four more.
  const after = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 7 }) }, { weight: 1, arbitrary: fc.nat({ max: 14 }) });
  const meanwhile = fc.record({ after, deeds: fc.array(deed, { minLength: 1, maxLength: 3 }) });
  const none = { weight: 1, arbitrary: fc.constant(null) };
  const sync = fc.record({
    do: fc.constant('sync' as const),
    full,
    fault: fc.oneof(none, { weight: 2, arbitrary: fc.constantFrom(...faults) }),
    count: fc.integer({ min: 1, max: 9 }),
    meanwhile: fc.oneof(none, { weight: 1, arbitrary: meanwhile }),
  });
  return fc.oneof(
    { weight: 20, arbitrary: deed },
    { weight: 7, arbitrary: sync },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), full, after, cut: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('time' as const), minutes: fc.constantFrom(0.2, 2, 30) }) },
  );
}
