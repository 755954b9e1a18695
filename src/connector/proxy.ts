/** Which proxy a request goes through, told the way Node's agents decide it: for words and for looking at the way there. */
import { isLoopback } from './origins.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProxySettings {
  /** The variable that was read, as it is spelled. */
  readonly variable: string;
  readonly url: URL;
}

/** What the environment says for https; null when nothing, or nothing that is an address. */
export function proxySettings(env: Environment): ProxySettings | null {
  const variable = ['https_proxy', 'HTTPS_PROXY'].find((name) => env[name]);
  const value = variable === undefined ? undefined : env[variable];
  return variable === undefined || value === undefined || !URL.canParse(value)
    ? null
    : { variable, url: new URL(value) };
}

/** The proxy on the way to this address; null: straight there. Loopback never uses one. */
export function proxyFor(url: URL, env: Environment): URL | null {
  if (isLoopback(url.hostname) || url.protocol !== 'https:') return null;
  const settings = proxySettings(env);
  return settings === null || isExempt(url, env) ? null : settings.url;
}

/** NO_PROXY: hosts, `.suffix`, `*.suffix`, `*`, each with or without a port. */
export function isExempt(url: URL, env: Environment): boolean {
  const entries = (env.no_proxy || env.NO_PROXY || '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || '443';
  return entries.some((entry) => {
    if (entry === '*') return true;
    const [, name = entry, wanted] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (wanted !== undefined && wanted !== port) return false;
    const suffix = name.replace(/^\*?\./, '.');
    return suffix.startsWith('.') ? host.endsWith(suffix) : host === name;
  });
}
