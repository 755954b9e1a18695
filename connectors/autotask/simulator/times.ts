/** Times as Autotask writes them: UTC, with or without the Z, and no more digits of the second than it takes. */

export function stamp(at: number): string {
  return `${zoneless(at)}Z`;
}

export function zoneless(at: number): string {
  return new Date(at)
    .toISOString()
    .slice(0, -1)
    .replace(/\.?0+$/, '');
}

/** Epoch milliseconds; null for what is no time. A date alone is its midnight. */
export function timeOf(text: string): number | null {
  const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? null : at;
}
