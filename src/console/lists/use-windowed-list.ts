import { useMemory, useStore } from '../app/context.ts';
import { type ListMove, moved } from './cursor.ts';
import { useWindow, type WindowWish } from './use-window.ts';
import { complete, end, type ListWindow, pageSize, rowAt } from './window.ts';

/** Going to the end reads every page before it; beyond this it is the other order that is shown. */
const farPages = 50;

export interface WindowedListOptions<R> extends Omit<WindowWish<R>, 'from' | 'to'> {
  /** Rows of a page of the screen. */
  readonly page: number;
  /** About how many rows there are, before any is read. */
  readonly total: number;
  /** How many there are. */
  count(): Promise<number>;
  /** Turns the order round. */
  reverse(): void;
}

export interface WindowedList<R> {
  readonly window: ListWindow<R>;
  readonly loading: boolean;
  /** Rows that are known of. */
  readonly length: number;
  readonly cursor: number;
  readonly row: R | null;
  readonly held: readonly R[];
  go(move: ListMove): void;
  toFirst(): void;
}

/** A cursor in a list of any length, of which only what is around it is read. */
export function useWindowedList<R>({ page, total, count, reverse, ...wish }: WindowedListOptions<R>): WindowedList<R> {
  const store = useStore();
  const [wanted, setCursor] = useMemory('cursor', 0);
  const { window, loading } = useWindow({ ...wish, from: Math.max(0, wanted - page), to: wanted + page });
  const length = end(window);
  const cursor = Math.max(0, Math.min(wanted, length - 1));

  const toEnd = async () => {
    const most = await count();
    if (most - length <= farPages * pageSize) return setCursor(Math.max(0, most - 1));
    reverse();
    setCursor(0);
    store.say('That is far: the order is reversed instead, and the last row is first.');
  };
  return {
    window,
    loading,
    length,
    cursor,
    row: rowAt(window, cursor),
    held: window.pages.flatMap(({ records }) => records),
    go(move) {
      if (move === 'list.last' && !complete(window)) {
        toEnd().catch(store.failed);
        return;
      }
      // The end is wherever reading stops; the cursor is brought back to the last row there is.
      const most = complete(window) && !loading ? length : Math.max(total, length + page);
      // Keys may come quicker than pages: they count from where the operator wants to be.
      setCursor(moved(loading ? wanted : cursor, move, most, page));
    },
    toFirst: () => setCursor(0),
  };
}
