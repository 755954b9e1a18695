/** Lists: newest first, at most a hundred at a time, going on after an id. */
import type { SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Account } from './account.ts';
import type { Collection, Row } from './collection.ts';
import { missing, refuse } from './errors.ts';

/** Of a parameter: one value, several (`ids[]`, `ids[0]`), or by name (`created[gte]`). */
export interface Parameter {
  readonly values: readonly string[];
  readonly named: Readonly<Record<string, string>>;
}

export type Filters<R> = Readonly<Record<string, (parameter: Parameter) => (row: R) => boolean>>;

const paging = ['limit', 'starting_after', 'ending_before', 'expand'];

/** @throws Refusal 400 for a parameter that Stripe does not know: it never passes over one in silence. */
export function parameters(request: SimulatorRequest, known: readonly string[]): ReadonlyMap<string, Parameter> {
  const found = new Map<string, { values: string[]; named: Record<string, string> }>();
  for (const [key, value] of request.query) {
    const [, name = key, inner] = /^([^[]+)(?:\[([^\]]*)\])?$/.exec(key) ?? [];
    if (!known.includes(name)) {
      throw refuse(400, {
        code: 'parameter_unknown',
        message: `Received unknown parameter: ${name}`,
        param: name,
      });
    }
    const parameter = found.get(name) ?? { values: [], named: {} };
    found.set(name, parameter);
    if (inner === undefined || /^\d*$/.test(inner)) parameter.values.push(value);
    else parameter.named[inner] = value;
  }
  return found;
}

export interface Page<R> {
  readonly rows: readonly R[];
  readonly more: boolean;
}

export function page<R extends Row>(
  account: Account,
  request: SimulatorRequest,
  noun: string,
  collection: Collection<R>,
  filters: Filters<R>,
  always: (row: R) => boolean = () => true,
): Page<R> {
  const given = parameters(request, [...paging, ...Object.keys(filters)]);
  const tests = [always];
  for (const [name, parameter] of given) {
    const filter = filters[name];
    if (filter !== undefined) tests.push(filter(parameter));
  }
  const { rows, places } = collection.newestFirst();
  const limit = limitOf(given.get('limit')?.values[0]);
  const cursor = (name: string): number | null => {
    const id = given.get(name)?.values[0];
    if (id === undefined) return null;
    const place = places.get(id);
    // What is deleted leaves no place behind.
    if (place === undefined) throw missing(account.deleted.get(id) ?? noun, id, name, 400);
    return place;
  };
  const after = cursor('starting_after');
  const before = cursor('ending_before');
  if (after !== null && before !== null) {
    throw refuse(400, { message: 'You cannot use both starting_after and ending_before.', param: 'ending_before' });
  }
  const fits = (row: R) => tests.every((test) => test(row));
  if (before !== null) {
    const found = take(rows.slice(0, before).reverse(), fits, limit);
    return { rows: [...found.rows].reverse(), more: found.more };
  }
  return take(rows, fits, limit, (after ?? -1) + 1);
}

function take<R>(rows: readonly R[], fits: (row: R) => boolean, limit: number, from = 0) {
  const found: R[] = [];
  for (let place = from; place < rows.length; place++) {
    const row = rows[place] as R;
    if (!fits(row)) continue;
    if (found.length === limit) return { rows: found, more: true };
    found.push(row);
  }
  return { rows: found, more: false };
}

function limitOf(value: string | undefined): number {
  const limit = Number(value ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw refuse(400, {
      code: 'parameter_invalid_integer',
      message: `Invalid integer: ${value}. It must be from 1 to 100.`,
      param: 'limit',
    });
  }
  return limit;
}

/** `created=5`, or `created[gte]=5&created[lt]=9`. */
export const range =
  <R>(field: (row: R) => number | null, name = 'created') =>
  ({ values, named }: Parameter) => {
    const bounds = [...Object.entries(named), ...values.map((value) => ['eq', value] as const)].map(
      ([bound, value]) => {
        const at = Number(value);
        if (!Number.isInteger(at)) {
          throw refuse(400, { code: 'parameter_invalid_integer', message: `Invalid integer: ${value}`, param: name });
        }
        const test = comparisons[bound];
        if (test === undefined) {
          const param = `${name}[${bound}]`;
          throw refuse(400, { code: 'parameter_unknown', message: `Received unknown parameter: ${param}`, param });
        }
        return (value: number) => test(value, at);
      },
    );
    return (row: R) => {
      const value = field(row);
      return value !== null && bounds.every((test) => test(value));
    };
  };

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  eq: (value, bound) => value === bound,
};

export const equal =
  <R>(field: (row: R) => string | boolean | null | undefined) =>
  ({ values }: Parameter) =>
  (row: R): boolean =>
    values.includes(String(field(row)));

/** Documented; nothing here has it. */
export const ignored = () => () => true;
