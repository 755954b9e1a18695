/** Filtered, sorted, paged reads of records. */
import { InvalidQuery, type RecordCondition, type RecordPage, type RecordQuery, type StoredRecord } from '../query.ts';
import { definitionOf, type RecordType } from '../records/index.ts';
import { kindOf, type Where, whereOf } from './conditions.ts';
import * as counts from './counts.ts';
import type { Statements } from './statements.ts';
import { type Cell, decode, numberColumn, type Row, type Table, tableOf } from './tables.ts';

/** Throws InvalidQuery. */
export function query(statements: Statements, request: RecordQuery): RecordPage {
  const table = tableOf(request.type);
  const field = request.sort?.field ?? table.title[0] ?? 'id';
  const descending = request.sort?.descending ?? false;
  kindOf(table, field);
  const limit = request.limit ?? 100;
  if (!Number.isSafeInteger(limit) || limit < 1) throw new InvalidQuery('The limit is a whole number, at least 1.');

  const plan = { table, field, direction: descending ? 'DESC' : 'ASC', where: whereOf(statements, request) } as const;
  const isLarge = (counts.read(statements)[table.type] ?? 0) > LARGE;
  const search = isLarge && isIndexed(table.type, field) && plan.where.parts.length > 1 ? searchLarge : searchAll;
  const rows: Row[] = [];
  for (const section of sections(plan, place(request.after, field, descending))) {
    rows.push(...search(statements, plan, section, limit + 1 - rows.length));
    if (rows.length > limit) break;
  }

  const last = rows[limit - 1];
  return {
    records: rows.slice(0, limit).map((row) => decode(table, row)),
    next: rows.length > limit && last !== undefined ? token(field, descending, last) : null,
  };
}

export function count(statements: Statements, request: RecordCondition): number {
  const { where = [], lacking, includeGone } = request;
  const unfiltered = where.length === 0 && lacking === undefined && includeGone !== true;
  if (unfiltered) return counts.read(statements, request.integration)[request.type] ?? 0;
  const plan = whereOf(statements, request);
  return statements.sql(`SELECT count(*) AS n FROM "${request.type}" ${clause(plan)}`).get(...plan.values)!.n as number;
}

export function get(statements: Statements, type: RecordType, id: string): StoredRecord | null {
  const table = tableOf(type);
  const row = statements.sql(`SELECT ${table.columns} FROM "${type}" WHERE "id" = ?`).get(id);
  return row === undefined ? null : decode(table, row as Row);
}

/** From here on it matters which index leads. */
const LARGE = 20_000;
/** So many rows in the wanted order are looked at before the conditions lead: some milliseconds. */
const NEAR = 5_000;

interface Plan {
  readonly table: Table;
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
  readonly where: Where;
}

/** What rows are ordered by, and beside it, so that the order is complete, their id. */
function orderOf({ table, field, direction }: Plan, lead: '' | '+' = ''): string {
  const columns = table.numeric.has(field) ? [numberColumn(field), field] : [field];
  const [first, ...rest] = [...columns, 'id'].map((column) => `"${column}" ${direction}`);
  return [`${lead}${first}`, ...rest].join(', ');
}

function isIndexed(type: RecordType, field: string): boolean {
  return definitionOf(type).columns[field]?.index === true;
}

function searchAll(statements: Statements, plan: Plan, section: Where, limit: number, lead: '' | '+' = ''): Row[] {
  const { table, where } = plan;
  return statements
    .sql(
      `SELECT ${table.columns} FROM "${table.type}" ${clause(where, section)}
       ORDER BY ${orderOf(plan, lead)} LIMIT ?`,
    )
    .all(...where.values, ...section.values, limit) as Row[];
}

/**
 * SQLite cannot know whether a condition is common (then following the order finds a page at once) or rare (then
 * the condition's own index, or one plain scan, must lead). So the first rows in order are tried, and only when they
 * do not fill the page is everything searched; the `+` keeps the order's index out of that.
 */
function searchLarge(statements: Statements, plan: Plan, section: Where, limit: number): Row[] {
  const { table, where } = plan;
  const order = orderOf(plan);
  const near = statements
    .sql(
      `SELECT ${table.columns} FROM
         (SELECT rowid AS near FROM "${table.type}" ${clause(section)} ORDER BY ${order} LIMIT ${NEAR})
         CROSS JOIN "${table.type}" ON "${table.type}".rowid = near ${clause(where)} ORDER BY ${order} LIMIT ?`,
    )
    .all(...section.values, ...where.values, limit) as Row[];
  return near.length === limit ? near : searchAll(statements, plan, section, limit, '+');
}

function clause(...conditions: Where[]): string {
  const parts = conditions.flatMap((condition) => condition.parts);
  return parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '';
}

interface Place {
  readonly value: Cell;
  readonly id: string;
}

/**
 * What comes after a place, as ranges of one index each: SQLite orders blanks before everything, and a
 * comparison of rows never holds for a blank, so blanks are a range of their own.
 */
function sections({ table, field, direction }: Plan, after: Place | null): Where[] {
  const column = `"${field}"`;
  const descending = direction === 'DESC';
  if (after === null) return [{ parts: [], values: [] }];
  const beyond = descending ? '<' : '>';
  if (after.value === null) {
    const blanks = { parts: [`${column} IS NULL`, `"id" ${beyond} ?`], values: [after.id] };
    return descending ? [blanks] : [blanks, { parts: [`${column} IS NOT NULL`], values: [] }];
  }
  const others = table.numeric.has(field)
    ? {
        parts: [`("${numberColumn(field)}", ${column}, "id") ${beyond} (CAST(? AS INTEGER), ?, ?)`],
        values: [after.value, after.value, after.id],
      }
    : { parts: [`(${column}, "id") ${beyond} (?, ?)`], values: [after.value, after.id] };
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
