/** How Syncro's lists page: by number, in pages of a size that is not the documented one and that cannot be chosen. */
import type { SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { pageOf } from '../../../src/simulator/faults.ts';
import type { Context } from './context.ts';

export interface ListDescription<R> {
  /** The array's name. */
  readonly key: string;
  readonly rows: readonly R[];
  readonly size: number;
  /** Members of `meta` beside `total_pages` and `page`. */
  readonly meta: readonly ('total_entries' | 'per_page')[];
  readonly present: (row: R) => object;
}

const documentedSize = 25;

export function list<R>(context: Context, { query }: SimulatorRequest, of: ListDescription<R>): object {
  const size = context.faults.isOn('documented-page-size') ? Math.min(documentedSize, of.size) : of.size;
  const page = Math.max(1, integer(query.get('page')) ?? 1);
  const facts = { total_entries: of.rows.length, per_page: size };
  return {
    [of.key]: pageOf(of.rows, (page - 1) * size, size, context.faults.isOn('repeats-rows')).map(of.present),
    meta: {
      total_pages: Math.max(1, Math.ceil(of.rows.length / size)),
      page,
      ...Object.fromEntries(of.meta.map((name) => [name, facts[name]])),
    },
  };
}

/** `column ASC`, by any of the given columns; without it, the order is the product's own. */
export function sorted<R>(rows: R[], sort: string | null, column: (row: R, name: string) => string | number): R[] {
  const [name = '', direction = 'ASC'] = (sort ?? '').trim().split(/\s+/);
  if (name === '') return rows;
  const sign = /^desc$/i.test(direction) ? -1 : 1;
  return rows.sort((left, right) => {
    const [a, b] = [column(left, name), column(right, name)];
    return a === b ? 0 : a < b ? -sign : sign;
  });
}

export function integer(value: string | null): number | null {
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

/** `id[]=1&id[]=2`; null when there is none. */
export function ids(query: URLSearchParams, name: string): ReadonlySet<number> | null {
  const values = [...query.getAll(`${name}[]`), ...query.getAll(name)].map(Number);
  return values.length > 0 ? new Set(values) : null;
}

/** A plain date begins at midnight UTC. A value that is no date is ignored. */
export function date(value: string | null): number | null {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : at;
}
