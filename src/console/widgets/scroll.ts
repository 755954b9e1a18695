/** Windows into lists: only the rows that are visible are ever mounted. */

/** First visible row of a window of `height` rows that moves as little as it can to show `cursor`. */
export function scrollTo(offset: number, cursor: number, height: number, total: number): number {
  const last = Math.max(0, total - height);
  const needed = cursor < offset ? cursor : cursor >= offset + height ? cursor - height + 1 : offset;
  return Math.min(Math.max(0, needed), last);
}

/** Where a navigation key takes the cursor; null when the key is none. */
export function moveCursor(keyId: string, cursor: number, height: number, total: number): number | null {
  const last = Math.max(0, total - 1);
  const page = Math.max(1, height - 1);
  const target: Readonly<Record<string, number>> = {
    down: cursor + 1,
    j: cursor + 1,
    up: cursor - 1,
    k: cursor - 1,
    pagedown: cursor + page,
    'ctrl+f': cursor + page,
    pageup: cursor - page,
    'ctrl+b': cursor - page,
    home: 0,
    g: 0,
    end: last,
    G: last,
  };
  const next = target[keyId];
  return next === undefined ? null : Math.min(Math.max(0, next), last);
}
