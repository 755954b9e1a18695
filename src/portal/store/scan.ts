import type { RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';
import { type Cell, type Row, tableOf } from './tables.ts';

/** Live rows in the order of their ids, a few columns of each: for going through a whole type, page by page. */
export function scan(
  statements: Statements,
  type: RecordType,
  fields: readonly string[],
  after: string | null,
  limit: number,
): Row[] {
  const { kinds } = tableOf(type);
  const unknown = fields.find((field) => !kinds.has(field));
  if (unknown !== undefined) throw new TypeError(`${type} have no field ${unknown}.`);
  const columns = fields.map((field) => `, "${field}"`).join('');
  return statements
    .sql(`SELECT "id"${columns} FROM "${type}" WHERE "id" > ? AND gone_at IS NULL ORDER BY "id" LIMIT ?`)
    .all(after ?? '', limit) as Record<string, Cell>[];
}
