/** Previews as clients ask for them: what they leave out is taken from what is stored, and all of it is checked. */
import type { Portal } from '../portal/portal.ts';
import type { Paths } from '../state/paths.ts';
import type { Connections } from './connections.ts';
import type { SyncSettings } from './engine.ts';
import { checkSettings, completed } from './input.ts';
import { chosenTypes, defaultSettings, type Integrations } from './integrations.ts';
import { preview } from './preview.ts';
import type { Preview, PreviewCommands, PreviewInput } from './preview-commands.ts';
import type { RunProgress } from './snapshot.ts';

export interface PreviewingParts {
  readonly connections: Connections;
  readonly integrations: Integrations;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly paths: Paths;
  readonly now: () => number;
  readonly newId: () => string;
  /** Ends those that nobody else ends. */
  readonly closing: AbortSignal;
}

export class Previewing implements PreviewCommands {
  readonly #parts: PreviewingParts;

  constructor(parts: PreviewingParts) {
    this.#parts = parts;
  }

  async preview(
    input: PreviewInput,
    onProgress: (progress: RunProgress) => void = () => {},
    signal?: AbortSignal,
  ): Promise<Preview> {
    const portal = this.#parts.own();
    const { connections, integrations, paths, closing } = this.#parts;
    const { id } = input;
    const { manifest } = await connections.connector(id);
    const stored = integrations.get(id);
    const settings = { ...defaultSettings(manifest), ...stored?.settings, ...input.settings } as SyncSettings;
    checkSettings({ ...settings, types: input.types ?? settings.types }, manifest);
    const { credentials, options } = await completed(
      { ...input, options: { ...stored?.options, ...input.options } },
      this.#parts,
    );
    const types = input.types ?? chosenTypes(settings, manifest);
    const stop = AbortSignal.any([closing, ...(signal === undefined ? [] : [signal])]);
    return await preview(
      { id, types, credentials, options, settings },
      { ...this.#parts, portal, database: paths.database, signal: stop, onProgress },
    );
  }
}
