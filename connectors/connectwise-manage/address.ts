/** The Site field: what people paste from the address bar, and the host that answers the API for it. Pure. */

const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?=\/|$)/;
const hostName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?::(?<port>[1-9][0-9]{0,4}))?$/;
/** `na`, `eu`, `au` and `aus`, `za`, staging, and whatever region comes next. */
const cloud = /\.(?:myconnectwise\.net|connectwisedev\.com)(?::\d+)?$/;

/**
 * The host (with its port, if one was typed) of a host name or https address, paths cut off; null when it is none.
 * On loopback an http address is kept whole: that is where the simulator lives.
 */
export function siteOf(typed: string): string | null {
  const lower = typed.trim().toLowerCase();
  const local = loopback.exec(lower);
  if (local !== null) return local[0];
  const rest = lower.replace(/^https:\/\//, '');
  if (/[?#@]/.test(rest)) return null;
  const host = rest.replace(/\/.*$/, '');
  const match = hostName.exec(host);
  return match === null || Number(match.groups?.port ?? 0) > 65_535 ? null : host;
}

/**
 * Where the API of a site is. Cloud sign-in hosts refuse API calls ("SSL is required."): the API has the same name with `api-`
 * in front. On-premises it is the host itself. @param site as `siteOf` gives it
 */
export function apiOrigin(site: string): string {
  if (loopback.test(site)) return site;
  const isSignInHost = cloud.test(site) && !site.startsWith('api-');
  return `https://${isSignInHost ? 'api-' : ''}${site}`;
}

/** True for the API hosts of the cloud. */
export function isCloudApi(host: string): boolean {
  return host.startsWith('api-') && cloud.test(host);
}
