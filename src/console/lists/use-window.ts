import { useEffect, useRef, useState } from 'react';
import { useStore } from '../app/context.ts';
import { useScreen } from '../terminal/screen-context.ts';
import { emptyWindow, type ListWindow, openWindow, type ReadPage, reach, reread } from './window.ts';

export interface WindowWish<R> {
  /** What rows of one kind are shown until those of another query are there. */
  readonly kind: string;
  /** All that decides which rows there are, and in which order. */
  readonly query: string;
  readonly read: ReadPage<R>;
  /** When it changes, what is held is read anew. */
  readonly freshness: string;
  readonly from: number;
  readonly to: number;
}

interface Held<R> {
  readonly wish: WindowWish<R>;
  readonly window: ListWindow<R>;
}

/**
 * The rows `from` to `to` of a list, and those around them. While others are read, what was there before stays, unless it
 * was of another kind. One reading at a time: what is wished for meanwhile comes next, and only the last of it.
 */
export function useWindow<R>(wish: WindowWish<R>): { readonly window: ListWindow<R>; readonly loading: boolean } {
  const store = useStore();
  const screen = useScreen();
  const [held, setHeld] = useState<Held<R> | null>(null);
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
      while (current.mounted && (result === null || !same(result.wish, current.wish))) {
        // A query of many records takes longer than a key: while a filter is typed fast, only what is typed last is asked for.
        await screen.keysHeard();
        result = await fulfil(result, current.wish);
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
  }, [store, screen, JSON.stringify(wish)]);

  const window = held?.wish.kind === wish.kind ? held.window : emptyWindow;
  return { window, loading: held === null || !same(held.wish, wish) };
}

async function fulfil<R>(held: Held<R> | null, wish: WindowWish<R>): Promise<Held<R>> {
  const { read } = wish;
  const base =
    held === null || held.wish.query !== wish.query
      ? await openWindow(read)
      : held.wish.freshness === wish.freshness
        ? held.window
        : await reread(held.window, read);
  return { wish, window: await reach(base, wish.from, wish.to, read) };
}

const same = <R>(a: WindowWish<R>, b: WindowWish<R>) =>
  a.query === b.query && a.freshness === b.freshness && a.from === b.from && a.to === b.to;
