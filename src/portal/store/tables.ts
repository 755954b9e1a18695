/**
 * One table per record type, derived from its definition: a column per canonical field, so that any field
 * can be filtered and sorted and another program can read the file.
 */
import { z } from 'zod';
import type { StoredRecord } from '../query.ts';
import { definitionOf, type RecordType, recordTypeNames } from '../records/index.ts';
import { canonicalJson } from './canonical.ts';
import type { Statements } from './statements.ts';

/** `word`: compared byte by byte (ids, times); `text`: people's words, compared without regard to ASCII case. */
export type Kind = 'text' | 'word' | 'number' | 'boolean' | 'json';
/** A value as SQLite holds it. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

export interface Table {
  readonly type: RecordType;
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Fields a vendor can tell, sorted by name. */
  readonly told: readonly string[];
  /** Fields a record cannot be without. */
  readonly required: readonly string[];
  readonly title: readonly string[];
  /** Text fields whose order is that of the number in them. */
  readonly numeric: ReadonlySet<string>;
  /** What a free-text search looks at: the words of title and list columns. */
  readonly searched: readonly string[];
  /** Every column, quoted and separated by commas. */
  readonly columns: string;
}

const declarations: Record<Kind, string> = {
  text: 'TEXT COLLATE NOCASE',
  word: 'TEXT',
  number: 'REAL',
  boolean: 'INTEGER',
  json: 'TEXT',
};

const cache = new Map<RecordType, Table>();

export function tableOf(type: RecordType): Table {
  let table = cache.get(type);
  if (table === undefined) {
    table = derive(type);
    cache.set(type, table);
  }
  return table;
}

function derive(type: RecordType): Table {
  const definition = definitionOf(type);
  const ids = new Set([
    'id',
    'provider',
    'externalId',
    ...definition.references.flatMap((r) => [r.from, r.into ?? r.from]),
  ]);
  const kinds = new Map<string, Kind>();
  for (const [field, schema] of Object.entries(definition.schema.shape)) {
    kinds.set(field, ids.has(field) ? 'word' : kindOf(schema as z.ZodType, `${type}.${field}`));
  }
  const told = Object.keys(definition.source.shape).sort();
  const listed = Object.keys(definition.columns).filter((field) => definition.columns[field]?.priority !== undefined);
  return {
    type,
    kinds,
    told,
    required: told.filter((field) => !(definition.schema.shape[field] as z.ZodType).safeParse(null).success),
    title: definition.title,
    numeric: new Set(Object.keys(definition.columns).filter((field) => definition.columns[field]?.numeric)),
    searched: [...new Set([...definition.title, ...listed])].filter((field) => {
      const kind = kinds.get(field);
      return kind === 'text' || kind === 'json';
    }),
    columns: [...kinds.keys()].map((field) => `"${field}"`).join(', '),
  };
}

function kindOf(schema: z.ZodType, name: string): Kind {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return kindOf(schema.unwrap() as z.ZodType, name);
  if (schema instanceof z.ZodISODateTime) return 'word';
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodEnum) return 'text';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodArray || schema instanceof z.ZodObject) return 'json';
  throw new TypeError(`${name}: the store has no column for a ${schema.def.type}.`);
}

/** Text is made well-formed: SQLite would replace a lone surrogate, and the row would never equal its source again. */
export function encode(kind: Kind, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean') return value ? 1 : 0;
  if (kind === 'json') return canonicalJson(value);
  return typeof value === 'string' ? value.toWellFormed() : (value as number);
}

export function decode(table: Table, row: Row): StoredRecord {
  const record: Record<string, unknown> = {};
  for (const [field, kind] of table.kinds) {
    const cell = row[field] ?? null;
    if (cell === null) record[field] = null;
    else if (kind === 'boolean') record[field] = cell === 1;
    else if (kind === 'json') record[field] = JSON.parse(cell as string);
    else record[field] = cell;
  }
  return record as StoredRecord;
}

/** What a person would call the record, from the values at hand: a number and a title, a name and an address. */
export function labelOf(table: Table, values: Readonly<Record<string, unknown>>, externalId: string): string {
  const parts = table.title.map((field) => values[field]).filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? parts.join(' ') : externalId;
}

/** Columns of a definition that the file does not have yet (all, when the table is not there). */
export function missingColumns(statements: Statements, table: Table): string[] {
  const present = new Set(
    statements.database
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table.type)
      .map((row) => row.name),
  );
  return [...table.kinds.keys(), 'gone_at'].filter((field) => !present.has(field));
}

/**
 * The column that a numeric text is sorted by: a generated one, and not an expression, because SQLite continues a page
 * (a comparison of rows) from an index over columns only. Virtual: it takes room in its index and nowhere else.
 */
export const numberColumn = (field: string): string => `${field}_number`;

/** Numeric fields whose generated column the file does not have yet. */
export function missingNumbers(statements: Statements, { type, numeric }: Table): string[] {
  const present = new Set(
    statements.database
      .prepare('SELECT name FROM pragma_table_xinfo(?)')
      .all(type)
      .map((row) => row.name),
  );
  return [...numeric].filter((field) => !present.has(numberColumn(field)));
}

function createNumbers(statements: Statements, table: Table): void {
  const { type } = table;
  for (const field of missingNumbers(statements, table)) {
    const column = `"${numberColumn(field)}"`;
    statements.database.exec(`
      ALTER TABLE "${type}" ADD COLUMN ${column} INTEGER GENERATED ALWAYS AS (CAST("${field}" AS INTEGER)) VIRTUAL;
      CREATE INDEX "${type}_${numberColumn(field)}" ON "${type}" (${column}, "${field}", "id", "gone_at");
    `);
  }
}

/** Creates what the definitions ask for and the file lacks; never drops anything. */
export function createTables(statements: Statements): void {
  for (const type of recordTypeNames) {
    const table = tableOf(type);
    const definition = definitionOf(type);
    const parents = new Map(definition.references.flatMap((r) => (r.into === undefined ? [] : [[r.into, r.to]])));
    const declare = (field: string): string => {
      const parent = parents.get(field);
      const references = parent === undefined ? '' : ` REFERENCES "${parent}" ("id")`;
      return `"${field}" ${declarations[table.kinds.get(field) ?? 'word']}${references}`;
    };

    const missing = missingColumns(statements, table);
    if (missing.includes('id')) {
      const columns = missing.map((field) => (field === 'id' ? '"id" TEXT NOT NULL PRIMARY KEY' : declare(field)));
      statements.database.exec(`CREATE TABLE "${type}" (${columns.join(', ')})`);
    } else {
      for (const field of missing) statements.database.exec(`ALTER TABLE "${type}" ADD COLUMN ${declare(field)}`);
    }

    // `id` makes the order complete, for paging; `gone_at` lets counts and filters be answered from the index alone.
    const indexed = Object.keys(definition.columns).filter((field) => definition.columns[field]?.index);
    for (const field of new Set([...indexed, ...parents.keys()])) {
      statements.database.exec(
        `CREATE INDEX IF NOT EXISTS "${type}_${field}" ON "${type}" ("${field}", "id", "gone_at")`,
      );
    }
    createNumbers(statements, table);
  }
}
