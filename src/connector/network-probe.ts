/**
 * The way to a host, one layer at a time, for looking at it: name, port, tunnel, certificate. Nothing of the operator's
 * is sent; the most that is ever asked is `HEAD /`.
 */
import { lookup as systemLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net, { type LookupFunction } from 'node:net';
import tls from 'node:tls';

export interface ProbeOptions {
  readonly lookup?: LookupFunction | undefined;
  /** PEM text of a further authority to trust. */
  readonly caFile?: string | undefined;
  readonly signal: AbortSignal;
  /** For each layer. */
  readonly timeoutMs?: number;
}

export interface Certificate {
  /** Who signed it. */
  readonly issuer: string;
  /** Whom it was made for. */
  readonly names: readonly string[];
  /** Epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  /** OpenSSL's or Node's word for what is wrong with it; null when all is well. */
  readonly problem: string | null;
}

export interface Head {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
}

/** The proxy answered, but not with a tunnel. */
export class TunnelRefused extends Error {
  readonly head: Head;
  constructor(head: Head) {
    super(`The proxy answered ${head.status}.`);
    this.name = 'TunnelRefused';
    this.head = head;
  }
}

const defaultTimeoutMs = 10_000;

/** Every address of the name. Throws what the resolver throws (`code` ENOTFOUND, EAI_AGAIN). */
export function resolveName(
  host: string,
  { lookup = systemLookup as LookupFunction }: ProbeOptions,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve(Array.isArray(found) ? found.map(({ address }) => address) : [found]);
    });
  });
}

/** A socket to the port. Throws the system's error, with `code`. */
export function connect(host: string, port: number, options: ProbeOptions): Promise<net.Socket> {
  const { lookup } = options;
  const socket = net.connect({ host: bare(host), port, ...(lookup === undefined ? {} : { lookup }) });
  return settled(socket, 'connect', options).then(() => socket);
}

/** A way through the proxy to host and port. Throws TunnelRefused, or the system's error. */
export async function tunnel(proxy: URL, target: URL, options: ProbeOptions): Promise<net.Socket> {
  const authority = `${target.hostname}:${portOf(target)}`;
  const secret = decodeURIComponent(`${proxy.username}:${proxy.password}`);
  const request = (proxy.protocol === 'https:' ? https : http).request({
    method: 'CONNECT',
    host: bare(proxy.hostname),
    port: portOf(proxy),
    path: authority,
    agent: false,
    headers: {
      host: authority,
      ...(secret === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(secret).toString('base64')}` }),
    },
  });
  const answered = new Promise<net.Socket>((resolve, reject) => {
    request.once('connect', (response, socket: net.Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      return reject(new TunnelRefused({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(new TunnelRefused({ status: response.statusCode ?? 0, headers: response.headers }));
    });
    request.once('error', reject);
  });
  request.end();
  return await limited(answered, options, () => request.destroy());
}

/** Speaks TLS and reads the certificate, whatever is wrong with it. Throws when there is no TLS at all. */
export async function handshake(
  socket: net.Socket,
  target: URL,
  options: ProbeOptions,
): Promise<{ certificate: Certificate; secured: tls.TLSSocket }> {
  const host = bare(target.hostname);
  const secured = tls.connect({
    socket,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    // Looked at, not trusted: nothing is sent over it but HEAD.
    rejectUnauthorized: false,
    ...(options.caFile === undefined ? {} : { ca: [...tls.getCACertificates('default'), options.caFile] }),
  });
  await settled(secured, 'secureConnect', options);
  const shown = secured.getPeerCertificate();
  const wrongName = tls.checkServerIdentity(host, shown);
  const chain = secured.authorizationError as unknown;
  return {
    secured,
    certificate: {
      issuer: [shown.issuer?.CN, shown.issuer?.O].flat().find((name) => typeof name === 'string') ?? 'unknown',
      names: namesOf(shown),
      from: Date.parse(shown.valid_from),
      until: Date.parse(shown.valid_to),
      // An unknown authority says more than a wrong name: whoever stands in between often has both.
      problem: codeOf(chain) ?? (wrongName === undefined ? null : 'ERR_TLS_CERT_ALTNAME_INVALID'),
    },
  };
}

/** Asks for the head of the first page; no credential goes with it. */
export function head(target: URL, socket: net.Socket | null, options: ProbeOptions): Promise<Head> {
  const request = http.request({
    method: 'HEAD',
    host: bare(target.hostname),
    port: portOf(target),
    path: '/',
    headers: { host: target.host, 'user-agent': 'msportal', connection: 'close' },
    // With an agent, even none of its own, Node would open another socket.
    ...(socket === null ? { agent: false } : { createConnection: () => socket }),
    ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
  });
  const answered = new Promise<Head>((resolve, reject) => {
    request.once('response', (response) => {
      response.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    request.once('error', reject);
  });
  request.end();
  return limited(answered, options, () => request.destroy());
}

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80);

/** Without the brackets of an IPv6 address. */
export const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

function settled(socket: net.Socket, event: 'connect' | 'secureConnect', options: ProbeOptions): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
  return limited(done, options, () => socket.destroy());
}

/** Ends what takes too long, and what nobody waits for any more. */
async function limited<T>(work: Promise<T>, options: ProbeOptions, stop: () => void): Promise<T> {
  const { signal, timeoutMs = defaultTimeoutMs } = options;
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), timeoutMs);
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([work, ended]);
  } catch (error) {
    work.catch(() => {});
    stop();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function namesOf({ subject, subjectaltname }: tls.PeerCertificate): readonly string[] {
  const told = (subjectaltname ?? '').split(/,\s*/).map((name) => name.replace(/^(DNS|IP Address):/, ''));
  const names = told.filter(Boolean);
  return names.length > 0 ? names : [subject?.CN].flat().filter((name) => typeof name === 'string');
}

function codeOf(error: unknown): string | null {
  if (error === null || error === undefined) return null;
  if (typeof error === 'string') return error;
  return (error as { code?: string }).code ?? String(error);
}
