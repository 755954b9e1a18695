import { useEffect, useRef, useState } from 'react';
import type { RecordQuery } from '../../../portal/portal.ts';
import { useEngine, useStore } from '../../app/context.ts';
import { emptyWindow, type ListWindow, openWindow, type ReadPage, reach, reread } from './window.ts';

interface Wish {
  readonly query: RecordQuery;
  readonly freshness: string;
  readonly from: number;
  readonly to: number;
}

interface Held extends Wish {
  readonly window: ListWindow;
}

/**
 * The rows `from` to `to` of a list, and those around them. While others are read, what was there before stays, unless it
 * was of another type. One reading at a time: what is wished for meanwhile comes next, and only the last of it.
 * @param freshness when it changes, what is held is read anew
 */
export function useRecords(
  query: RecordQuery,
  freshness: string,
  from: number,
  to: number,
): { readonly window: ListWindow; readonly loading: boolean } {
  const engine = useEngine();
  const store = useStore();
  const [held, setHeld] = useState<Held | null>(null);
  const wish: Wish = { query, freshness, from, to };
  const latest = useRef({ wish, reading: false, mounted: true });
  latest.current.wish = wish;

  useEffect(() => {
    const current = latest.current;
    current.mounted = true;
    return () => {
      current.mounted = false;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `same` compares all that a reading depends on.
  useEffect(() => {
    const current = latest.current;
    if (current.reading) return;
    current.reading = true;
    const readOn = async () => {
      let result = held;
      while (current.mounted && (result === null || !same(result, current.wish))) {
        result = await fulfil(
          result,
          current.wish,
          (asked) => (after, limit) => engine.records({ ...asked, after, limit }),
        );
        if (current.mounted) setHeld(result);
      }
    };
    readOn()
      .catch((error: unknown) => {
        if (current.mounted) store.failed(error);
      })
      .finally(() => {
        current.reading = false;
      });
  }, [engine, JSON.stringify(wish)]);

  const window = held?.query.type === query.type ? held.window : emptyWindow;
  return { window, loading: held === null || !same(held, wish) };
}

async function fulfil(held: Held | null, wish: Wish, reader: (query: RecordQuery) => ReadPage): Promise<Held> {
  const read = reader(wish.query);
  const base =
    held === null || !sameQuery(held, wish)
      ? await openWindow(read)
      : held.freshness === wish.freshness
        ? held.window
        : await reread(held.window, read);
  return { ...wish, window: await reach(base, wish.from, wish.to, read) };
}

const sameQuery = (a: Wish, b: Wish) => JSON.stringify(a.query) === JSON.stringify(b.query);
const same = (a: Wish, b: Wish) => sameQuery(a, b) && a.freshness === b.freshness && a.from === b.from && a.to === b.to;
