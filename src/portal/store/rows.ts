/** Rows of the record tables: read one, put one in, change one. */
import type { Batch } from './batch.ts';
import { follow } from './references.ts';
import type { Cell, Row } from './tables.ts';

export function present({ source, table }: Batch, id: string): Row | null {
  const row = source.statements.sql(`SELECT ${table.columns} FROM "${source.type}" WHERE "id" = ?`).get(id);
  return (row as Row | undefined) ?? null;
}

export function insert({ source, table }: Batch, row: Row): void {
  const places = Array.from(table.kinds, () => '?').join(', ');
  source.statements
    .sql(`INSERT INTO "${source.type}" (${table.columns}) VALUES (${places})`)
    .run(...Array.from(table.kinds.keys(), (field) => row[field] ?? null));
}

/** Changes these fields, and what other records have copied from them. */
export function write({ source }: Batch, recordId: string, changed: Readonly<Record<string, Cell>>): void {
  const { statements, type } = source;
  const fields = Object.keys(changed);
  if (fields.length === 0) return;
  const set = fields.map((field) => `"${field}" = ?`).join(', ');
  statements
    .sql(`UPDATE "${type}" SET ${set} WHERE "id" = ?`)
    .run(...fields.map((field) => changed[field] ?? null), recordId);
  follow(statements, type, recordId, changed);
}
