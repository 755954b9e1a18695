/** The way the operator came: a stack of places, each with what its view wants to find again (cursor, filter). */
import type { Place } from '../../commands/place.ts';

/** What a view keeps with its place: JSON. */
export type Memory = Readonly<Record<string, unknown>>;

export interface Entry {
  readonly place: Place;
  readonly memory: Memory;
}

/** Never empty; the last is where we are. */
export type History = readonly [Entry, ...Entry[]];

export const home: Place = { view: 'integrations' };
export const startAt = (...entries: readonly Entry[]): History => {
  const [first = { place: home, memory: {} }, ...rest] = entries;
  return [first, ...rest];
};

export const here = (history: History): Entry => history.at(-1) ?? history[0];

/** Places deeper than this forget the oldest: nobody goes back forty steps. */
const depth = 40;

/** Opens a place. Going where one has been on the way here goes back to it instead of growing in circles. */
export function open(history: History, place: Place): History {
  const before = history.findIndex((entry) => same(entry.place, place));
  if (before >= 0) return cut(history, before + 1);
  if (place.view === 'integrations') return startAt({ place, memory: {} });
  return startAt(...history.slice(-depth), { place, memory: {} });
}

/** Exchanges the place without a step to go back to: another tab, another record type. */
export function replace(history: History, place: Place): History {
  return startAt(...history.slice(0, -1), { place, memory: {} });
}

export function back(history: History): History {
  return history.length === 1 ? startAt() : cut(history, history.length - 1);
}

export function remember(history: History, memory: Memory): History {
  const entry = here(history);
  return startAt(...history.slice(0, -1), { ...entry, memory: { ...entry.memory, ...memory } });
}

const cut = (history: History, length: number) => startAt(...history.slice(0, length));
const same = (a: Place, b: Place) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
