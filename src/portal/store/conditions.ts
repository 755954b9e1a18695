/** Turns the conditions of a query into SQL. Names are checked against the schema; values are always bound. */
import { type Condition, InvalidQuery, type RecordCondition } from '../query.ts';
import * as counts from './counts.ts';
import type { Statements } from './statements.ts';
import { type Cell, type Kind, type Table, tableOf } from './tables.ts';

/** Links of an integration that are worth a list. */
const FEW = 20_000;

export interface Where {
  /** Parts that must all hold. */
  readonly parts: readonly string[];
  readonly values: readonly Cell[];
}

/** A blank is a value of its own: it differs from every other, and is neither before nor after any. */
export function whereOf(statements: Statements, query: RecordCondition): Where {
  const table = tableOf(query.type);
  const parts: string[] = [];
  const values: Cell[] = [];
  if (query.includeGone !== true) parts.push('gone_at IS NULL');
  if (query.integration !== undefined) {
    const live = query.includeGone === true ? '' : ' AND links.gone_at IS NULL';
    const linked = `FROM links WHERE links.integration = ? AND links.type = ?${live}`;
    // A list of ids leads when there are few of them; a look per record costs less than a list of nearly all.
    const few = (counts.read(statements, query.integration)[query.type] ?? 0) < FEW;
    parts.push(
      few
        ? `"id" IN (SELECT links.record_id ${linked})`
        : `EXISTS (SELECT 1 ${linked} AND links.record_id = "${query.type}"."id")`,
    );
    values.push(query.integration, query.type);
  }
  if (query.lacking !== undefined) {
    parts.push(
      `EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE NOT EXISTS (SELECT 1 FROM links WHERE links.type = ?
         AND links.record_id = "${query.type}"."id" AND links.integration = wanted.value AND links.gone_at IS NULL))`,
    );
    values.push(JSON.stringify(query.lacking), query.type);
  }
  for (const condition of query.where ?? []) {
    const part = partOf(table, condition);
    parts.push(part.sql);
    values.push(...part.values);
  }
  return { parts, values };
}

/** Throws InvalidQuery for a name that is no field of the type. */
export function kindOf(table: Table, field: string): Kind {
  const kind = table.kinds.get(field);
  if (kind === undefined) {
    throw new InvalidQuery(`${table.type} have no field "${field}". There are: ${[...table.kinds.keys()].join(', ')}.`);
  }
  return kind;
}

function partOf(table: Table, condition: Condition): { sql: string; values: Cell[] } {
  if (!('field' in condition)) {
    const pattern = patternOf(condition.value);
    const any = table.searched.map((field) => `ifnull(${like(field)}, 0)`).join(' OR ');
    return { sql: `${condition.op === 'text' ? '' : 'NOT '}(${any})`, values: table.searched.map(() => pattern) };
  }
  const kind = kindOf(table, condition.field);
  const column = `"${condition.field}"`;
  if (condition.op === 'contains') return { sql: like(condition.field), values: [patternOf(condition.value)] };
  if (condition.op === '!contains') {
    return { sql: `NOT ifnull(${like(condition.field)}, 0)`, values: [patternOf(condition.value)] };
  }
  if (condition.value === null) {
    if (condition.op === '=') return { sql: `${column} IS NULL`, values: [] };
    if (condition.op === '!=') return { sql: `${column} IS NOT NULL`, values: [] };
    throw new InvalidQuery(`${condition.field} ${condition.op} nothing: a blank can only be compared with = and !=.`);
  }
  const value = cellOf(condition.field, kind, condition.value);
  return { sql: `${column} ${condition.op === '!=' ? 'IS NOT' : condition.op} ?`, values: [value] };
}

function cellOf(field: string, kind: Kind, value: string | number | boolean): Cell {
  if (kind === 'boolean') {
    if (typeof value !== 'boolean') throw new InvalidQuery(`${field} is true or false, not "${value}".`);
    return value ? 1 : 0;
  }
  if (kind === 'number') {
    if (typeof value !== 'number' || Number.isNaN(value))
      throw new InvalidQuery(`${field} is a number, not "${value}".`);
    return value;
  }
  if (kind === 'json') throw new InvalidQuery(`${field} holds several values: use contains.`);
  return String(value);
}

const like = (field: string): string => `"${field}" LIKE ? ESCAPE '\\'`;

/** LIKE takes no account of ASCII case; beyond ASCII, É and é are different letters to it. */
function patternOf(value: string): string {
  // SQLite refuses patterns beyond 50,000 bytes; nobody types a tenth of this.
  if (value.length > 10_000) throw new InvalidQuery('The text to look for is longer than 10,000 characters.');
  return `%${value.replace(/[\\%_]/g, '\\$&')}%`;
}
