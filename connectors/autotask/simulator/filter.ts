/** Autotask's filters: a list of conditions, all of which must hold, of comparisons, null tests, lists and groups. */
import { refuse } from './answers.ts';
import type { Entity, Field, FieldType } from './entities.ts';
import type { Row, Value } from './rows.ts';
import { timeOf } from './times.ts';

type Test = (row: Row) => boolean;
type Comparable = number | string | boolean;

const mostAlternatives = 500;

interface Count {
  alternatives: number;
  userDefined: number;
}

/** @throws Refusal, in the vendor's words */
export function compileFilter(entity: Entity, filter: unknown): Test {
  if (!Array.isArray(filter) || filter.length === 0) throw refuse('A query needs at least one filter.');
  const count: Count = { alternatives: 0, userDefined: 0 };
  const tests = filter.map((condition) => compile(entity, condition, count));
  if (count.alternatives > mostAlternatives) {
    throw refuse(
      `The query has too many conditions. Queries are limited to ${mostAlternatives} or fewer 'OR' conditions`,
    );
  }
  if (count.userDefined > 1) throw refuse('Only one user-defined field may be queried at a time.');
  return (row) => tests.every((test) => test(row));
}

/** The names of properties ignore case. */
export function insensitive(object: unknown): Readonly<Record<string, unknown>> {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return {};
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
}

/** @throws Refusal */
export function fieldNamed(entity: Entity, name: unknown): Field {
  const field = entity.byName.get(String(name).toLowerCase());
  if (field === undefined) throw refuse(`Unable to find ${String(name)} in the ${entity.name} Entity.`);
  return field;
}

function compile(entity: Entity, condition: unknown, count: Count): Test {
  const { op, field, value, items, udf } = insensitive(condition);
  const operator = String(op).toLowerCase();
  if (operator === 'and' || operator === 'or') {
    if (!Array.isArray(items) || items.length === 0) throw refuse(`The operator '${operator}' needs items.`);
    const tests = items.map((item) => compile(entity, item, count));
    if (operator === 'and') return (row) => tests.every((test) => test(row));
    count.alternatives += tests.length;
    return (row) => tests.some((test) => test(row));
  }
  if (udf === true) {
    count.userDefined += 1;
    return compare(operator, 'string', value, count, (row) => userDefined(row, String(field)));
  }
  const known = fieldNamed(entity, field);
  if (!known.queryable) throw refuse(`The field ${known.name} of the ${entity.name} Entity cannot be queried.`);
  return compare(operator, known.type, value, count, (row) => row[known.name] ?? null);
}

function compare(operator: string, type: FieldType, wanted: unknown, count: Count, read: (row: Row) => Value): Test {
  const get = (row: Row): Comparable | null => normal(type, read(row));
  if (operator === 'exist') return (row) => get(row) !== null;
  if (operator === 'notexist') return (row) => get(row) === null;
  if (operator === 'in' || operator === 'notin') {
    if (!Array.isArray(wanted)) throw refuse(`The operator '${operator}' needs a list of values.`);
    count.alternatives += wanted.length;
    const among = new Set(wanted.map((each) => coerce(type, each)));
    return (row) => {
      const own = get(row);
      return own !== null && among.has(own) === (operator === 'in');
    };
  }
  const test = comparisons[operator];
  if (test === undefined) throw refuse(`The operator '${operator}' is not supported.`);
  const other = coerce(type, wanted);
  // As in the database behind it, nothing compares with an empty field.
  return (row) => {
    const own = get(row);
    return own !== null && test(own, other);
  };
}

const comparisons: Readonly<Record<string, (own: Comparable, other: Comparable) => boolean>> = {
  eq: (own, other) => own === other,
  noteq: (own, other) => own !== other,
  gt: (own, other) => own > other,
  gte: (own, other) => own >= other,
  lt: (own, other) => own < other,
  lte: (own, other) => own <= other,
  beginswith: (own, other) => String(own).startsWith(String(other)),
  endswith: (own, other) => String(own).endsWith(String(other)),
  contains: (own, other) => String(own).includes(String(other)),
};

function normal(type: FieldType, value: Value): Comparable | null {
  if (value === null || typeof value === 'object') return null;
  if (type === 'datetime') return timeOf(String(value));
  // The database does not tell upper case from lower.
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** @throws Refusal for a value that the column's type does not take */
function coerce(type: FieldType, value: unknown): Comparable {
  if (value === null || value === undefined) throw refuse('A filter value may not be null. Use exist or notExist.');
  const text = String(value);
  switch (type) {
    case 'integer':
    case 'double': {
      const number = typeof value === 'boolean' || text.trim() === '' ? Number.NaN : Number(text);
      if (Number.isNaN(number)) throw refuse(`Conversion failed when converting varchar '${text}' to data type int.`);
      return number;
    }
    case 'boolean':
      if (!/^(true|false)$/i.test(text))
        throw refuse(`Conversion failed when converting varchar '${text}' to data type bit.`);
      return /^true$/i.test(text);
    case 'datetime': {
      const at = timeOf(text);
      if (at === null) throw refuse('Conversion failed when converting date and/or time from character string.');
      return at;
    }
    case 'string':
      return text.toLowerCase();
  }
}

function userDefined(row: Row, name: string): Value {
  const list = row.userDefinedFields;
  if (!Array.isArray(list)) return null;
  return list.find((each) => each.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}
