/** Opens connections to vendors with stored or given credentials; keeps what must outlive one of them. */
import { readFile } from 'node:fs/promises';
import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { Clock } from '../connector/clock.ts';
import type { Connection, Connector, ConnectorMemory } from '../connector/contract.ts';
import type { HarRecorder } from '../connector/har.ts';
import type { Http } from '../connector/http.ts';
import type { Credentials, Options } from '../connector/manifest.ts';
import { type OpenConnection, openConnector } from '../connector/open.ts';
import { Runtime } from '../connector/runtime.ts';
import type { Waiting } from '../connector/waiting.ts';
import type { Config } from '../state/config.ts';
import type { Redactor } from '../text/redact.ts';
import { InvalidInput } from './engine.ts';
import type { Integrations } from './integrations.ts';

export interface ConnectionsParts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly integrations: Integrations;
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly har: HarRecorder | undefined;
  readonly version: string;
}

export interface Opened {
  readonly connector: Connector;
  readonly connection: Connection;
  readonly http: Http;
  readonly checks: OpenConnection['checks'];
  /** Saves what the connector found out, with the integration. */
  keepMemory(): Promise<void>;
  close(): void;
}

export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #runtimes = new Map<string, Runtime>();
  #config: Config;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
    this.#config = parts.config;
  }

  /** @throws InvalidInput for an unknown id, and for one whose connector does not exist yet */
  async connector(id: string): Promise<Connector> {
    const { catalogue } = this.#parts;
    const entry = catalogue.find((each) => each.id === id);
    if (entry === undefined) {
      const known = catalogue.map((each) => each.id).join(', ');
      throw new InvalidInput([{ path: 'id', message: `There is no integration "${id}". There are: ${known}.` }]);
    }
    if (entry.load === undefined) {
      throw new InvalidInput([{ path: 'id', message: `${entry.name} is coming; it cannot be connected yet.` }]);
    }
    return await entry.load();
  }

  /** With the credentials that are stored. @throws InvalidInput when there are none */
  async openStored(
    id: string,
    how: { signal: AbortSignal; onWaiting?: (waiting: Waiting | null) => void },
  ): Promise<Opened> {
    const { integrations } = this.#parts;
    const credentials = await integrations.credentials(id);
    if (credentials === null) throw new InvalidInput([{ path: 'credentials', message: 'None are stored.' }]);
    return await this.open(id, { credentials, options: integrations.get(id)?.options ?? {} }, how);
  }

  /** With these, valid already. Makes no request. */
  async open(
    id: string,
    given: { credentials: Credentials; options: Options },
    how: { signal: AbortSignal; onWaiting?: (waiting: Waiting | null) => void },
  ): Promise<Opened> {
    const { integrations, env, redactor, har, version } = this.#parts;
    const connector = await this.connector(id);
    const runtime = this.#runtime(id);
    const settings = this.#config.integrations[id];
    this.#recall(id, runtime, given.credentials);
    const { requestsPerWindow } = settings ?? {};
    const opened = openConnector(connector, {
      ...given,
      runtime,
      redactor,
      har,
      userAgent: `msportal/${version}`,
      signal: how.signal,
      env: { ...env },
      caFile: settings?.caFile === undefined ? undefined : await readFile(settings.caFile, 'utf8'),
      budgets:
        requestsPerWindow === undefined
          ? undefined
          : { [connector.manifest.budgets[0].name]: { intervalCap: requestsPerWindow } },
      ...(how.onWaiting === undefined ? {} : { onWaiting: how.onWaiting }),
    });
    const keepMemory = () =>
      integrations.change(id, (integration) => {
        integration.memory = this.memoryOf(id, given.credentials);
      });
    return { connector, ...opened, keepMemory };
  }

  /** What the connector found out with these credentials so far. */
  memoryOf(id: string, credentials: Credentials): Record<string, string> {
    const memory = this.#runtime(id).credentialState(credentials).memory as ConnectorMemory &
      Iterable<[string, string]>;
    return Object.fromEntries(memory);
  }

  /** For connections opened from now on. */
  reload(config: Config): void {
    this.#config = config;
  }

  /** Tokens, memory and budgets of an integration that was disconnected. */
  forget(id: string): void {
    this.#runtimes.delete(id);
  }

  #runtime(id: string): Runtime {
    let runtime = this.#runtimes.get(id);
    if (runtime === undefined) {
      runtime = new Runtime({ clock: this.#parts.clock });
      this.#runtimes.set(id, runtime);
    }
    return runtime;
  }

  /** Takes up what an earlier process found out; only for the very address it was found out for. */
  #recall(id: string, runtime: Runtime, credentials: Credentials): void {
    const stored = this.#parts.integrations.get(id);
    if (stored === null) return;
    const same = Object.entries(stored.credentials).every(
      ([field, value]) => typeof value !== 'string' || credentials[field] === value,
    );
    const { memory } = runtime.credentialState(credentials);
    if (same) for (const [key, value] of Object.entries(stored.memory)) memory.set(key, value);
  }
}
