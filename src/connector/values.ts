/** Vendors' ways to write values, in the canonical form. Pure. */

/** Trimmed; null for nothing and for blanks. */
export function orNull(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** The parts that say something, joined; null when none does. */
export function joined(parts: readonly (string | null | undefined)[], separator = ' '): string | null {
  return orNull(
    parts
      .map(orNull)
      .filter((part) => part !== null)
      .join(separator),
  );
}

/** First word and the rest: for vendors that have one name only. */
export function splitName(name: string | null | undefined): { first: string | null; last: string | null } {
  const [first, ...rest] = (name ?? '').trim().split(/\s+/);
  return { first: orNull(first), last: orNull(rest.join(' ')) };
}

/**
 * UTC in ISO form with milliseconds. A time without a zone is taken as UTC (JavaScript alone would take it as local).
 * Null for nothing, for what is no date, and for years before 1980, with which several vendors write "no date".
 */
export function utcTime(value: string | null | undefined): string | null {
  if (value === null || value === undefined || value.trim() === '') return null;
  const text = value.trim();
  const zoned = !/\dT?.*:/.test(text) || /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`;
  const time = new Date(zoned);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1980) return null;
  return time.toISOString();
}
