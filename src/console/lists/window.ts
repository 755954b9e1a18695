/**
 * The part of a list that is held in memory: some pages around the cursor, read with keyset paging. A list of a
 * million rows holds no more than one of a thousand. Pure but for the reader it is given.
 */

export interface WindowPage<R> {
  readonly records: readonly R[];
  /** The key that the next page comes after; null: this is the last. */
  readonly next: string | null;
}

/** Reads the page after a key; null: the first. */
export type ReadPage<R> = (after: string | null, limit: number) => Promise<WindowPage<R>>;

export const pageSize = 100;
/** Pages held at once. */
const held = 5;

export interface ListWindow<R> {
  /** The key before each page that was ever reached; the first is null. */
  readonly starts: readonly (string | null)[];
  /** Number of the first page that is held. */
  readonly first: number;
  readonly pages: readonly WindowPage<R>[];
}

export const emptyWindow: ListWindow<never> = { starts: [null], first: 0, pages: [] };

export async function openWindow<R>(read: ReadPage<R>): Promise<ListWindow<R>> {
  return { starts: [null], first: 0, pages: [await read(null, pageSize)] };
}

export const offset = (window: ListWindow<unknown>): number => window.first * pageSize;
/** One past the last row that is held. */
export const end = (window: ListWindow<unknown>): number =>
  offset(window) + window.pages.reduce((sum, page) => sum + page.records.length, 0);
export const complete = (window: ListWindow<unknown>): boolean => (window.pages.at(-1)?.next ?? null) === null;

export function rowAt<R>(window: ListWindow<R>, index: number): R | null {
  const inside = index - offset(window);
  if (inside < 0) return null;
  return window.pages[Math.floor(inside / pageSize)]?.records[inside % pageSize] ?? null;
}

/** Reads on, or back, until the rows `from` to `to` are held or the list ends; the same window when they are. */
export async function reach<R>(
  window: ListWindow<R>,
  from: number,
  to: number,
  read: ReadPage<R>,
): Promise<ListWindow<R>> {
  let { starts, first, pages } = window;
  while (from < first * pageSize && first > 0) {
    first -= 1;
    pages = [await read(starts[first] ?? null, pageSize), ...pages].slice(0, held);
  }
  let next = pages.at(-1)?.next ?? null;
  while (to >= (first + pages.length) * pageSize && next !== null) {
    const number = first + pages.length;
    if (starts.length === number) starts = [...starts, next];
    pages = [...pages, await read(next, pageSize)];
    if (pages.length > held) {
      pages = pages.slice(1);
      first += 1;
    }
    next = pages.at(-1)?.next ?? null;
  }
  return first === window.first && pages.length === window.pages.length && pages[0] === window.pages[0]
    ? window
    : { starts, first, pages };
}

/** The same stretch, read anew: rows may have changed, come or gone. */
export async function reread<R>(window: ListWindow<R>, read: ReadPage<R>): Promise<ListWindow<R>> {
  const pages: WindowPage<R>[] = [];
  let after = window.starts[window.first] ?? null;
  for (let number = 0; number < window.pages.length; number += 1) {
    const page = await read(after, pageSize);
    pages.push(page);
    if (page.next === null) break;
    after = page.next;
  }
  return { starts: window.starts.slice(0, window.first + 1), first: window.first, pages };
}
