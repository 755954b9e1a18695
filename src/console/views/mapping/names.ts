/** Names that a value may be given. */
import type { Snapshot } from '../../../engine/snapshot.ts';
import { alike } from '../../../engine/sync/unmapped.ts';
import type { Suggestion } from '../../app/store.ts';
import { among } from '../edit/suggest.ts';
import type { MappedField } from './rows.ts';
import type { Pairs } from './tables.ts';

/** Those in use here before those of the vendor: this table's, then those of other integrations for the same field. */
export function namesFor({ type, field, names }: MappedField, pairs: Pairs | undefined, snapshot: Snapshot | null) {
  const others = (snapshot?.integrations ?? []).flatMap(({ sync }) => sync.mapping?.[type]?.[field] ?? []);
  const all = [...(pairs ?? []), ...others].map(({ portal }) => portal).concat(names);
  return all.filter((name, index) => all.findIndex((each) => alike(each, name)) === index);
}

/** What fits what was typed, the name itself first; and what was typed, where nothing is called so yet. */
export function suggestNames(names: readonly string[], text: string): readonly Suggestion[] {
  const typed = text.trim();
  const exact = names.filter((name) => alike(name, typed)).map((name) => ({ value: name, label: name }));
  const fitting = among(names, typed).filter(({ value }) => !alike(value, typed));
  if (typed === '' || exact.length > 0) return [...exact, ...fitting];
  return [...fitting, { value: typed, label: typed, detail: 'a new name' }];
}
