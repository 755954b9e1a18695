/** Names that a value may be given. */
import type { Snapshot } from '../../../engine/snapshot.ts';
import { alike } from '../../../engine/sync/unmapped.ts';
import type { Pairs } from '../../../engine/sync/value-table.ts';
import { distinctNames } from '../../../portal/same.ts';
import type { Suggestion } from '../../app/overlay.ts';
import { among } from '../edit/suggest.ts';
import type { MappedField } from './rows.ts';

/** Those in use here before those of the vendor: this table's, then those of other integrations for the same field. */
export function namesFor({ type, field, names }: MappedField, pairs: Pairs | undefined, snapshot: Snapshot | null) {
  const others = (snapshot?.integrations ?? []).flatMap(({ sync }) => sync.mapping?.[type]?.[field] ?? []);
  const all = [...(pairs ?? []), ...others].map(({ portal }) => portal).concat(names);
  return distinctNames(all);
}

/** What was typed goes before names that only have it somewhere within: "Open" is not meant for "Re-Opened". */
export function suggestNames(names: readonly string[], text: string): readonly Suggestion[] {
  const typed = text.trim();
  const fitting = among(names, typed);
  const exact = fitting.find(({ value }) => alike(value, typed));
  if (typed === '') return fitting;
  const others = fitting.filter((each) => each !== exact);
  const begins = ({ value }: Suggestion) => value.toLowerCase().startsWith(typed.toLowerCase());
  return [
    ...(exact === undefined ? [] : [exact]),
    ...others.filter(begins),
    ...(exact === undefined ? [{ value: typed, label: typed, detail: 'a new name' }] : []),
    ...others.filter((each) => !begins(each)),
  ];
}
