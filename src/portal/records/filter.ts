/** The filter grammar (src/text/filter.ts) over records: terms become conditions of a query, checked against the type's schema. */
import { z } from 'zod';
import { age, findField, parseTerms, type Relation, type Term } from '../../text/filter.ts';
import { nearest } from '../../text/nearest.ts';
import type { Condition } from '../query.ts';
import type { RecordTypeDefinition } from './define.ts';

export type ParsedFilter =
  | { readonly ok: true; readonly where: readonly Condition[] }
  | { readonly ok: false; readonly problem: string };

/** @param now epoch milliseconds, from which ages count */
export function parseFilter(text: string, definition: RecordTypeDefinition, now: number): ParsedFilter {
  const where: Condition[] = [];
  for (const term of parseTerms(text)) {
    const condition = conditionOf(term, definition, now);
    if (typeof condition === 'string') return { ok: false, problem: condition };
    where.push(condition);
  }
  return { ok: true, where };
}

/** A condition, or in one sentence what is wrong with the term. */
export function conditionOf(term: Term, definition: RecordTypeDefinition, now: number): Condition | string {
  const { not, relation, value } = term;
  if (term.field === null) return { op: not ? '!text' : 'text', value };
  const fields = Object.keys(definition.schema.shape);
  const labels = Object.fromEntries(Object.entries(definition.columns).map(([name, { label }]) => [name, label]));
  const field = findField(term.field, fields, labels);
  if (field === undefined) {
    const close = nearest(term.field, fields);
    return `${definition.label} have no field "${term.field}".${close === null ? '' : ` Did you mean "${close}"?`}`;
  }
  if (value === '' || (relation === ':' && ['empty', 'null'].includes(value.toLowerCase()))) {
    return { field, op: not !== (relation === '!=') ? '!=' : '=', value: null };
  }
  const kind = kindOf(definition, field);
  if (kind === 'boolean') {
    const yes = { yes: true, true: true, no: false, false: false }[value.toLowerCase()];
    if (yes === undefined) return `${field} is yes or no; "${value}" is neither.`;
    return { field, op: not !== (relation === '!=') ? '!=' : '=', value: yes };
  }
  if (relation === ':') return { field, op: not ? '!contains' : 'contains', value };
  if (kind === 'list') return `${field} holds several values: write ${field}:${value}.`;
  const op = not ? opposite[relation] : relation;
  if (kind === 'number') {
    const number = Number(value);
    return Number.isNaN(number) ? `${field} is a number; "${value}" is none.` : { field, op, value: number };
  }
  if (kind === 'time') return timeCondition(field, op, value, now);
  return { field, op, value };
}

/** An age counts back from now, so the older is the smaller time: `updated>7d` was updated more than seven days ago. */
function timeCondition(field: string, op: Exclude<Relation, ':'>, value: string, now: number): Condition | string {
  const span = age(value);
  if (span !== null) return { field, op: mirrored[op], value: new Date(now - span).toISOString() };
  const time = new Date(value);
  if (!/^\d{4}-\d\d/.test(value) || Number.isNaN(time.getTime())) {
    return `${field} is a time; "${value}" is none. Write 7d, 12h, 2026-01-31 or 2026-01-31T08:00Z.`;
  }
  return { field, op, value: time.toISOString() };
}

export type FieldKind = 'text' | 'number' | 'boolean' | 'time' | 'list';

/** What a field holds. */
export function kindOf(definition: RecordTypeDefinition, field: string): FieldKind {
  let schema = definition.schema.shape[field] as z.ZodType;
  while (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) schema = schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodISODateTime) return 'time';
  return schema instanceof z.ZodArray || schema instanceof z.ZodObject ? 'list' : 'text';
}

const opposite = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
const mirrored = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
