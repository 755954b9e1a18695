/**
 * Numbered pages, read so that nothing is missed.
 *
 * Rows that disappear while a list is read move all later rows forward, over the edge between what was read
 * and what comes next. Neither a short page nor a smaller total shows it reliably: one deletion and one new row leave
 * the total as it was. So every window begins at or before the last row read. If it still holds a row up to that
 * one, whatever follows in it follows without a gap; if not, the rows have moved, and an earlier window is read.
 */
import type { Position } from './contract.ts';
import { Malformed } from './errors.ts';
import { onceEach, type RowPage } from './paging.ts';

interface Window {
  /** Index of its first row in the whole list, from 0. */
  readonly start: number;
  readonly size: number;
}

interface WindowAnswer<R> {
  readonly rows: readonly R[];
  readonly total?: number;
}

interface WindowOptions<R> {
  /** Increases from row to row, as the vendor was asked to sort. Checked. */
  readonly id: (row: R) => number;
  /** Rows to ask for, at least 20; the vendor may give fewer. */
  readonly size: number;
  readonly position: Position | null;
  readonly fetch: (page: number, size: number) => Promise<WindowAnswer<R>>;
}

/** Below this, too few page sizes are at hand to make a page begin where it should. */
const leastSize = 20;
/** Answers in a row that bring nothing new before the list is said not to hold still. */
const mostStalls = 25;

/** Of the sizes from four fifths to all of `size`, the one whose page around index `at` reaches furthest past it. */
function pageWindow(at: number, size: number): Window {
  let best: Window = { start: Math.floor(at / size) * size, size };
  for (let smaller = size - 1; smaller >= Math.max(1, Math.ceil(size * 0.8)); smaller -= 1) {
    const start = Math.floor(at / smaller) * smaller;
    if (start + smaller > best.start + best.size) best = { start, size: smaller };
  }
  return best;
}

/**
 * Pages numbered from 1, sorted by id, ascending. The page size varies a little, because that is how a numbered page can be
 * made to begin just before the last row read; `fetch` must send both figures. Costs about one request in eight more than blind paging.
 */
export async function* pagesById<R>(options: WindowOptions<R>): AsyncGenerator<RowPage<R>> {
  const { id, fetch } = options;
  /** Id of the last row given out, and where it was in the list. */
  let last = numberOr(options.position?.lastId, null);
  let at = numberOr(options.position?.at, 0);
  let size = numberOr(options.position?.size, options.size);
  let stalled = 0;
  /** Set after a window that ended in rows that are counted but not shown to this user: what follows cannot touch it. */
  let gapAllowed = false;
  for (;;) {
    const window = pageWindow(at, size);
    const { rows: given, total } = await fetch(window.start / window.size + 1, window.size);
    const rows = onceEach(given, id);
    const first = rows[0];
    // A page that begins with the last row of the one before has more rows than places.
    const end = window.start + Math.min(rows.length, window.size);
    const reached: number | null = last;

    // The vendor's own maximum per page: known when the first answer is short although there is more. Fewer than
    // `leastSize` is not a maximum but rows not shown.
    if (reached === null && rows.length >= leastSize && rows.length < window.size && (total ?? 0) > end)
      size = rows.length;

    const moved: boolean =
      window.start > 0 && reached !== null && !gapAllowed && (first === undefined || id(first) > reached);
    const fresh: readonly R[] = moved ? [] : reached === null ? rows : rows.filter((row) => id(row) > reached);
    stalled = fresh.length > 0 ? 0 : stalled + 1;
    if (stalled > mostStalls) throw doesNotHoldStill();
    gapAllowed = false;
    if (moved) {
      // Twice as far each time, so that a mass deletion is passed in a few steps.
      at = Math.max(0, Math.min(window.start, total ?? window.start) - size * 2 ** (stalled - 1));
      continue;
    }
    const newest: R | undefined = fresh.at(-1);
    if (newest !== undefined) last = id(newest);
    const ended = rows.length === 0 || (total === undefined ? newest === undefined : end >= total);
    gapAllowed = newest === undefined && rows.length < window.size;
    at = gapAllowed ? window.start + window.size : Math.max(0, end - 1);
    if (fresh.length > 0 || ended) {
      yield { rows: fresh, next: ended ? null : { at, lastId: last, size }, ...(total === undefined ? {} : { total }) };
    }
    if (ended) return;
  }
}

function numberOr<T>(value: unknown, fallback: T): number | T {
  return typeof value === 'number' ? value : fallback;
}

function doesNotHoldStill(): Malformed {
  return new Malformed({
    reason: 'So many rows disappear while the list is read that it cannot be read without gaps.',
    fix: 'Something is deleting rows at the vendor right now. Try again when it has finished.',
  });
}
