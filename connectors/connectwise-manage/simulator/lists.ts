/** How lists filter, order, page and project: bare arrays, a Link header, two styles of paging. */
import { type Answer, Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { pageOf } from '../../../src/simulator/faults.ts';
import { badFilter, compile, type Json, reader, type Test } from './conditions.ts';
import type { Context } from './context.ts';
import { error } from './context.ts';
import type { Schema } from './schema.ts';

const defaultPage = 25;
const largestPage = 1000;

/** Parameters of every list. */
export const listParameters: readonly string[] = [
  'conditions',
  'childConditions',
  'customFieldConditions',
  'orderBy',
  'fields',
  'page',
  'pageSize',
  'pageId',
];
export const countParameters: readonly string[] = ['conditions', 'childConditions', 'customFieldConditions'];

export interface Resource<Row> {
  /** In rising order of id. */
  readonly rows: Iterable<Row>;
  readonly schema: Schema;
  readonly present: (row: Row) => object;
}

interface Presented {
  readonly [name: string]: unknown;
  readonly id: number;
}

/** @param filters where conditions are when they are not in the query (a search by POST) */
export function list<Row extends { readonly id: number }>(
  context: Context,
  request: SimulatorRequest,
  of: Resource<Row>,
  filters: (name: string) => string | null = (name) => request.query.get(name),
): Answer {
  const { faults } = context;
  const size = Math.min(Math.max(1, integer(request.query.get('pageSize'), defaultPage)), largestPage);
  if (faults.isOn('large-pages-time-out') && size > 250) {
    throw new Refusal(error(500, 'ConnectWiseApi', 'A timeout has occured. Please try again.'));
  }
  const test = testOf(context, of.schema, filters);
  const project = projection(request.query.get('fields'), of.schema, faults.isOn('older-fields'));
  const isForward = /^forward-only$/i.test(String(request.headers['pagination-type'] ?? ''));
  if (isForward && !faults.isOn('no-forward-only')) {
    if (filters('orderBy')) throw badFilter('orderBy cannot be used with forward-only pagination.');
    return forward(request, of, size, test, project, faults.isOn('repeats-rows'));
  }
  const rows = ordered([...matching(of, test)], filters('orderBy'), of.schema);
  const page = Math.max(1, integer(request.query.get('page'), 1));
  return {
    status: 200,
    headers: links(request, page, Math.ceil(rows.length / size)),
    body: pageOf(rows, (page - 1) * size, size, faults.isOn('repeats-rows')).map(project),
  };
}

export function count<Row extends { readonly id: number }>(
  context: Context,
  request: SimulatorRequest,
  of: Resource<Row>,
): Answer {
  const test = testOf(context, of.schema, (name) => request.query.get(name));
  let total = 0;
  for (const _ of matching(of, test)) total += 1;
  return { status: 200, body: { count: total } };
}

/** A single row knows `fields` too. */
export function single(request: SimulatorRequest, schema: Schema, row: object): Answer {
  return { status: 200, body: projection(request.query.get('fields'), schema, false)(row as Presented) };
}

function* matching<Row extends { readonly id: number }>(
  of: Resource<Row>,
  test: Test,
  after = 0,
): Generator<Presented> {
  for (const row of of.rows) {
    if (row.id <= after) continue;
    const presented = of.present(row) as Presented;
    if (test(presented)) yield presented;
  }
}

/** Rows after an id; the Link header is there always, and empty at the end. */
function forward<Row extends { readonly id: number }>(
  request: SimulatorRequest,
  of: Resource<Row>,
  size: number,
  test: Test,
  project: (row: Presented) => object,
  repeats: boolean,
): Answer {
  const after = integer(request.query.get('pageId'), 0);
  const rows: Presented[] = [];
  let more = false;
  // The row that was the last of the page before is among them when rows repeat.
  for (const row of matching(of, test, repeats ? after - 1 : after)) {
    more = rows.length >= size && row.id > after;
    if (more) break;
    rows.push(row);
  }
  if (repeats) rows.push(...rows.slice(-1));
  const next = more ? link(request, 'next', { pageId: rows.at(-1)?.id ?? 0 }) : '';
  return { status: 200, headers: { link: next }, body: rows.map(project) };
}

function links(request: SimulatorRequest, page: number, last: number): Readonly<Record<string, string>> {
  if (last <= 1) return {};
  const found = [
    page > 1 ? link(request, 'prev', { page: page - 1 }) : null,
    page < last ? link(request, 'next', { page: page + 1 }) : null,
    page > 1 ? link(request, 'first', { page: 1 }) : null,
    page < last ? link(request, 'last', { page: last }) : null,
  ].filter((each) => each !== null);
  return { link: found.join(', ') };
}

function link(request: SimulatorRequest, rel: string, to: Readonly<Record<string, number>>): string {
  const query = new URLSearchParams(request.query);
  for (const [name, value] of Object.entries(to)) query.set(name, String(value));
  return `<${request.urls.main}${request.path}?${query}>; rel="${rel}"`;
}

function testOf(context: Context, schema: Schema, filters: (name: string) => string | null): Test {
  const { dates } = context;
  const tests: Test[] = [];
  const conditions = filters('conditions');
  if (conditions) tests.push(compile(conditions, schema, { dates, children: false }));
  const children = filters('childConditions') ?? filters('childconditions');
  if (children)
    tests.push(
      anyItem(
        children.split('/')[0]?.replaceAll(/[(\s]/g, '') ?? '',
        compile(children, schema, { dates, children: true }),
      ),
    );
  const custom = filters('customFieldConditions') ?? filters('customfieldconditions');
  if (custom)
    tests.push(
      anyItem('customFields', compile(custom, { caption: 'text', value: 'text' }, { dates, children: false })),
    );
  if (context.faults.isOn('sees-nothing')) tests.push(() => false);
  return (row) => tests.every((test) => test(row));
}

function anyItem(name: string, test: Test): Test {
  return (row) => {
    const items = row[name];
    return Array.isArray(items) && items.some((item: Json) => test(item));
  };
}

/** `lastUpdated desc, id asc`. @throws Refusal 400 for an unknown name */
function ordered(rows: Presented[], orderBy: string | null, schema: Schema): Presented[] {
  const keys = (orderBy ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [path = '', direction = 'asc'] = part.trim().split(/\s+/);
      if (schema[path.split('/')[0] ?? ''] === undefined) throw badFilter(`${path} is not a recognized name.`);
      return { get: reader(path), sign: /^desc$/i.test(direction) ? -1 : 1 };
    });
  return rows.sort((left, right) => {
    for (const { get, sign } of keys) {
      const [a, b] = [get(left) as string | number, get(right) as string | number];
      if (a !== b) return (a ?? '') < (b ?? '') ? -sign : sign;
    }
    return left.id - right.id;
  });
}

/** `id,status/name,_info`; without `_info` the times are left out. The filter names of the times are no fields. */
function projection(fields: string | null, schema: Schema, older: boolean): (row: Presented) => object {
  if (!fields) return (row) => row;
  const paths = fields.split(',').map((path) => path.trim().split('/'));
  for (const [first = ''] of paths) {
    const unknown = schema[first] === undefined || first === 'lastUpdated' || first === 'dateEntered';
    if (unknown || (older && first === 'primaryEmail')) throw badFilter(`${first} is not a recognized name.`);
  }
  return (row) => {
    const kept: Record<string, unknown> = {};
    for (const [first = '', second] of paths) {
      const value = row[first];
      if (value === undefined) continue;
      kept[first] =
        second === undefined || typeof value !== 'object' || value === null
          ? value
          : { ...(kept[first] as object | undefined), [second]: (value as Json)[second] };
    }
    return kept;
  };
}

function integer(value: string | null, fallback: number): number {
  return value !== null && /^\d+$/.test(value) ? Number(value) : fallback;
}
