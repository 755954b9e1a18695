/** The configured integrations as they stand in state.json: read, sealed, changed. The only place that opens a secret. */

import { mask } from '../connector/credentials.ts';
import type { Failure } from '../connector/errors.ts';
import type { Credentials, Manifest, Options } from '../connector/manifest.ts';
import type { RecordType } from '../portal/records/index.ts';
import { isRecordType } from '../portal/records/index.ts';
import type { DeepReadonly, IntegrationState } from '../state/schema.ts';
import type { StateFile } from '../state/state-file.ts';
import type { Vault } from '../state/vault.ts';
import type { SyncSettings } from './engine.ts';

export type Stored = DeepReadonly<IntegrationState>;

export const defaultSettings = (manifest: Manifest): SyncSettings => ({
  intervalMinutes: 15,
  initialImport: true,
  types: manifest.recordTypes.map(({ type }) => type),
});

/** What a client gave, as a copy that the state may keep. */
export function asStored(settings: SyncSettings): IntegrationState['settings'] {
  return structuredClone(settings) as IntegrationState['settings'];
}

export class Integrations {
  readonly #state: StateFile;
  readonly #vault: () => Promise<Vault>;

  /** @param vault opened on first use: looking at a list needs no key */
  constructor(state: StateFile, vault: () => Promise<Vault>) {
    this.#state = state;
    this.#vault = vault;
  }

  get(id: string): Stored | null {
    return this.#state.read().integrations[id] ?? null;
  }

  isConfigured(id: string): boolean {
    return Object.keys(this.get(id)?.credentials ?? {}).length > 0;
  }

  async credentials(id: string): Promise<Credentials | null> {
    const stored = this.get(id);
    if (stored === null || !this.isConfigured(id)) return null;
    const vault = await this.#vault();
    const opened = Object.entries(stored.credentials).map(([field, value]) => [
      field,
      typeof value === 'string' ? value : vault.open(value.sealed, { integration: id, field }),
    ]);
    return Object.fromEntries(opened);
  }

  async save(
    manifest: Manifest,
    values: {
      credentials: Credentials;
      options: Options;
      settings: SyncSettings;
      enabled: boolean;
      memory: Record<string, string>;
      at: string;
    },
  ): Promise<void> {
    const vault = await this.#vault();
    const secret = new Set(manifest.credentials.filter((field) => field.secret).map(({ key }) => key));
    const credentials = Object.fromEntries(
      Object.entries(values.credentials).map(([field, value]) => [
        field,
        secret.has(field) ? { sealed: vault.seal(value, { integration: manifest.id, field }) } : value,
      ]),
    );
    await this.#state.update((state) => {
      const before = state.integrations[manifest.id];
      state.integrations[manifest.id] = {
        credentials,
        options: { ...values.options },
        settings: asStored(values.settings),
        enabled: values.enabled,
        connectedAt: values.at,
        memory: values.memory,
        last: {
          records: {},
          issues: 0,
          lastSync: null,
          ...before?.last,
          status: 'connected',
          error: null,
          failures: 0,
        },
      };
      delete state.drafts[manifest.id];
    });
  }

  /** Changes what is stored of one integration; nothing when it is not configured. */
  async change(id: string, mutate: (integration: IntegrationState) => void): Promise<void> {
    await this.#state.update((state) => {
      const integration = state.integrations[id];
      if (integration !== undefined) mutate(integration);
    });
  }

  /** Forgets the credentials; settings and options stay for the next time. */
  async disconnect(id: string, why: Failure): Promise<void> {
    await this.change(id, (integration) => {
      integration.credentials = {};
      integration.memory = {};
      integration.enabled = false;
      integration.connectedAt = null;
      integration.last.status = 'disconnected';
      integration.last.error = why;
      integration.last.failures = 0;
    });
  }

  /** For forms: plain values as they are, of secrets the last characters. */
  async masked(id: string): Promise<Record<string, string>> {
    const opened = (await this.credentials(id)) ?? {};
    const stored = this.get(id)?.credentials ?? {};
    return Object.fromEntries(
      Object.entries(opened).map(([field, value]) => [field, typeof stored[field] === 'string' ? value : mask(value)]),
    );
  }
}

export function chosenTypes(settings: { readonly types: readonly string[] }, manifest: Manifest | null): RecordType[] {
  const known = manifest?.recordTypes.map(({ type }) => type);
  return settings.types.filter(isRecordType).filter((type) => known === undefined || known.includes(type));
}
