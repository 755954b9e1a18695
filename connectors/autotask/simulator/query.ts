/** Queries: up to 500 rows in rising order of id, and a link to the next ones that answers to the same verb only. */
import { type Answer, jsonBody, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import { refuse, wrongVerb } from './answers.ts';
import type { Entity } from './entities.ts';
import { compileFilter, fieldNamed, insensitive } from './filter.ts';
import type { Row, Value } from './rows.ts';

const largestPage = 500;
const longestAddress = 2048;

export interface Queried {
  readonly entity: Entity;
  readonly rows: Iterable<Row>;
  readonly present: (row: Row) => Row;
  /** The last row of every page comes twice. */
  readonly repeatsRows: boolean;
  /** Where links to next pages lead. */
  readonly origin: string;
}

interface Query {
  readonly keep: (row: Row) => boolean;
  readonly size: number;
  readonly show: (row: Row) => Readonly<Record<string, Value>>;
}

export function query(request: SimulatorRequest, of: Queried): Answer {
  if (tooLong(request)) return { status: 404, body: { Message: 'The request URL is too long.' } };
  return page(request, of, readQuery(request, of), null);
}

/** Follows a link. A link that came from a POST has no search in it, and answers only to a POST with the body sent again. */
export function next(request: SimulatorRequest, of: Queried): Answer {
  if ((request.method === 'GET') !== request.query.has('search')) return wrongVerb(request.method);
  const { nextIds, pageSize } = paging(request);
  const query = readQuery(request, of);
  return page(request, of, { ...query, size: pageSize }, nextIds[0] ?? null);
}

export function count(request: SimulatorRequest, of: Queried): Answer {
  const keep = compileFilter(of.entity, asked(request).filter);
  let queryCount = 0;
  for (const row of of.rows) if (keep(row)) queryCount++;
  return { status: 200, body: { queryCount } };
}

/** The rows under a parent: no filter, pages all the same. */
export function children(request: SimulatorRequest, of: Queried, keep: (row: Row) => boolean): Answer {
  return page(request, of, { keep, size: largestPage, show: of.present }, null);
}

function page(request: SimulatorRequest, of: Queried, { keep, size, show }: Query, from: number | null): Answer {
  const found: Row[] = [];
  for (const row of of.rows) {
    if ((from !== null && row.id < from) || !keep(row)) continue;
    found.push(row);
    if (found.length > size) break;
  }
  const following = found.length > size ? found.pop() : undefined;
  return {
    status: 200,
    body: {
      items: (of.repeatsRows ? [...found, ...found.slice(-1)] : found).map(show),
      pageDetails: {
        // The rows of this page, not of all.
        count: found.length,
        requestCount: size,
        prevPageUrl: null,
        nextPageUrl: following === undefined ? null : link(request, of, size, [found[0]?.id ?? 0, following.id]),
      },
    },
  };
}

function link(
  request: SimulatorRequest,
  { entity, origin }: Queried,
  pageSize: number,
  [first, following]: readonly [first: number, following: number],
): string {
  const paging = JSON.stringify({ pageSize, previousIds: [first], nextIds: [following] });
  const search = request.query.get('search');
  const more = search === null ? '' : `&search=${encodeURIComponent(search)}`;
  return `${origin}/ATServicesRest/V1.0/${entity.name}/query/next?paging=${encodeURIComponent(paging)}${more}`;
}

function paging(request: SimulatorRequest): { pageSize: number; nextIds: readonly number[] } {
  try {
    const { pageSize, nextIds } = JSON.parse(request.query.get('paging') ?? '') as Record<string, unknown>;
    if (typeof pageSize === 'number' && Array.isArray(nextIds)) return { pageSize, nextIds: nextIds.map(Number) };
  } catch {
    // Refused below, as any other nonsense.
  }
  throw refuse('The paging information is not valid.');
}

function readQuery(request: SimulatorRequest, { entity, present }: Queried): Query {
  const { filter, maxrecords = largestPage, includefields } = asked(request);
  const keep = compileFilter(entity, filter);
  if (!Number.isInteger(maxrecords) || Number(maxrecords) < 1 || Number(maxrecords) > largestPage) {
    throw refuse(`MaxRecords must be a value between 1 and ${largestPage}.`);
  }
  const names = Array.isArray(includefields) ? includefields.map((name) => fieldNamed(entity, name).name) : null;
  const show = (row: Row) => {
    const shown = present(row);
    return names === null ? shown : Object.fromEntries(names.map((name) => [name, shown[name] ?? null]));
  };
  return { keep, size: Number(maxrecords), show };
}

function asked(request: SimulatorRequest): Readonly<Record<string, unknown>> {
  const search = request.query.get('search');
  return insensitive(request.method === 'GET' ? jsonBody({ text: search ?? '' }) : jsonBody(request));
}

function tooLong({ method, path, query }: SimulatorRequest): boolean {
  return method === 'GET' && path.length + query.toString().length > longestAddress;
}

export function oneItem(row: Row | undefined, present: (row: Row) => Row): Answer {
  // An id that is not there is no error.
  return { status: 200, body: { item: row === undefined ? null : present(row) } };
}
