/**
 * How vendors hand out long lists, as async generators. Each takes a `fetch` that gets one page and yields the rows
 * with the position to go on from; reading can be left after any page and taken up again from its `next`.
 */
import type { Position } from './contract.ts';
import { Malformed } from './errors.ts';
import type { HttpRequest, HttpResponse } from './http.ts';

export interface RowPage<R> {
  readonly rows: readonly R[];
  /** Null after the last page. */
  readonly next: Position | null;
  /** How many rows the vendor says there are. */
  readonly total?: number;
}

/** Opaque cursors, each given by the answer before. Ends when an answer has none. A page may be empty and go on. */
export async function* byCursor<R>(options: {
  /** `cursor` is null for the first page. */
  fetch: (cursor: string | null) => Promise<{ rows: readonly R[]; next: string | null | undefined; total?: number }>;
  position: Position | null;
  /** The vendor keeps one name while it moves on by itself: then an empty page ends, and the same page twice is an error. */
  sameNameMovesOn?: boolean;
}): AsyncGenerator<RowPage<R>> {
  let cursor = textIn(options.position, 'cursor');
  const seen = new Set<string | null>([cursor]);
  let previous = '';
  for (;;) {
    const { rows, next, total } = await options.fetch(cursor);
    const ended = !next || (options.sameNameMovesOn === true && rows.length === 0);
    if (!ended && options.sameNameMovesOn === true) {
      const content = JSON.stringify(rows);
      if (content === previous) throw goesInCircles();
      previous = content;
    } else if (!ended && seen.has(next)) throw goesInCircles();
    yield { rows, next: ended ? null : { cursor: next }, ...(total === undefined ? {} : { total }) };
    if (ended) return;
    seen.add(next);
    cursor = next;
  }
}

/**
 * Whole addresses of next pages. The follow-up has the verb, body and headers of the first request; `Http` refuses a link to any
 * other origin. Ends when an answer has no link.
 */
export async function* byLink<R>(options: {
  first: HttpRequest;
  fetch: (request: HttpRequest) => Promise<{ rows: readonly R[]; next: string | null | undefined; total?: number }>;
  position: Position | null;
}): AsyncGenerator<RowPage<R>> {
  const { query: _carriedByTheLink, ...rest } = options.first;
  yield* byCursor({
    position: options.position,
    fetch: (link) => options.fetch(link === null ? options.first : { ...rest, url: link }),
  });
}

/** The `rel="next"` of a Link header; null when there is none, or an empty one. */
export function nextLink(response: Pick<HttpResponse, 'headers'>): string | null {
  for (const [, target, parameters] of (response.headers.link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel="?next"?/i.test(parameters ?? '')) return target || null;
  }
  return null;
}

/**
 * Keyset: "rows after this key". Nothing that is there throughout can be missed, whatever comes and goes meanwhile.
 * Ends on an empty page, or where the answer says that there is no more; never on a short page, which a vendor's
 * own maximum also makes.
 */
export async function* afterKey<R, K extends string | number>(options: {
  fetch: (after: K | null) => Promise<{ rows: readonly R[]; more?: boolean; total?: number }>;
  key: (row: R) => K;
  /** Checked while reading. `opaque`: the vendor's order is its own; the last row's key is handed back. */
  order: 'ascending' | 'descending' | 'opaque';
  position: Position | null;
}): AsyncGenerator<RowPage<R>> {
  const { key, order } = options;
  let after = (options.position?.after ?? null) as K | null;
  for (;;) {
    const { rows: given, more, total } = await options.fetch(after);
    const rows = order === 'opaque' ? given : notYetRead(onceEach(given, key, order), after, key, order);
    const last = rows.at(-1);
    const reached = last === undefined ? after : key(last);
    if (given.length > 0 && reached === after) throw goesInCircles();
    const ended = given.length === 0 || more === false;
    yield { rows, next: ended ? null : { after: reached }, ...(total === undefined ? {} : { total }) };
    if (ended) return;
    after = reached;
  }
}

/** Without the rows that the page before had already; they are the first, since the rows are in order. */
function notYetRead<R, K extends string | number>(
  rows: readonly R[],
  after: K | null,
  key: (row: R) => K,
  order: 'ascending' | 'descending',
): readonly R[] {
  return after === null ? rows : rows.filter((row) => (order === 'ascending' ? key(row) > after : key(row) < after));
}

/**
 * Rows in the order they were asked for; one that a page has twice in a row is taken once.
 * @throws Malformed when they are in another order
 */
export function onceEach<R, K extends string | number>(
  rows: readonly R[],
  key: (row: R) => K,
  order: 'ascending' | 'descending' = 'ascending',
): readonly R[] {
  return rows.filter((row, index) => {
    if (index === 0) return true;
    const [before, now] = [key(rows[index - 1]!), key(row)];
    if (order === 'ascending' ? now < before : now > before) throw outOfOrder(order);
    return now !== before;
  });
}

/**
 * Numbered pages in no dependable order, with a number of pages. Only the vendor's page count is believed. When it shrinks,
 * rows have moved forward over the edge already read: one page is read again, as it is on resuming. A row that changes its
 * place shows as others that come twice; when the vendor tells the number of rows and some are then missing,
 * the list is read once more from its beginning. Without that number, or when one row goes while another comes, a row can be
 * missed until the next full pass; use `pagesById` (pages-by-id.ts) where the vendor can sort by id.
 */
export async function* byPageCount<R>(options: {
  /** Without `totalPages` the first empty page ends. */
  fetch: (page: number) => Promise<{ rows: readonly R[]; totalPages?: number; total?: number }>;
  id: (row: R) => string | number;
  position: Position | null;
}): AsyncGenerator<RowPage<R>> {
  const seen = new Set<string | number>();
  let page = Math.max(1, numberIn(options.position, 'page', 1) - (options.position === null ? 0 : 1));
  let count: number | null = null;
  /** Pages that are read again on purpose. */
  let rereadTo = 0;
  let moved = false;
  let rounds = 1;
  for (;;) {
    const { rows, totalPages, total } = await options.fetch(page);
    const measure = total ?? totalPages ?? 0;
    const shrunk: boolean = count !== null && measure < count;
    count = measure;
    const fresh = rows.filter((row) => !seen.has(options.id(row)));
    for (const row of fresh) seen.add(options.id(row));
    moved ||= fresh.length < rows.length && page > rereadTo;
    const last = rows.length === 0 || (totalPages !== undefined && page >= totalPages);
    const incomplete: boolean = moved && options.position === null && total !== undefined && seen.size < total;
    const again: boolean = last && !shrunk && incomplete && rounds === 1;
    const ended = last && !shrunk && !again;
    const following: number = again ? 1 : shrunk ? Math.max(1, page - 1) : page + 1;
    if (following <= page) rereadTo = page;
    if (again) rounds += 1;
    yield { rows: fresh, next: ended ? null : { page: following }, ...(total === undefined ? {} : { total }) };
    if (ended) return;
    page = following;
  }
}

function textIn(position: Position | null, key: string): string | null {
  const value = position?.[key];
  return typeof value === 'string' ? value : null;
}

function numberIn(position: Position | null, key: string, fallback: number): number {
  const value = position?.[key];
  return typeof value === 'number' ? value : fallback;
}

function goesInCircles(): Malformed {
  return new Malformed({
    reason: 'The list goes in circles: the vendor gave the same page a second time.',
    fix: 'Try again later. If it stays so, please report it with a HAR file.',
  });
}

function outOfOrder(order: string): Malformed {
  return new Malformed({
    reason: `The vendor did not keep to the ${order} order it was asked for, so rows could be missed without notice.`,
    fix: 'Nothing was lost; reading was stopped. Please report it with a HAR file.',
  });
}
