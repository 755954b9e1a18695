/** How Halo's lists filter, order and page. */
import { Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { pageOf } from '../../../src/simulator/faults.ts';

/** The server gives no more rows a page, whatever is asked for. */
export const pageCap = 100;
const defaultPage = 50;

/** Parameters of every paged list. */
export const listParameters: readonly string[] = [
  'pageinate',
  'page_no',
  'page_size',
  'count',
  'search',
  'advanced_search',
  'lastupdatefromdate',
  'lastupdatetodate',
  'include_custom_fields',
  ...['', '2', '3', '4', '5'].flatMap((n) => [`order${n}`, `orderdesc${n}`]),
];

export interface ListDescription<Row extends { readonly id: number }> {
  readonly key: string;
  /** In rising order of id. */
  readonly rows: Iterable<Row>;
  readonly keep: (row: Row) => boolean;
  /** Columns that can be ordered and searched by. */
  readonly column: (row: Row, name: string) => string | number | boolean | null | undefined;
  /** Columns that `search` looks into. */
  readonly searched: readonly string[];
  /** Also the order when none is asked for, which no document tells: newest change first, so that rows move while reading. */
  readonly modified: (row: Row) => number;
  readonly present: (row: Row) => object;
  readonly filterIgnored: boolean;
  readonly repeatsRows: boolean;
}

export function list<Row extends { readonly id: number }>(request: SimulatorRequest, of: ListDescription<Row>): object {
  const { query } = request;
  const tests = [of.keep, ...(of.filterIgnored ? [] : changedBetween(query, of.modified)), ...searches(query, of)];
  const rows: Row[] = [];
  for (const row of of.rows) if (tests.every((test) => test(row))) rows.push(row);
  const ordered = order(rows, query, of);
  const paged = isTrue(query.get('pageinate'));
  const wanted = integer(query.get(paged ? 'page_size' : 'count'), defaultPage);
  const size = Math.min(Math.max(1, wanted), pageCap);
  const page = paged ? Math.max(1, integer(query.get('page_no'), 1)) : 1;
  return {
    ...(paged ? { page_no: page, page_size: wanted } : {}),
    record_count: ordered.length,
    [of.key]: pageOf(ordered, (page - 1) * size, size, of.repeatsRows).map(of.present),
  };
}

export const isTrue = (value: string | null): boolean => /^true$/i.test(value ?? '');

export function integer(value: string | null, fallback: number): number {
  return value !== null && /^-?\d+$/.test(value) ? Number(value) : fallback;
}

/** A comma-separated list of ids; null when the parameter is absent or empty. */
export function ids(value: string | null): ReadonlySet<number> | null {
  const found = (value ?? '').split(',').filter((part) => /^\s*\d+\s*$/.test(part));
  return found.length > 0 ? new Set(found.map(Number)) : null;
}

/** Two independent switches; with neither, active rows only (what Halo does then is not documented). */
export function activity(query: URLSearchParams, names: readonly [active: string, inactive: string]) {
  const [compactActive, compactInactive] = (query.get('activeinactive') ?? '').split(',');
  const inactive = isTrue(query.get(names[1])) || isTrue(compactInactive ?? null);
  const active = isTrue(query.get(names[0])) || isTrue(compactActive ?? null) || !inactive;
  return (isInactive: boolean): boolean => (isInactive ? inactive : active);
}

/** Zoneless values are UTC. A value that is no date is ignored like an unknown parameter. */
export function date(value: string | null): number | null {
  if (!value) return null;
  const at = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(value) || !value.includes('T') ? value : `${value}Z`);
  return Number.isNaN(at) ? null : at;
}

function changedBetween<Row>(query: URLSearchParams, modified: (row: Row) => number): ((row: Row) => boolean)[] {
  const from = date(query.get('lastupdatefromdate'));
  const to = date(query.get('lastupdatetodate'));
  const tests: ((row: Row) => boolean)[] = [];
  if (from !== null) tests.push((row) => modified(row) >= from);
  if (to !== null) tests.push((row) => modified(row) <= to);
  return tests;
}

function searches<Row extends { readonly id: number }>(
  query: URLSearchParams,
  of: ListDescription<Row>,
): ((row: Row) => boolean)[] {
  const tests: ((row: Row) => boolean)[] = [];
  const wanted = query.get('search')?.toLowerCase();
  if (wanted) {
    tests.push((row) =>
      of.searched.some((name) =>
        String(of.column(row, name) ?? '')
          .toLowerCase()
          .includes(wanted),
      ),
    );
  }
  const advanced = query.get('advanced_search');
  if (advanced) tests.push(...advancedSearch(advanced, of));
  return tests;
}

const compare: Readonly<Record<number, (left: string, right: string) => boolean>> = {
  0: (left, right) => right.split(',').includes(left),
  1: (left, right) => !right.split(',').includes(left),
  2: (left, right) => left === right,
  3: (left, right) => left !== right,
  4: (left, right) => left.includes(right.replaceAll('%', '')),
  5: (left, right) => !left.includes(right.replaceAll('%', '')),
  7: (left, right) => Number(left) > Number(right),
  8: (left, right) => Number(left) >= Number(right),
  9: (left, right) => Number(left) < Number(right),
  10: (left, right) => Number(left) <= Number(right),
};

function advancedSearch<Row extends { readonly id: number }>(
  text: string,
  of: ListDescription<Row>,
): ((row: Row) => boolean)[] {
  let filters: unknown;
  try {
    filters = JSON.parse(text);
  } catch {
    filters = null;
  }
  const refuse = () => new Refusal({ status: 400, body: { Message: 'Invalid advanced search parameter' } });
  if (!Array.isArray(filters)) throw refuse();
  return filters.map((filter: Record<string, unknown>) => {
    const name = String(filter?.filter_name);
    const test = compare[Number(filter?.filter_type)];
    if (!test || !(of.searched.includes(name) || name === 'id')) throw refuse();
    const value = String(filter.filter_value).toLowerCase();
    return (row: Row) => test(String(of.column(row, name) ?? '').toLowerCase(), value);
  });
}

function order<Row extends { readonly id: number }>(
  rows: Row[],
  query: URLSearchParams,
  of: ListDescription<Row>,
): Row[] {
  const keys = ['', '2', '3', '4', '5'].flatMap((n) => {
    const name = query.get(`order${n}`);
    return name ? [{ name, sign: isTrue(query.get(`orderdesc${n}`)) ? -1 : 1 }] : [];
  });
  const [first] = keys;
  if (!first) return rows.sort((left, right) => of.modified(right) - of.modified(left) || right.id - left.id);
  // The usual case is free: rows are kept in order of id.
  if (first.name === 'id') return first.sign > 0 ? rows : rows.reverse();
  return rows.sort((left, right) => {
    for (const { name, sign } of keys) {
      const [a, b] = [of.column(left, name) ?? '', of.column(right, name) ?? ''];
      if (a !== b) return a < b ? -sign : sign;
    }
    return left.id - right.id;
  });
}
