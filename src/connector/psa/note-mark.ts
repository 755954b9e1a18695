/** Our mark in the title of a note, for vendors that keep nothing better: a note whose answer was lost is found again by it. */

/** People see it there. So much of it is enough within one ticket. */
const shown = 16;

export const markedTitle = (marker: string): string => `Note (${marker.slice(0, shown)})`;

export const bearsMark = (title: string | null | undefined, marker: string): boolean =>
  title?.includes(marker.slice(0, shown)) === true;
