/** The subdomain field: what people paste from the address bar, and where the API of that account is. Pure. */

const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?=\/|$)/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** The end of an API token. Pasted into the wrong field it would be shown, and asked of every name server on the way. */
const tokenLike = /[0-9a-f]{32}$/;

/**
 * The account's name out of a name, a host or a whole address; null when it is none of Syncro's (RepairShopr has the same
 * API on another domain, and is another product). On loopback an address is kept whole: that is where the simulator lives.
 */
export function subdomainOf(typed: string): string | null {
  const lower = typed.trim().toLowerCase();
  const local = loopback.exec(lower);
  if (local !== null) return local[0];
  const host = lower
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/, '');
  const name = host.replace(/\.syncromsp\.com$/, '');
  return label.test(name) && !tokenLike.test(name) ? name : null;
}

export const isLocal = (subdomain: string): boolean => loopback.test(subdomain);

/** The address at which people open the account. @param subdomain as `subdomainOf` gives it */
export function accountAddress(subdomain: string): string {
  return isLocal(subdomain) ? subdomain : `https://${subdomain}.syncromsp.com`;
}
