/** Opens a connection: a connector with its credentials, given the client it is to use. */
import type { LookupFunction } from 'node:net';
import type { RecordType } from '../portal/records/index.ts';
import type { Redactor } from '../text/redact.ts';
import { createHttp } from './client.ts';
import type { CheckStep, Connection, Connector } from './contract.ts';
import { generalChecks } from './general-checks.ts';
import type { HarRecorder } from './har.ts';
import type { Http } from './http.ts';
import type { Budget, Credentials, Manifest, Options } from './manifest.ts';
import { networkChecks } from './network-checks.ts';
import type { Runtime } from './runtime.ts';
import type { Waiting } from './waiting.ts';

export interface OpenOptions {
  /** As `parseCredentials` gave them. */
  readonly credentials: Credentials;
  /** As `parseOptions` gave them. */
  readonly options: Options;
  /** The integration's, so that budgets and tokens live on from run to run. */
  readonly runtime: Runtime;
  readonly redactor: Redactor;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  /** PEM text of a further authority to trust. */
  readonly caFile?: string | undefined;
  /** The operator's figures by budget name, in place of the manifest's. */
  readonly budgets?: Readonly<Record<string, Partial<Omit<Budget, 'name'>>>> | undefined;
  readonly priority?: number;
  readonly tries?: number;
  readonly har?: HarRecorder | undefined;
  readonly onWaiting?: (waiting: Waiting | null) => void;
  readonly lookup?: LookupFunction;
}

export interface OpenConnection {
  readonly connection: Connection;
  /** For its stats and the vendor's clock. */
  readonly http: Http;
  /** The whole connection test, in order: the way there, the vendor's own checks, and what came along with them. */
  checks(types: readonly RecordType[]): readonly CheckStep[];
  /** Ends idle sockets. */
  close(): void;
}

/** Makes no request. From here on no secret of these credentials passes the redactor. */
export function openConnector(connector: Connector, given: OpenOptions): OpenConnection {
  const { credentials, options, runtime, budgets, ...rest } = given;
  const { manifest } = connector;
  for (const secret of secretsOf(manifest, credentials)) given.redactor.add(secret);
  for (const secret of proxySecrets(given.env)) given.redactor.add(secret);
  const { tokens, memory } = runtime.credentialState(credentials);
  const { baseUrl, allowed } = connector.origins(credentials) ?? { baseUrl: null, allowed: [] };
  const http = createHttp({
    ...rest,
    vendorName: manifest.name,
    baseUrl,
    allowedOrigins: allowed,
    budgets: withFigures(manifest.budgets, budgets ?? {}),
    runtime,
    tokens,
    budgetFeedback: connector.budgetFeedback,
  });
  const connection = connector.open({ credentials, options, http, memory });
  const { env, caFile, lookup } = given;
  const urls = hostsOf(baseUrl, allowed);
  const network = { vendorName: manifest.name, urls, env, caFile, lookup, clock: runtime.clock };
  const general = { manifest, options, connection, http, clock: runtime.clock, quota: http.quota };
  return {
    connection,
    http,
    // Credentials that name files have no way there and no quota.
    checks: (types) =>
      urls.length === 0
        ? connection.checks(types)
        : [...networkChecks(network), ...connection.checks(types), ...generalChecks(general)],
    close: () => http.close(),
  };
}

/** The hosts to try. Of many allowed ones (a vendor's zones) only one will ever be asked, and which is found out later. */
export function hostsOf(baseUrl: string | null, allowed: readonly string[]): URL[] {
  if (baseUrl === null) return [];
  const urls = [baseUrl, ...(allowed.length > 2 ? [] : allowed)].map((url) => new URL(url));
  return urls.filter((url, index) => urls.findIndex(({ origin }) => origin === url.origin) === index);
}

/** The values of the fields that the manifest calls secret. */
export function secretsOf(manifest: Manifest, credentials: Credentials): string[] {
  return manifest.credentials.flatMap(({ key, secret }) => {
    const value = credentials[key];
    return secret && value ? [value] : [];
  });
}

function proxySecrets(env: NodeJS.ProcessEnv): string[] {
  return [env.https_proxy, env.HTTPS_PROXY].flatMap((proxy) => {
    if (!proxy || !URL.canParse(proxy)) return [];
    const password = decodeURIComponent(new URL(proxy).password);
    return password === '' ? [] : [password];
  });
}

function withFigures(
  budgets: readonly [Budget, ...Budget[]],
  figures: NonNullable<OpenOptions['budgets']>,
): readonly [Budget, ...Budget[]] {
  const [first, ...others] = budgets;
  const apply = (budget: Budget): Budget => ({ ...budget, ...figures[budget.name] });
  return [apply(first), ...others.map(apply)];
}
