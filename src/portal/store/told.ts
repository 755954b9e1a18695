/** What a vendor's row tells, checked against the record type it is of. Pure. */
import { definitionOf } from '../records/index.ts';
import type { RecordItem } from './batch.ts';
import { hashOf } from './canonical.ts';
import { type Cell, encode, type Table } from './tables.ts';

/** Told fields only, as the table holds them. */
export type Values = Readonly<Record<string, Cell>>;

/** Null: not even JSON; `validate` says what is wrong. */
export function hashOfRow({ told }: Table, item: RecordItem): string | null {
  try {
    return hashOf(item.record, told);
  } catch {
    return null;
  }
}

/** The told fields, or why the row does not fit. @param isNew then no required field may be left out */
export function validate(
  table: Table,
  item: RecordItem,
  isNew: boolean,
): { readonly values: Values } | { readonly problem: string } {
  const { type, required } = table;
  const parsed = definitionOf(type).source.safeParse(item.record);
  if (!parsed.success) {
    const first = parsed.error.issues.slice(0, 3);
    return { problem: first.map(({ path, message }) => `${path.join('.') || 'the row'}: ${message}`).join('; ') };
  }
  const missing = isNew ? required.filter((field) => parsed.data[field] === undefined) : [];
  if (missing.length > 0) return { problem: `${missing.join(', ')}: missing` };
  return { values: encoded(table, parsed.data) };
}

/** Of a record only what a vendor can tell. */
export function encoded({ told, kinds }: Table, record: Readonly<Record<string, unknown>>): Values {
  const values: Record<string, Cell> = {};
  for (const field of told) {
    const value = record[field];
    if (value !== undefined) values[field] = encode(kinds.get(field)!, value);
  }
  return values;
}
