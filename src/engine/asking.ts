/** What a vendor is asked outside of a run: does the connection work, what is there to choose from. */
import type { Choice, Manifest } from '../connector/manifest.ts';
import type { Portal, PortalReader } from '../portal/portal.ts';
import { runChecks } from './connection-test.ts';
import type { Connections } from './connections.ts';
import type { CheckView, Engine, KeptLookups, TestInput, TestResult } from './engine.ts';
import { completed, configured } from './input.ts';
import { chosenTypes, defaultSettings, type Integrations } from './integrations.ts';

export interface AskingParts {
  readonly connections: Connections;
  readonly integrations: Integrations;
  /** Null where nothing may be written. */
  readonly portal: Portal | null;
  readonly reader: PortalReader;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly now: () => number;
  /** Ends what nobody else ends. */
  readonly closing: AbortSignal;
  /** A test with the stored credentials has passed. */
  readonly recovered: (id: string) => Promise<void>;
}

export class Asking implements Pick<Engine, 'manifest' | 'guide' | 'test' | 'choices' | 'lookups'> {
  readonly #parts: AskingParts;

  constructor(parts: AskingParts) {
    this.#parts = parts;
  }

  async manifest(id: string): Promise<Manifest> {
    return (await this.#parts.connections.connector(id)).manifest;
  }

  async guide(id: string): Promise<string> {
    return (await this.#parts.connections.connector(id)).guide;
  }

  async test(
    input: TestInput,
    onCheck?: (checks: readonly CheckView[]) => void,
    signal?: AbortSignal,
  ): Promise<TestResult> {
    const { connections, integrations, portal, now, recovered } = this.#parts;
    const { id } = input;
    const stop = signal ?? new AbortController().signal;
    const { manifest } = await connections.connector(id);
    const opened = await connections.open(id, await completed(input, this.#parts), { signal: stop });
    try {
      const types = input.types ?? chosenTypes(integrations.get(id)?.settings ?? defaultSettings(manifest), manifest);
      const result = await runChecks(opened.checks(types), { now, signal: stop, onCheck });
      // With the stored credentials, a passed test says more than the last run did.
      if (input.credentials === undefined && integrations.isConfigured(id) && portal !== null) {
        await opened.keepMemory();
        if (result.ok) await recovered(id);
      }
      return result;
    } finally {
      opened.close();
    }
  }

  async choices(input: TestInput, optionKey: string, signal?: AbortSignal): Promise<readonly Choice[]> {
    const stop = signal ?? new AbortController().signal;
    const opened = await this.#parts.connections.open(input.id, await completed(input, this.#parts), { signal: stop });
    try {
      return (await opened.connection.choices?.(optionKey, stop)) ?? [];
    } finally {
      opened.close();
    }
  }

  async lookups(id: string, refresh = false): Promise<KeptLookups> {
    const { connections, integrations, reader, own, now, closing } = this.#parts;
    const kept = reader.lookups(id);
    if (kept !== null && !refresh) return kept;
    const portal = own();
    configured(id, integrations);
    const opened = await connections.openStored(id, { signal: closing });
    try {
      const lists = (await opened.connection.lookups?.(closing)) ?? {};
      portal.saveLookups(id, lists);
      return { at: new Date(now()).toISOString(), lists };
    } finally {
      opened.close();
    }
  }
}
