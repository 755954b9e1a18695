/** `--where` expressions: `status=Open,title~printer,updatedAt>2026-01-01`. */
import { z } from 'zod';
import type { Condition } from '../portal/portal.ts';
import { definitionOf, type RecordType } from '../portal/records/index.ts';
import { UsageError } from './exit.ts';
import { didYouMean } from './parse.ts';

const operators = ['!=', '!~', '<=', '>=', '=', '~', '<', '>'] as const;
type Operator = (typeof operators)[number];

/** All conditions of all expressions; all must hold. Throws UsageError that names what would be right. */
export function parseWhere(type: RecordType, expressions: readonly string[]): Condition[] {
  return expressions.flatMap((expression) =>
    // A comma that belongs to a value is written with a backslash.
    expression.split(/(?<!\\),/).map((part) => condition(type, part.replaceAll('\\,', ','))),
  );
}

function condition(type: RecordType, text: string): Condition {
  const found = /^\s*([A-Za-z]\w*)\s*(!=|!~|<=|>=|=|~|<|>)(.*)$/s.exec(text);
  if (!found) {
    throw new UsageError(
      `"${text}" is no condition. Write a field, one of ${operators.join(' ')}, and a value, such as status=Open.`,
    );
  }
  const [, field = '', operator = '=', value = ''] = found as unknown as [string, string, Operator, string];
  const fields = fieldsOf(type);
  const schema = fields.get(field);
  if (schema === undefined) {
    const names = [...fields.keys()];
    throw new UsageError(`${type} have no field "${field}".${didYouMean(field, names)} Fields: ${names.join(', ')}.`);
  }
  if (operator === '~' || operator === '!~') {
    return { field, op: operator === '~' ? 'contains' : '!contains', value: value.trim() };
  }
  return { field, op: operator, value: valueFor(field, schema, value.trim()) };
}

/** The fields of a type that hold one value each (lists and groups cannot be compared). */
function fieldsOf(type: RecordType): ReadonlyMap<string, z.ZodType> {
  const { shape } = definitionOf(type).schema;
  const comparable = Object.entries(shape).map(([name, schema]) => [name, unwrap(schema as z.ZodType)] as const);
  return new Map(
    comparable.filter(([, schema]) => !(schema instanceof z.ZodArray) && !(schema instanceof z.ZodObject)),
  );
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
}

function valueFor(field: string, schema: z.ZodType, text: string): string | number | boolean | null {
  if (text === '') return null;
  if (schema instanceof z.ZodBoolean) {
    if (text === 'true' || text === 'yes') return true;
    if (text === 'false' || text === 'no') return false;
    throw new UsageError(`${field} is true or false; "${text}" is neither.`);
  }
  if (schema instanceof z.ZodNumber) {
    const number = Number(text);
    if (Number.isNaN(number)) throw new UsageError(`${field} is a number; "${text}" is none.`);
    return number;
  }
  if (schema instanceof z.ZodISODateTime) {
    const time = new Date(text);
    if (!/^\d{4}-\d\d/.test(text) || Number.isNaN(time.getTime())) {
      throw new UsageError(`${field} is a time; "${text}" is none. Write 2026-01-31 or 2026-01-31T08:00Z.`);
    }
    return time.toISOString();
  }
  return text;
}
