/** The first checks of every connection test: name, port, TLS, proxy. Each host the connection needs, layer by layer. */
import net from 'node:net';
import type { Clock } from './clock.ts';
import type { CheckOutcome, CheckStep } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { certificateTrouble, unreachable } from './network-failures.ts';
import {
  bare,
  type Certificate,
  connect,
  type Head,
  handshake,
  head,
  type ProbeOptions,
  portOf,
  resolveName,
  TunnelRefused,
  tunnel,
} from './network-probe.ts';
import { isExempt, proxyFor, proxySettings } from './proxy.ts';

export interface NetworkTarget {
  readonly vendorName: string;
  readonly urls: readonly URL[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Pick<Clock, 'now'>;
  readonly caFile?: string | undefined;
  readonly lookup?: ProbeOptions['lookup'];
}

const day = 86_400_000;
/** A certificate that ends sooner than this is told. */
export const warnDaysLeft = 14;
const nothing = 'Nothing to do.';

type Outcome = CheckOutcome;

/** None is hard: the vendor's own first check fails with the same cause and ends the test there. */
export function networkChecks(target: NetworkTarget): CheckStep[] {
  const ways = target.urls.map((url) => new Way(target, url));
  const step = (id: string, label: string, look: (way: Way, signal: AbortSignal) => Promise<Outcome>): CheckStep => ({
    id: `network-${id}`,
    label,
    run: async (signal) => worst(await Promise.all(ways.map((way) => told(look(way, signal))))),
  });
  return [
    step('name', 'Name resolves', (way, signal) => way.name(signal)),
    step('port', 'Port is reachable', (way, signal) => way.port(signal)),
    step('tls', 'TLS and certificate', (way, signal) => way.tls(signal)),
    step('proxy', 'Proxy in the way', (way, signal) => way.proxied(signal)),
  ];
}

/** Our clock minus the one of the first host that tells its own, milliseconds; null: none does. Asks for `HEAD /`. */
export async function vendorDate(target: NetworkTarget, signal: AbortSignal): Promise<number | null> {
  for (const url of target.urls) {
    const off = await new Way(target, url).clockOffset(signal).catch(() => null);
    if (off !== null) return off;
  }
  return null;
}

interface Secured {
  readonly certificate: Certificate;
  /** Asked for only when something is wrong with the certificate: it tells who stands there. */
  readonly head: Head | null;
}

/** The way to one host. What one step finds out, the next ones know. */
class Way {
  readonly #target: NetworkTarget;
  readonly #url: URL;
  readonly #proxy: URL | null;
  #secured: Promise<Secured> | null = null;

  constructor(target: NetworkTarget, url: URL) {
    this.#target = target;
    this.#url = url;
    this.#proxy = proxyFor(url, target.env);
  }

  async name(signal: AbortSignal): Promise<Outcome> {
    const { hostname } = this.#url;
    if (this.#proxy !== null) return hidden(`The proxy ${this.#proxy.host} looks up ${hostname}, not this machine.`);
    if (net.isIP(bare(hostname)) !== 0) return { status: 'passed', detail: `${hostname} is an address already` };
    const addresses = await this.#try(resolveName(hostname, this.#options(signal)));
    return { status: 'passed', detail: `${hostname} is ${addresses.slice(0, 3).join(', ')}` };
  }

  async port(signal: AbortSignal): Promise<Outcome> {
    const { hostname } = this.#url;
    if (this.#proxy !== null) return hidden(`The proxy ${this.#proxy.host} connects to ${hostname}, not this machine.`);
    const socket = await this.#try(connect(hostname, portOf(this.#url), this.#options(signal)));
    const address = socket.remoteAddress;
    socket.destroy();
    return { status: 'passed', detail: `${address} port ${portOf(this.#url)}` };
  }

  async tls(signal: AbortSignal): Promise<Outcome> {
    if (this.#url.protocol !== 'https:') return hidden('Not used: this is http on this machine itself.');
    let secured: Secured;
    try {
      secured = await this.#look(signal);
    } catch (error) {
      if (!isLowerLayer(error)) throw this.#unreachable(error);
      return hidden('Not reached: see the checks above and the proxy below.', 'Mend that first, then test again.');
    }
    const { certificate } = secured;
    const days = Math.floor((certificate.until - this.#target.clock.now()) / day);
    const detail = `by ${certificate.issuer}, ${days} days left, for ${certificate.names.slice(0, 2).join(', ')}`;
    if (certificate.problem !== null) return { ...this.#badCertificate(secured), detail };
    if (days >= warnDaysLeft) return { status: 'passed', detail };
    return {
      status: 'warning',
      cause: `The certificate of ${this.#url.hostname} ends in ${days} days.`,
      fix: `If it is your own server, renew it; if it is ${this.#target.vendorName}'s, they renew it by themselves.`,
      detail,
    };
  }

  async proxied(signal: AbortSignal): Promise<Outcome> {
    const { env } = this.#target;
    const settings = proxySettings(env);
    try {
      const secured = this.#url.protocol === 'https:' ? await this.#look(signal) : null;
      const stranger = secured === null ? null : this.#stranger(secured);
      if (stranger !== null) return stranger;
    } catch (error) {
      if (error instanceof TunnelRefused) return this.#refusedTunnel(error);
      if (this.#proxy !== null) throw this.#unreachable(error);
      return hidden('Not reached: see the checks above.', 'Mend that first, then test again.');
    }
    if (this.#proxy !== null && settings !== null)
      return { status: 'passed', detail: `through ${this.#proxy.host} (${settings.variable})` };
    if (settings === null) return { status: 'passed', detail: 'none: the way is direct' };
    const why = isExempt(this.#url, env) ? 'NO_PROXY lists the host' : 'this machine itself';
    return { status: 'passed', detail: `${settings.variable} is not used: ${why}` };
  }

  async clockOffset(signal: AbortSignal): Promise<number | null> {
    const options = this.#options(signal);
    const socket =
      this.#url.protocol === 'https:'
        ? (await handshake(await this.#reach(options), this.#url, options)).secured
        : null;
    try {
      const { headers } = await head(this.#url, socket, options);
      const date = Date.parse(headers.date ?? '');
      return Number.isNaN(date) ? null : this.#target.clock.now() - date;
    } finally {
      socket?.destroy();
    }
  }

  #reach(options: ProbeOptions) {
    return this.#proxy === null
      ? connect(this.#url.hostname, portOf(this.#url), options)
      : tunnel(this.#proxy, this.#url, options);
  }

  #look(signal: AbortSignal): Promise<Secured> {
    this.#secured ??= this.#secure(signal);
    return this.#secured;
  }

  async #secure(signal: AbortSignal): Promise<Secured> {
    const options = this.#options(signal);
    const { certificate, secured } = await handshake(await this.#reach(options), this.#url, options);
    try {
      const who = certificate.problem === null ? null : await head(this.#url, secured, options).catch(() => null);
      return { certificate, head: who };
    } finally {
      secured.destroy();
    }
  }

  #badCertificate({
    certificate,
    head: who,
  }: Secured): Extract<Outcome, { status: 'failed' | 'warning' | 'untested' }> {
    const { problem, from, until } = certificate;
    const date = Date.parse(who?.headers.date ?? '');
    if (['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'].includes(problem ?? '') && date >= from && date <= until) {
      const off = clockWords(this.#target.clock.now() - date);
      return {
        status: 'failed',
        cause: `The certificate is good, but this machine's clock is not: it is ${off}.`,
        fix: 'Set the clock (timedatectl set-ntp true), then test again.',
      };
    }
    const context = { ...this.#context(), issuer: certificate.issuer };
    const { reason, fix } = certificateTrouble(problem ?? '', context, `${this.#url.hostname}:${portOf(this.#url)}`);
    return { status: 'failed', cause: reason, fix };
  }

  /** Somebody between us and the vendor who answers in its place; null: nobody seen. */
  #stranger({ certificate, head: who }: Secured): Outcome | null {
    const { problem, issuer } = certificate;
    if (problem === null || ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'].includes(problem)) return null;
    const { hostname } = this.#url;
    const elsewhere = URL.parse(who?.headers.location ?? '', this.#url.href)?.hostname;
    const page = String(who?.headers['content-type'] ?? '').startsWith('text/html');
    const wrongName = !certificate.names.some((name) => covers(name, bare(hostname)));
    if (who?.status === 511 || (elsewhere !== undefined && elsewhere !== hostname) || (page && wrongName)) {
      return {
        status: 'failed',
        cause: `Not ${hostname} answers, but a sign-in page of this network (a captive portal, certificate by "${issuer}").`,
        fix: 'Sign in to the network with a browser on this machine, or ask your network team to let this machine through.',
      };
    }
    if (wrongName) return null;
    return {
      status: 'failed',
      cause: `An inspecting proxy or firewall opens the traffic: "${issuer}" made a certificate for ${hostname}, and this machine does not know it.`,
      fix: 'Give its certificate (PEM) as `caFile` of this integration in config.json, or ask for an exception for this host.',
    };
  }

  #refusedTunnel({ head: { status, headers } }: TunnelRefused): Outcome {
    const page = String(headers['content-type'] ?? '').startsWith('text/html');
    if (status === 407) {
      return {
        status: 'failed',
        cause: `The proxy ${this.#proxy?.host} wants a user name and password (HTTP 407).`,
        fix: 'Set HTTPS_PROXY as http://USER:PASSWORD@HOST:PORT.',
      };
    }
    if (status === 511 || (status >= 300 && status < 400) || (page && status < 400)) {
      return {
        status: 'failed',
        cause: `The proxy ${this.#proxy?.host} answers with a web page instead of a connection (HTTP ${status}): a captive portal or block page.`,
        fix: 'Sign in to the network with a browser on this machine, or ask whoever runs the proxy.',
      };
    }
    return {
      status: 'failed',
      cause: `The proxy ${this.#proxy?.host} refuses to connect to ${this.#url.host} (HTTP ${status}).`,
      fix: `Ask whoever runs the proxy to allow ${this.#url.host}, or list the host in NO_PROXY if it can be reached directly.`,
    };
  }

  async #try<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw this.#unreachable(error);
    }
  }

  #unreachable(error: unknown): ConnectorError {
    return error instanceof ConnectorError ? error : unreachable(error, this.#context());
  }

  #context() {
    return {
      vendorName: this.#target.vendorName,
      url: this.#url,
      proxy: this.#proxy,
      issuer: undefined,
      timeoutMs: 10_000,
    };
  }

  #options(signal: AbortSignal): ProbeOptions {
    return { signal, lookup: this.#target.lookup, caFile: this.#target.caFile };
  }
}

const hidden = (cause: string, fix = nothing): Outcome => ({ status: 'untested', cause, fix });

/** `3 min fast`, from our clock minus the right one, milliseconds. */
export function clockWords(off: number): string {
  const [span, unit] = [
    [day, 'days'],
    [3_600_000, 'hours'],
    [60_000, 'minutes'],
    [1000, 'seconds'],
  ].find(([size]) => Math.abs(off) >= 2 * (size as number)) ?? [1000, 'seconds'];
  return `${Math.round(Math.abs(off) / (span as number))} ${unit} ${off < 0 ? 'slow' : 'fast'}`;
}

/** Below TLS: then nothing can be said of TLS itself. */
function isLowerLayer(error: unknown): boolean {
  if (error instanceof TunnelRefused) return true;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(E[A-Z]+|EAI_.*)$/.test(code) && !['EPROTO', 'ECONNRESET'].includes(code);
}

function covers(name: string, host: string): boolean {
  const [pattern, wanted] = [name.toLowerCase(), host.toLowerCase()];
  return pattern === wanted || (pattern.startsWith('*.') && wanted.split('.').slice(1).join('.') === pattern.slice(2));
}

/** A thrown explanation is an outcome like any other here: another host may have failed worse. */
async function told(outcome: Promise<Outcome>): Promise<Outcome> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { status: 'failed', cause: error.reason, fix: error.fix };
  }
}

const order = ['failed', 'warning', 'untested', 'passed'] as const;

/** Of several hosts the worst is told; when all passed, all of them. */
function worst(outcomes: readonly Outcome[]): Outcome {
  for (const status of order) {
    const found = outcomes.filter((outcome) => outcome.status === status);
    const [first] = found;
    if (first === undefined) continue;
    const details = [...new Set(found.flatMap(({ detail }) => detail ?? []))];
    return details.length === 0 ? first : { ...first, detail: details.join('; ') };
  }
  return hidden('There is no host to try.');
}
