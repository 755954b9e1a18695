/** Failures below HTTP, in words an operator can act on: which host, what happened, what to look at. */
import { TimeoutError } from 'got';
import { Unreachable, type UnreachableKind } from './errors.ts';

export interface NetworkContext {
  readonly vendorName: string;
  readonly url: URL;
  /** The proxy this request goes through, if any. */
  readonly proxy: URL | null;
  /** Who signed the certificate that was shown, if one was seen. */
  readonly issuer: string | undefined;
  readonly timeoutMs: number;
}

const tlsCodes = /CERT|SELF_SIGNED|^ERR_(TLS|SSL)|UNABLE_TO_|^EPROTO$|CRL_|INVALID_CA|HOSTNAME_MISMATCH/;
const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

/** Names what got (or Node below it) threw. */
export function unreachable(error: unknown, context: NetworkContext): Unreachable {
  const { kind, reason, fix } = explain(error, context);
  return new Unreachable(kind, { reason, fix }, { cause: error });
}

interface Told {
  kind: UnreachableKind;
  reason: string;
  fix: string;
}

function explain(error: unknown, context: NetworkContext): Told {
  const { vendorName, url, proxy } = context;
  const code = codeOf(error);
  const where = `${url.hostname}:${portOf(url)}`;
  const atProxy = proxy === null ? null : proxyTrouble(error, code, proxy, url, where);
  if (atProxy !== null) return atProxy;
  const via = proxy === null ? '' : ` through the proxy ${proxy.host}`;
  if (error instanceof TimeoutError) return timedOut(error, context, where, via);
  if (dnsCodes.has(code)) {
    return code === 'EAI_AGAIN'
      ? {
          kind: 'dns',
          reason: `The name server did not answer when asked for ${url.hostname}.`,
          fix: "Check this machine's network and its DNS servers.",
        }
      : {
          kind: 'dns',
          reason: `There is no host named ${url.hostname}, or this machine cannot look it up.`,
          fix: `Check the spelling of the ${vendorName} address; if it is right, check this machine's DNS.`,
        };
  }
  if (tlsCodes.test(code)) return certificateTrouble(code, context, where);
  switch (code) {
    case 'ECONNREFUSED':
      return {
        kind: 'connect',
        reason: `${where} refused the connection.`,
        fix: 'Check the address and the port, and that the service runs there.',
      };
    case 'ETIMEDOUT':
      return {
        kind: 'timeout',
        reason: `${where} did not accept a connection${via} in time.`,
        fix: 'A firewall often drops such connections in silence: check that this machine may reach that host and port.',
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'connect',
        reason: `This machine has no way to ${where} (${code}).`,
        fix: "Check this machine's network, routes and firewall; if it needs a proxy, set HTTPS_PROXY.",
      };
    default:
      return {
        kind: 'reset',
        reason: `The connection to ${where}${via} broke off before the answer was complete${code ? ` (${code})` : ''}.`,
        fix: 'It is tried again. If it stays so, check the firewall or proxy in between, or the service itself.',
      };
  }
}

function timedOut(error: TimeoutError, context: NetworkContext, where: string, via: string): Told {
  const seconds = Math.max(1, Math.round(context.timeoutMs / 1000));
  if (error.event === 'lookup') {
    return {
      kind: 'timeout',
      reason: `The name server took too long to look up ${context.url.hostname}.`,
      fix: "Check this machine's DNS servers.",
    };
  }
  if (error.event === 'connect' || error.event === 'secureConnect') {
    return {
      kind: 'timeout',
      reason: `${where} did not accept a connection${via} in time.`,
      fix: 'A firewall often drops such connections in silence: check that this machine may reach that host and port.',
    };
  }
  return {
    kind: 'timeout',
    reason: `${where} did not answer${via} within ${seconds} s.`,
    fix: `It is tried again. If it stays so, ${context.vendorName} is overloaded, or something in between holds the traffic.`,
  };
}

/** What is wrong with a certificate, by OpenSSL's or Node's word for it. */
export function certificateTrouble(code: string, context: NetworkContext, where: string): Told {
  const { vendorName, url } = context;
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return {
      kind: 'tls',
      reason: `${where} does not speak TLS as expected (${code}).`,
      fix: 'Check the port, and that the address begins with the right one of https:// and http://.',
    };
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      kind: 'tls',
      reason: `The certificate of ${where} was made for another name than ${url.hostname}.`,
      fix: `Use the host name ${vendorName} is published under, not an alias or an IP address.`,
    };
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return {
      kind: 'tls',
      reason: `The certificate of ${where} ${code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'}.`,
      fix: "Check this machine's clock; if it is right, the certificate on the server must be renewed.",
    };
  }
  const by = context.issuer === undefined ? 'by an authority' : `by "${context.issuer}", which`;
  return {
    kind: 'tls',
    reason: `The certificate of ${where} was signed ${by} this machine does not know (${code}).`,
    fix:
      'If that is your own authority or an inspecting proxy, give its certificate (PEM) as the CA file of this integration. ' +
      'If not, somebody may be listening in: ask your network team.',
  };
}

/** What went wrong between us and the proxy, as opposed to behind it; null when it was not the proxy. */
function proxyTrouble(error: unknown, code: string, proxy: URL, url: URL, where: string): Told | null {
  const check = 'Check HTTPS_PROXY, or list the host in NO_PROXY if it can be reached directly.';
  if (code === 'ERR_PROXY_TUNNEL') {
    const status = /HTTP\/1\.\d (\d{3})/.exec(error instanceof Error ? error.message : '')?.[1];
    return {
      kind: 'proxy',
      reason: `The proxy ${proxy.host} refused to connect to ${where}${status ? ` (HTTP ${status})` : ''}.`,
      fix:
        status === '407'
          ? 'It wants a user name and password: set HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.'
          : `Ask whoever runs the proxy to allow ${where}, or list the host in NO_PROXY if it can be reached directly.`,
    };
  }
  const cause = rootCause(error);
  const sameHost = cause.hostname === proxy.hostname && proxy.hostname !== url.hostname;
  const samePort =
    cause.port === Number(portOf(proxy)) && (portOf(proxy) !== portOf(url) || cause.address === proxy.hostname);
  if (sameHost && dnsCodes.has(code)) {
    return {
      kind: 'proxy',
      reason: `There is no host named ${proxy.hostname}, the proxy that HTTPS_PROXY names.`,
      fix: check,
    };
  }
  if (samePort) {
    return { kind: 'proxy', reason: `The proxy ${proxy.host} cannot be reached (${code}).`, fix: check };
  }
  return null;
}

function rootCause(error: unknown): Record<string, unknown> {
  let current: unknown = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return typeof current === 'object' && current !== null ? (current as Record<string, unknown>) : {};
}

/** got's own code, or the one of Node below it. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
