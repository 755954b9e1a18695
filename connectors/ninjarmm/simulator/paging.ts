/** NinjaOne's three ways to page. */
import { randomUUID } from 'node:crypto';
import { type Answer, Refusal, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { failure } from './failures.ts';
import type { Activity } from './model.ts';

/** Not documented; what came without the parameter was more than a thousand. */
const defaultPage = 5000;
const cappedPage = 50;
const cursorSeconds = 600;

export interface PagingOptions {
  readonly capped: boolean;
  readonly inclusive: boolean;
}

/** Lists: rows whose id is greater than `after`. `rows` are in rising order of id. */
export function afterPage<R extends { readonly id: number }>(
  { query }: SimulatorRequest,
  rows: readonly R[],
  { capped, inclusive }: PagingOptions,
): R[] {
  const size = pageSize(query, { fallback: defaultPage, least: 1, most: Number.MAX_SAFE_INTEGER, capped });
  const after = integer(query, 'after');
  const rest = after === null ? rows : rows.filter(({ id }) => (inclusive ? id >= after : id > after));
  return rest.slice(0, size);
}

interface Cursor {
  readonly report: string;
  readonly size: number;
  readonly expires: number;
  offset: number;
}

/** Reports: a cursor that the server keeps. Unless `renaming`, it keeps its name and moves on with each request. */
export class ReportCursors {
  readonly #cursors = new Map<string, Cursor>();

  page<R>(
    { query, path, at }: SimulatorRequest,
    rows: readonly R[],
    { capped, renaming }: { readonly capped: boolean; readonly renaming: boolean },
  ): Answer {
    const report = path.replace(/^.*\/queries\//, '');
    const size = pageSize(query, { fallback: 1000, least: 1, most: 10_000, capped });
    const named = query.get('cursor');
    const cursor =
      named === null ? { report, size, offset: 0, expires: at + cursorSeconds * 1000 } : this.#cursors.get(named);
    if (cursor === undefined || cursor.report !== report || cursor.expires <= at) {
      throw new Refusal(failure(400, 'Cursor not found or expired'));
    }
    const { offset, expires } = cursor;
    const results = rows.slice(offset, offset + size);
    const name = named === null || renaming ? randomUUID() : named;
    if (renaming) this.#cursors.set(name, { ...cursor, offset: offset + size });
    else {
      cursor.offset += size;
      this.#cursors.set(name, cursor);
    }
    return {
      status: 200,
      body: { cursor: { name, offset, count: results.length, expires: expires / 1000 }, results },
    };
  }
}

/** Activities: newest first, bounded by ids. A time in place of an id finds nothing. `activities` are in rising order of id. */
export function activityPage({ query }: SimulatorRequest, activities: readonly Activity[]): Activity[] {
  const size = pageSize(query, { fallback: 200, least: 10, most: 1000, capped: false });
  const newerThan = integer(query, 'newerThan') ?? Number.NEGATIVE_INFINITY;
  const olderThan = integer(query, 'olderThan') ?? Number.POSITIVE_INFINITY;
  const group = query.get('class') ?? 'ALL';
  const [after, before] = [date(query, 'after'), date(query, 'before')];
  return activities
    .filter(
      (each) =>
        each.id > newerThan &&
        each.id < olderThan &&
        (group === 'ALL' || each.group === group) &&
        (after === null || each.at >= after) &&
        (before === null || each.at < before),
    )
    .reverse()
    .slice(0, size);
}

function pageSize(
  query: URLSearchParams,
  of: { readonly fallback: number; readonly least: number; readonly most: number; readonly capped: boolean },
): number {
  const asked = integer(query, 'pageSize') ?? of.fallback;
  if (asked < of.least || asked > of.most) {
    throw new Refusal(failure(400, `pageSize must be between ${of.least} and ${of.most}`));
  }
  return of.capped ? Math.min(asked, cappedPage) : asked;
}

function integer(query: URLSearchParams, name: string): number | null {
  const value = query.get(name);
  if (value === null) return null;
  if (!/^-?\d+$/.test(value)) throw new Refusal(failure(400, `${name} must be a number`));
  return Number(value);
}

/** `yyyyMMdd` or epoch seconds. */
function date(query: URLSearchParams, name: string): number | null {
  const value = query.get(name);
  if (value === null) return null;
  const day = /^(\d{4})(\d\d)(\d\d)$/.exec(value);
  return day ? Date.parse(`${day[1]}-${day[2]}-${day[3]}`) : Number(value) * 1000;
}
