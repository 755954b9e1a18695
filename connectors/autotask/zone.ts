/**
 * Which of Autotask's zones an account lives in. A zone is a numbered host; any of them, and one without a number,
 * tells the zone of an API username to whoever asks. The answer proves nothing about the secret.
 */
import { z } from 'zod';
import type { ConnectorEnvironment } from '../../src/connector/contract.ts';
import { Unauthorized, UntrustedHost } from '../../src/connector/errors.ts';
import { explain, notAutotask } from './failures.ts';

/** Asked when the operator names no zone. */
export const anyZone = 'https://webservices.autotask.net/ATServicesRest/';

const numbers = Array.from({ length: 99 }, (_, index) => `webservices${index + 1}`);
/** Autotask's own hosts. Accounts are moved between them; one that is not among these has to be confirmed by the operator. */
export const knownZones: readonly string[] = ['webservices', ...numbers, 'prde', 'pres'].map(
  (name) => `https://${name}.autotask.net/`,
);

const apiHost = /^(webservices\d{0,3}|prde|pres)\.autotask\.net$/;
const screenHost = /^ww(\d{1,3})\.autotask\.net$/;
const loopback = /^(127\.0\.0\.1|localhost)$/;

/**
 * A zone as operators write it (`14`, `webservices14`, the address of the API or of Autotask's own screens), as
 * `https://webservices14.autotask.net/ATServicesRest/`; null when it is none.
 */
export function zoneAddressOf(typed: string): string | null {
  const text = typed.trim();
  const short = /^(?:webservices)?(\d{1,3})$/i.exec(text)?.[1];
  if (short !== undefined) return zoneAddressOf(`https://webservices${Number(short)}.autotask.net/`);
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null || url.username !== '' || url.password !== '') return null;
  const screen = url.protocol === 'https:' && url.port === '' ? screenHost.exec(url.hostname)?.[1] : undefined;
  // Whatever page of the screens it is.
  if (screen !== undefined) return zoneAddressOf(screen);
  if (url.search !== '' || url.hash !== '') return null;
  const isZone = url.protocol === 'https:' && url.port === '' && apiHost.test(url.hostname);
  if (!isZone && !(url.protocol === 'http:' && loopback.test(url.hostname))) return null;
  return /^(\/atservicesrest(\/v1\.0)?)?\/?$/i.test(url.pathname) ? `${url.origin}/ATServicesRest/` : null;
}

export interface Zone {
  /** `https://webservices14.autotask.net/ATServicesRest/` */
  readonly url: string;
  /** Autotask's short name for it: `AE02`. */
  readonly name: string;
}

const zoneAnswer = z.object({ zoneName: z.string().nullish(), url: z.string() });

/**
 * Asks Autotask. Needs no sign-in, so it cannot lock the account.
 * @throws Unauthorized when Autotask does not know the API username
 */
export async function discoverZone({ http, credentials }: ConnectorEnvironment, signal: AbortSignal): Promise<Zone> {
  const { username = '', zoneUrl = anyZone } = credentials;
  const asked = { url: 'V1.0/zoneInformation', query: { user: username }, auth: false, signal } as const;
  const { body } = await http.withExplain(explain).request(asked);
  const answer = zoneAnswer.safeParse(body).data;
  const url = answer === undefined ? null : zoneAddressOf(answer.url);
  if (answer === undefined || url === null) throw notAutotask(new URL(zoneUrl).host);
  return { url, name: answer.zoneName ?? new URL(url).hostname };
}

/**
 * The zone to use: named by the operator, found out before, or asked for now.
 * @throws UntrustedHost when Autotask names a host that is none of its known zones
 */
export async function zoneInUse(environment: ConnectorEnvironment, signal: AbortSignal): Promise<string> {
  const { credentials, memory, http } = environment;
  const known = credentials.zoneUrl ?? memory.get('zone');
  if (known !== undefined && http.allows(known)) return known;
  const found = await discoverZone(environment, signal);
  keepZone(environment, found);
  return found.url;
}

/**
 * After a 401: accounts are moved between zones, and a good secret is refused in the wrong one. The zone to try instead;
 * null when the account is where it was, and the credentials are at fault.
 * @throws Unauthorized when the operator named the zone: only they can name another
 */
export async function zoneMovedTo(
  environment: ConnectorEnvironment,
  tried: string,
  signal: AbortSignal,
): Promise<string | null> {
  const found = await discoverZone(environment, signal);
  if (sameOrigin(found.url, tried)) return null;
  if (environment.credentials.zoneUrl !== undefined) throw new Unauthorized(wrongZone(tried, found), { status: 401 });
  keepZone(environment, found);
  return found.url;
}

/** @throws UntrustedHost when nothing may be sent there until the operator says so */
export function keepZone({ http, memory }: ConnectorEnvironment, { url }: Zone): void {
  if (!http.allows(url)) {
    throw new UntrustedHost(url, {
      reason: `Autotask says that this account lives at ${url}, a host that is not known here. Nothing secret was sent there.`,
      fix: 'If Autotask support confirms that host, enter it as Zone.',
    });
  }
  memory.set('zone', url);
}

export function wrongZone(tried: string, { url, name }: Zone) {
  return {
    reason: `This account lives in zone ${name} (${new URL(url).host}), not at ${new URL(tried).host}.`,
    fix: `Set Zone to ${url}, or leave it empty so that it is found by itself.`,
  };
}

export function sameOrigin(left: string, right: string): boolean {
  return URL.canParse(left) && URL.canParse(right) && new URL(left).origin === new URL(right).origin;
}
