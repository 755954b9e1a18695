/** What people decide about an integration: its credentials, its settings, on or off. */
import { parseOptions } from '../connector/credentials.ts';
import type { Log } from '../log/log.ts';
import type { Portal } from '../portal/portal.ts';
import type { Connections } from './connections.ts';
import { type ConnectInput, type Engine, InvalidInput, type SettingsChange, type SyncSettings } from './engine.ts';
import { accepted, checkSettings, completed, configured } from './input.ts';
import { asStored, defaultSettings, type Integrations } from './integrations.ts';
import type { MaskedCredentials } from './masked-credentials.ts';
import type { IntegrationView } from './snapshot.ts';
import type { Syncing } from './syncing.ts';

export interface ConnectingParts {
  readonly connections: Connections;
  readonly integrations: Integrations;
  readonly syncing: Syncing;
  readonly masked: MaskedCredentials;
  readonly log: Log;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly now: () => number;
  readonly changed: () => void;
  /** As the next snapshot has it. */
  readonly view: (id: string) => IntegrationView | undefined;
}

export class Connecting implements Pick<Engine, 'connect' | 'configure' | 'enable' | 'disable' | 'disconnect'> {
  readonly #parts: ConnectingParts;

  constructor(parts: ConnectingParts) {
    this.#parts = parts;
  }

  async connect(input: ConnectInput): Promise<IntegrationView> {
    const portal = this.#parts.own();
    const { connections, integrations, syncing, log, now } = this.#parts;
    const { id } = input;
    const connector = await connections.connector(id);
    const { credentials, options } = await completed(input, this.#parts);
    const before = await integrations.credentials(id).catch(() => null);
    const stored = integrations.get(id);
    const settings = { ...defaultSettings(connector.manifest), ...stored?.settings, ...input.settings } as SyncSettings;
    checkSettings(settings, connector.manifest);
    await integrations.save(connector.manifest, {
      credentials,
      options,
      settings,
      enabled: input.enable ?? true,
      memory: connections.memoryOf(id, credentials),
      at: new Date(now()).toISOString(),
    });
    // Another address may be another tenant, whose records must be compared from the beginning.
    if (before !== null && connector.origins(before)?.baseUrl !== connector.origins(credentials)?.baseUrl) {
      for (const { type } of connector.manifest.recordTypes) portal.saveCursor(id, type, null);
    }
    log.info('connected', { integration: id, enabled: input.enable ?? true });
    const view = await this.#changed(id);
    syncing.soon(id);
    return view;
  }

  async configure(id: string, change: SettingsChange): Promise<IntegrationView> {
    this.#parts.own();
    const { connections, integrations } = this.#parts;
    const { manifest } = await connections.connector(id);
    const stored = configured(id, integrations);
    const { options: given, ...settings } = change;
    const options =
      given === undefined ? stored.options : accepted(parseOptions(manifest, { ...stored.options, ...given }));
    const merged = { ...stored.settings, ...settings } as SyncSettings;
    checkSettings(merged, manifest);
    await integrations.change(id, (integration) => {
      integration.options = { ...options };
      integration.settings = asStored(merged);
    });
    return await this.#changed(id);
  }

  async enable(id: string): Promise<IntegrationView> {
    this.#parts.own();
    const { integrations, syncing } = this.#parts;
    configured(id, integrations);
    await integrations.change(id, (integration) => {
      integration.enabled = true;
    });
    const view = await this.#changed(id);
    syncing.soon(id);
    return view;
  }

  async disable(id: string): Promise<IntegrationView> {
    this.#parts.own();
    const { integrations, syncing } = this.#parts;
    configured(id, integrations);
    await syncing.cancel(id);
    await integrations.change(id, (integration) => {
      integration.enabled = false;
    });
    return await this.#changed(id);
  }

  async disconnect(id: string): Promise<IntegrationView> {
    this.#parts.own();
    const { connections, integrations, syncing, log } = this.#parts;
    await syncing.cancel(id);
    connections.forget(id);
    await integrations.disconnect(id, {
      code: 'disconnected',
      cause: 'The credentials were removed here.',
      fix: 'Connect it again when it is wanted; the records are still here.',
    });
    log.info('disconnected', { integration: id });
    return await this.#changed(id);
  }

  /** What the last run failed at was seen to work. */
  async recovered(id: string): Promise<void> {
    const { integrations } = this.#parts;
    if (integrations.get(id)?.last.status === 'connected') return;
    await integrations.change(id, ({ last }) => {
      Object.assign(last, { status: 'connected', error: null, failures: 0 });
    });
    await this.#changed(id);
  }

  async #changed(id: string): Promise<IntegrationView> {
    const { syncing, masked, changed, view } = this.#parts;
    syncing.refresh();
    await masked.refresh(id);
    changed();
    const now = view(id);
    if (now === undefined) throw new InvalidInput([{ path: 'id', message: `There is no integration ${id}.` }]);
    return now;
  }
}
