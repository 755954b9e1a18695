/** Where a NinjaOne account lives: a region, or an address of its own. Pure but for the errors. */

import { Malformed, UntrustedHost } from '../../src/connector/errors.ts';
import type { Credentials } from '../../src/connector/manifest.ts';

/** An account is on exactly one of these; the others do not know its Client ID. */
export const regions = [
  { value: 'us', label: 'United States', host: 'app.ninjarmm.com' },
  { value: 'us2', label: 'United States 2', host: 'us2.ninjarmm.com' },
  { value: 'eu', label: 'Europe', host: 'eu.ninjarmm.com' },
  { value: 'oc', label: 'Oceania', host: 'oc.ninjarmm.com' },
  { value: 'ca', label: 'Canada', host: 'ca.ninjarmm.com' },
  { value: 'fed', label: 'United States government', host: 'fed.ninjarmm.com' },
] as const;

export const customRegion = 'custom';

const loopback = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/;
/** The last label is no number, so that an IP address is none. */
const hostName = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/;
/** NinjaOne's own; partners' branded portals are under rmmservice. */
const vendorDomains = /\.(ninjarmm\.com|ninjaone\.com|rmmservice\.com|rmmservice\.eu)$/;

/**
 * The origin of a typed address; null when it is none. A path is dropped: people paste `/ws`, `/v2` and whole pages. http is refused
 * rather than changed to https: a POST that is redirected from there arrives as GET.
 */
export function addressOf(typed: string): string | null {
  const trimmed = typed.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (loopback.test(url.origin)) return url.origin;
  return url.protocol === 'https:' && url.port === '' && hostName.test(url.hostname) ? url.origin : null;
}

/** Null when the region is "custom" and no address was given. */
export function originOf({ region, baseUrl = '' }: Credentials): string | null {
  if (region === customRegion) return addressOf(baseUrl);
  const known = regions.find(({ value }) => value === region);
  return known === undefined ? null : `https://${known.host}`;
}

/**
 * The origin that the credentials may be sent to.
 * @throws Malformed without an address
 * @throws UntrustedHost, with the bare host in `host`, for one that is not NinjaOne's and that nobody has confirmed
 */
export function trustedOrigin(credentials: Credentials): string {
  const origin = originOf(credentials);
  if (origin === null) {
    throw new Malformed({
      reason: 'The region is "custom", but no Custom URL was given.',
      fix: 'Enter the address with which you open NinjaOne as Custom URL, or choose a region.',
    });
  }
  const { hostname } = new URL(origin);
  if (vendorDomains.test(hostname) || loopback.test(origin) || credentials.brandedHost === hostname) return origin;
  throw new UntrustedHost(hostname, {
    reason: `${hostname} is not one of NinjaOne's own addresses. Nothing was sent there.`,
    fix: `If it is your branded NinjaOne address, enter ${hostname} as Branded host too. If not, choose your region.`,
  });
}
