/**
 * Which release a company runs on: asked without any sign-in, and needed before every other call, because the
 * release is part of their path. It changes with each upgrade of the cloud.
 */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import { UntrustedHost } from '../../src/connector/errors.ts';
import { apiOrigin, isCloudApi } from './address.ts';
import { explain, notConnectWise, unknownCompany } from './failures.ts';

export interface CompanyInfo {
  readonly name: string;
  /** First part of every path, with its slash: `v2025_1/`, on-premises `v4_6_release/`. */
  readonly codebase: string;
  readonly version: string | null;
  readonly isCloud: boolean;
  /** The API host that the vendor names; older versions name none. */
  readonly apiHost: string | null;
}

/** `null` is the answer for a company that is not known. */
const answer = z
  .object({
    CompanyName: z.string().nullish(),
    Codebase: z.string().regex(/^[\w.-]+\/?$/),
    VersionCode: z.string().nullish(),
    // Documented as both.
    IsCloud: z.union([z.boolean(), z.string().transform((text) => text.toLowerCase() === 'true')]).nullish(),
    SiteUrl: z.string().nullish(),
  })
  .nullable();

/**
 * @throws Unauthorized for an unknown company
 * @throws NotFound when something else than ConnectWise answers at the site
 */
export async function readCompanyInfo(
  { http, credentials: { site = '', companyId = '' } }: Pick<ConnectorEnvironment, 'http' | 'credentials'>,
  signal: AbortSignal,
): Promise<CompanyInfo> {
  const { host } = new URL(apiOrigin(site));
  const url = `login/companyinfo/${encodeURIComponent(companyId)}`;
  const response = await http.request({ url, auth: false, accept: [404], expect: 'either', signal });
  const parsed = answer.safeParse(response.body);
  if (response.status === 404) throw notConnectWise(host);
  if (!parsed.success) throw explain({ ...response, method: 'GET', signedIn: false }) ?? notConnectWise(host);
  if (parsed.data === null) throw unknownCompany(companyId, host);
  const { CompanyName, Codebase, VersionCode, IsCloud, SiteUrl } = parsed.data;
  return {
    name: CompanyName ?? companyId,
    codebase: Codebase.replace(/\/?$/, '/'),
    version: VersionCode || null,
    isCloud: IsCloud === true,
    apiHost: hostOf(SiteUrl ?? ''),
  };
}

/** The API host that the vendor names, when it is not the one we ask. */
export function otherApiHost(info: CompanyInfo, site: string): string | null {
  const ours = new URL(apiOrigin(site)).host;
  return info.isCloud && info.apiHost !== null && info.apiHost !== ours ? info.apiHost : null;
}

/**
 * Cloud calls work on an `api-` host only, whatever alias a company signs in at. Another host than the operator's is
 * never called before it was confirmed. @throws UntrustedHost
 */
export function requireApiHost(info: CompanyInfo, site: string): void {
  const other = otherApiHost(info, site);
  const { host } = new URL(apiOrigin(site));
  if (other === null || isCloudApi(host)) return;
  throw new UntrustedHost(other, {
    reason: `${host} says that the API of this company is at ${other}. No key was sent there.`,
    fix: `If ${other} is a host of ConnectWise you know, enter it as ConnectWise site.`,
  });
}

function hostOf(siteUrl: string): string | null {
  const host = siteUrl
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  return host === '' ? null : host;
}
