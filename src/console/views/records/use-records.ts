import { useRef } from 'react';
import type { RecordQuery } from '../../../portal/portal.ts';
import { useEngine } from '../../app/context.ts';
import { type ListWindow, openWindow, type ReadPage, reach, reread } from './window.ts';

interface Held {
  readonly key: string;
  readonly freshness: string;
  readonly window: ListWindow;
}

/**
 * The rows `from` to `to` of a list, and those around them. Read while drawing: the store answers a page in about a
 * millisecond, and a list that is drawn empty first flickers.
 * @param freshness when it changes, what is held is read anew
 */
export function useRecords(query: RecordQuery, freshness: string, from: number, to: number): ListWindow {
  const engine = useEngine();
  const held = useRef<Held | null>(null);
  const read: ReadPage = (after, limit) => engine.records({ ...query, after, limit });
  const key = JSON.stringify(query);
  const before = held.current;
  const base =
    before?.key !== key
      ? openWindow(read)
      : before.freshness === freshness
        ? before.window
        : reread(before.window, read);
  const window = reach(base, from, to, read);
  held.current = { key, freshness, window };
  return window;
}
