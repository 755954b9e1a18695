import { useRef } from 'react';
import { scrollTo } from './scroll.ts';

/** The first visible row of a list that follows its cursor; remembered between renders. */
export function useScroll(cursor: number, height: number, total: number): number {
  const offset = useRef(0);
  offset.current = scrollTo(offset.current, cursor, height, total);
  return offset.current;
}
