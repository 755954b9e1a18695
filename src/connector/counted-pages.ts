/**
 * Numbered pages, sorted by id, read blind and then proved complete by counting.
 *
 * New rows come at the end, so only a deletion can move rows over an edge and out of sight. A smaller total shows most
 * deletions at once, and the page before is read again. One that hides behind a new row shows in the
 * sum at the end: rows at the start, plus the new ones seen, minus rows at the end, is how many were deleted. When that
 * is more than was noticed, the list is read again in overlapping pages (`pagesById`), which cannot miss any.
 * Costs two requests over blind paging; overlapping pages alone cost one in eight. For lists in which rows only appear at
 * the end: one that comes back in the middle while another goes could hide it, until the next full pass.
 */
import type { Position } from './contract.ts';
import { pagesById } from './pages-by-id.ts';
import { onceEach, type RowPage } from './paging.ts';

export interface CountedPagesOptions<R> {
  readonly id: (row: R) => number;
  /** The most rows the vendor gives per page. */
  readonly size: number;
  readonly position: Position | null;
  readonly fetch: (page: number, size: number) => Promise<{ rows: readonly R[]; total: number }>;
  /** The greatest id and the number of rows, from one answer: the list sorted the other way, one row. */
  readonly newest: () => Promise<{ id: number | null; total: number }>;
}

/** Where a blind pass stands; JSON, so that another process can go on. */
interface Tally {
  readonly page: number;
  readonly lastId: number | null;
  /** Rows when the pass began, and the greatest id then. */
  readonly startTotal: number;
  readonly startNewest: number;
  /** Rows at the last answer. */
  readonly total: number;
  readonly deleted: number;
  readonly added: number;
}

export async function* countedPagesById<R>(options: CountedPagesOptions<R>): AsyncGenerator<RowPage<R>> {
  if (options.position?.overlapping === true) {
    yield* overlapping(options, options.position);
    return;
  }
  const { id, size, fetch } = options;
  let tally = options.position as Tally | null;
  if (tally === null) {
    const given = await fetch(1, size);
    const first = { ...given, rows: onceEach(given.rows, id) };
    if (first.rows.length >= first.total || first.rows.length === 0) {
      yield { rows: first.rows, next: null, total: first.total };
      return;
    }
    // A vendor that gives fewer rows than asked for, or hides some, cannot be counted.
    if (first.rows.length < size) {
      yield* overlapping(options, null);
      return;
    }
    // Then from the beginning: what moved between these two answers could not be told from them.
    const { id: startNewest, total } = await options.newest();
    tally = { page: 1, lastId: null, startTotal: total, startNewest: startNewest ?? 0, total, deleted: 0, added: 0 };
  }

  /** After a deletion, pages hold rows that have been read. */
  let wentBack = false;
  for (;;) {
    const before: Tally = tally;
    const { page, lastId } = before;
    const { rows: given, total } = await fetch(page, size);
    const rows = onceEach(given, id);
    if (total < before.total) {
      // Rows have moved forward over the edge: back to where they can be now, without taking this page.
      const gone = before.total - total;
      tally = { ...before, total, deleted: before.deleted + gone, page: Math.max(1, page - Math.ceil(gone / size)) };
      wentBack = true;
      continue;
    }
    const fresh = rows.filter((row) => lastId === null || id(row) > lastId);
    const added = fresh.filter((row) => id(row) > before.startNewest).length;
    tally = { ...before, page: page + 1, lastId: idOfLast(fresh, id) ?? lastId, total, added: before.added + added };
    const ended = rows.length === 0 || page * size >= total;
    // The page before once more, in place of the one that was asked for: counting would not notice.
    const isOld = rows.length > 0 && fresh.length === 0 && !wentBack;
    if (fresh.length > 0) wentBack = false;
    const proved = !isOld && (!ended || tally.startTotal + tally.added - total <= tally.deleted);
    if (!proved) {
      yield { rows: fresh, next: { overlapping: true }, total };
      yield* overlapping(options, null);
      return;
    }
    yield { rows: fresh, next: ended ? null : { ...tally }, total };
    if (ended) return;
  }
}

async function* overlapping<R>(options: CountedPagesOptions<R>, position: Position | null): AsyncGenerator<RowPage<R>> {
  const { id, size, fetch } = options;
  const resumed = position !== null && typeof position.at === 'number' ? position : null;
  for await (const page of pagesById({ id, size, fetch, position: resumed })) {
    yield { ...page, next: page.next === null ? null : { ...page.next, overlapping: true } };
  }
}

function idOfLast<R>(rows: readonly R[], id: (row: R) => number): number | null {
  const last = rows.at(-1);
  return last === undefined ? null : id(last);
}
