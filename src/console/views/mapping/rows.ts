/** The values of a vendor's lists beside what they are called here. Pure. */
import type { Lookups } from '../../../connector/contract.ts';
import type { Manifest } from '../../../connector/manifest.ts';
import { alike, heldValue } from '../../../engine/sync/unmapped.ts';
import type { Pairs } from '../../../engine/sync/value-table.ts';
import type { SyncIssue } from '../../../portal/issue.ts';
import { definitionOf, type RecordType } from '../../../portal/records/index.ts';
import { distinctNames, firstByName, nameKey } from '../../../portal/same.ts';
import { words } from '../words.ts';
import { type Tables, tableKey } from './tables.ts';

/** A field whose values come from a list of the vendor's. */
export interface MappedField {
  readonly type: RecordType;
  readonly field: string;
  /** `Ticket status`. */
  readonly label: string;
  /** What the vendor has, in its order, each once; empty where the list is not known. */
  readonly names: readonly string[];
}

export interface MappingRow extends MappedField {
  readonly vendor: string;
  /** Null: it has no name here. */
  readonly portal: string | null;
  /**
   * `unmapped`: the field's table lacks it. `nameless`: an id that none of the vendor's lists has a name for. `same`: there is no
   * table, so it is called as at the vendor. `mapped`: in the table; `unlisted`: in the table, but no longer in the vendor's list.
   */
  readonly state: 'unmapped' | 'nameless' | 'same' | 'mapped' | 'unlisted';
  /** Not saved yet. */
  readonly changed: boolean;
  /** How many records are held back for it. */
  readonly held: number;
}

/** A record with it is held back. */
export const isOpen = ({ state }: MappingRow): boolean => state === 'unmapped' || state === 'nameless';

export const rowKey = ({ type, field, vendor }: Pick<MappingRow, 'type' | 'field' | 'vendor'>): string =>
  `${tableKey(type, field)} ${nameKey(vendor)}`;

/** The fields that can have a table, in the order of the manifest. */
export function mappedFields(manifest: Manifest, types: readonly RecordType[], lists: Lookups): readonly MappedField[] {
  return manifest.recordTypes
    .filter(({ type }) => types.includes(type))
    .flatMap(({ type, named = {} }) =>
      Object.entries(named).map(([field, list]) => {
        const { singular, columns } = definitionOf(type);
        const label = words(`${singular} ${(columns[field]?.label ?? words(field)).toLowerCase()}`);
        return { type, field, label, names: distinctNames((lists[list] ?? []).map(({ name }) => name)) };
      }),
    );
}

interface Held {
  readonly type: RecordType;
  readonly field: string;
  readonly value: string;
  readonly named: boolean;
  readonly count: number;
}

/** What the records that are held back have that nobody knows. */
function heldValues(issues: readonly SyncIssue[]): readonly Held[] {
  const held = new Map<string, Held>();
  for (const { type, reason, detail } of issues) {
    const value = type === null || reason !== 'unmapped-value' ? null : heldValue(detail);
    if (type === null || value === null) continue;
    const key = rowKey({ type, field: value.field, vendor: value.value });
    held.set(key, { ...value, type, count: (held.get(key)?.count ?? 0) + 1 });
  }
  return [...held.values()];
}

/** What is to be done comes first: values without a name here, those that hold the most records back before the others. */
export function mappingRows(
  fields: readonly MappedField[],
  saved: Tables,
  wanted: Tables,
  issues: readonly SyncIssue[],
): readonly MappingRow[] {
  const held = heldValues(issues);
  const rows = fields.flatMap((field) => rowsOf(field, saved, wanted, held));
  // By what is saved: a row stays under the cursor while it is worked on.
  const known = new Map(
    Object.entries(saved).map(([key, pairs]) => [key, new Set(pairs.map(({ vendor }) => nameKey(vendor)))]),
  );
  const urgency = ({ type, field, vendor, state, held }: MappingRow) => {
    const before = known.get(tableKey(type, field));
    const open = state === 'nameless' || (before !== undefined && !before.has(nameKey(vendor)));
    return open ? 1 + held : 0;
  };
  const urgencies = new Map(rows.map((row) => [row, urgency(row)]));
  return rows.toSorted((a, b) => urgencies.get(b)! - urgencies.get(a)!);
}

function rowsOf(field: MappedField, saved: Tables, wanted: Tables, held: readonly Held[]): readonly MappingRow[] {
  const key = tableKey(field.type, field.field);
  const [before, now] = [saved[key], wanted[key]];
  const own = held.filter((each) => each.type === field.type && each.field === field.field);
  const vendors = [
    ...field.names,
    ...(now ?? []).map(({ vendor }) => vendor),
    ...(before ?? []).map(({ vendor }) => vendor),
    ...own.map(({ value }) => value),
  ];
  const pairs = firstByName(now ?? [], ({ vendor }) => vendor);
  const savedPairs = firstByName(before ?? [], ({ vendor }) => vendor);
  const holds = firstByName(own, ({ value }) => value);
  const inList = new Set(field.names.map(nameKey));
  return distinctNames(vendors).map((vendor): MappingRow => {
    const name = nameKey(vendor);
    const pair = pairs.get(name);
    const hold = holds.get(name);
    const portal = pair?.portal ?? (now === undefined ? vendor : null);
    const row = { ...field, vendor, portal, held: hold?.count ?? 0 };
    const changed = pair?.portal !== savedPairs.get(name)?.portal;
    if (hold?.named === false && pair === undefined) return { ...row, portal: null, changed, state: 'nameless' };
    if (now === undefined) return { ...row, changed, state: 'same' };
    if (pair === undefined) return { ...row, changed, state: 'unmapped' };
    const listed = field.names.length === 0 || inList.has(name);
    return { ...row, changed, state: listed ? 'mapped' : 'unlisted' };
  });
}

/** Where several of the vendor's values are called so here: the one that is written there. */
export function writtenAs(pairs: Pairs | undefined, portal: string): string | null {
  const alikes = (pairs ?? []).filter((pair) => alike(pair.portal, portal));
  return alikes.length > 1 ? (alikes[0]?.vendor ?? null) : null;
}
