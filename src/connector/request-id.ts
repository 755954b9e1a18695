/** Headers by which vendors name a request to their own support, most telling first. */
const names = ['request-id', 'x-request-id', 'x-correlation-id', 'cw-request-id', 'x-ms-ags-request-id', 'cf-ray'];

/** The vendor's name for a request; null where the answer carries none. */
export function requestIdOf(headers: Readonly<Record<string, string | undefined>>): string | null {
  const name = names.find((each) => headers[each]);
  return name === undefined ? null : (headers[name]?.slice(0, 100) ?? null);
}
