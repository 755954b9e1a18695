/** Filtered, sorted, paged reads of records. */
import { InvalidQuery, type RecordPage, type RecordQuery, type StoredRecord } from '../portal.ts';
import type { RecordType } from '../records/index.ts';
import { kindOf, type Where, whereOf } from './conditions.ts';
import * as counts from './counts.ts';
import type { Statements } from './statements.ts';
import { type Cell, decode, type Row, tableOf } from './tables.ts';

/** Throws InvalidQuery. */
export function query(statements: Statements, request: RecordQuery): RecordPage {
  const table = tableOf(request.type);
  const field = request.sort?.field ?? table.title[0] ?? 'id';
  const descending = request.sort?.descending ?? false;
  kindOf(table, field);
  const limit = request.limit ?? 100;
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidQuery('The limit is a whole number, at least 1.');

  const where = whereOf(request);
  const direction = descending ? 'DESC' : 'ASC';
  const rows: Row[] = [];
  for (const section of sections(field, descending, place(request.after, field, descending))) {
    const parts = [...where.parts, ...section.parts];
    const condition = parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '';
    const found = statements
      .sql(
        `SELECT ${table.columns} FROM "${table.type}" ${condition}
         ORDER BY "${field}" ${direction}, "id" ${direction} LIMIT ?`,
      )
      .all(...where.values, ...section.values, limit + 1 - rows.length);
    rows.push(...(found as Row[]));
    if (rows.length > limit) break;
  }

  const last = rows[limit - 1];
  return {
    records: rows.slice(0, limit).map((row) => decode(table, row)),
    next: rows.length > limit && last !== undefined ? token(field, descending, last) : null,
  };
}

export function count(
  statements: Statements,
  request: Pick<RecordQuery, 'type' | 'integration' | 'where' | 'includeGone'>,
): number {
  const unfiltered = (request.where ?? []).length === 0 && request.includeGone !== true;
  if (unfiltered) return counts.read(statements, request.integration)[request.type] ?? 0;
  const { parts, values } = whereOf(request);
  const condition = parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '';
  return statements.sql(`SELECT count(*) AS n FROM "${request.type}" ${condition}`).get(...values)!.n as number;
}

export function get(statements: Statements, type: RecordType, id: string): StoredRecord | null {
  const table = tableOf(type);
  const row = statements.sql(`SELECT ${table.columns} FROM "${type}" WHERE "id" = ?`).get(id);
  return row === undefined ? null : decode(table, row as Row);
}

interface Place {
  readonly value: Cell;
  readonly id: string;
}

/**
 * What comes after a place, as ranges of one index each: SQLite orders blanks before everything, and a
 * comparison of rows never holds for a blank, so blanks are a range of their own.
 */
function sections(field: string, descending: boolean, after: Place | null): Where[] {
  const column = `"${field}"`;
  if (after === null) return [{ parts: [], values: [] }];
  const beyond = descending ? '<' : '>';
  if (after.value === null) {
    const blanks = { parts: [`${column} IS NULL`, `"id" ${beyond} ?`], values: [after.id] };
    return descending ? [blanks] : [blanks, { parts: [`${column} IS NOT NULL`], values: [] }];
  }
  const others = { parts: [`(${column}, "id") ${beyond} (?, ?)`], values: [after.value, after.id] };
  return descending ? [others, { parts: [`${column} IS NULL`], values: [] }] : [others];
}

function token(field: string, descending: boolean, row: Row): string {
  return Buffer.from(JSON.stringify([field, descending, row[field] ?? null, row.id])).toString('base64url');
}

function place(after: string | null | undefined, field: string, descending: boolean): Place | null {
  if (after === null || after === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(parsed) && parsed[0] === field && parsed[1] === descending && typeof parsed[3] === 'string') {
      const value: unknown = parsed[2];
      if (value === null || typeof value === 'string' || typeof value === 'number') return { value, id: parsed[3] };
    }
  } catch {
    // Told below.
  }
  throw new InvalidQuery('This is not the continuation of a query with the same sort; start from its first page.');
}
