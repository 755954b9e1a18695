/** Where requests may go: https only (http on loopback), and only to origins the operator named or confirmed. */
import { UntrustedHost } from './errors.ts';
import type { HttpRequest } from './http.ts';

/** True for localhost, 127.0.0.0/8 and ::1. URL has already normalised odd spellings (0x7f.1, octal). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

export class Origins {
  readonly #vendorName: string;
  /** Null: nothing may be asked at all. */
  readonly #base: URL | null;
  readonly #allowed: ReadonlySet<string>;

  constructor(vendorName: string, baseUrl: string | null, allowed: readonly string[]) {
    this.#vendorName = vendorName;
    this.#base = baseUrl === null ? null : new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
    const origins = allowed.map((url) => new URL(url).origin);
    this.#allowed = new Set(this.#base === null ? [] : [this.#base.origin, ...origins]);
  }

  /** The address of a request, checked. Throws UntrustedHost. */
  resolve(request: Pick<HttpRequest, 'url' | 'query'>): URL {
    const url = this.#parse(request.url);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value === undefined) continue;
      for (const each of Array.isArray(value) ? value : [value]) url.searchParams.append(key, String(each));
    }
    return this.#check(url);
  }

  /** The target of a redirect, checked. Even another allowed origin is refused: it has not asked for these credentials. */
  redirect(from: URL, location: string): URL {
    const url = URL.canParse(location, from.href) ? new URL(location, from) : null;
    if (url === null || url.origin !== from.origin)
      throw this.#untrusted(url?.host ?? location.slice(0, 80), from.host);
    url.username = '';
    url.password = '';
    return url;
  }

  allows(target: string): boolean {
    try {
      this.#check(this.#parse(target));
      return true;
    } catch {
      return false;
    }
  }

  #parse(target: string): URL {
    // A path is relative to the base, which may itself have one (/v4_6_release/apis/3.0); "//host" is not a path.
    const relative = target.startsWith('/') && !target.startsWith('//') ? target.slice(1) : target;
    const url = URL.parse(relative, this.#base?.href);
    if (url === null) throw this.#untrusted(target.slice(0, 80));
    // got would turn these into an Authorization header.
    url.username = '';
    url.password = '';
    url.hash = '';
    return url;
  }

  #check(url: URL): URL {
    const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
    if (this.#allowed.has(url.origin) && secure) return url;
    if (this.#allowed.has(url.origin)) {
      throw new UntrustedHost(url.host, {
        reason: `${url.origin} is not encrypted, so nothing was sent there.`,
        fix: `Give the address with https:// in the ${this.#vendorName} credentials.`,
      });
    }
    throw this.#untrusted(url.host);
  }

  #untrusted(host: string, from?: string): UntrustedHost {
    return new UntrustedHost(host, {
      reason: `${this.#vendorName} ${from === undefined ? '' : `(${from}) `}points to ${host}, which is not an address you named. Nothing was sent there.`,
      fix: `If ${host} is right, put it into the ${this.#vendorName} credentials; if you do not know it, check the address you gave.`,
    });
  }
}
