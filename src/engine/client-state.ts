import type { StateFile } from '../state/state-file.ts';
import type { Draft, Engine, Preferences } from './engine.ts';

/** What clients want kept between their starts: a wizard half-way, places and filters. */
export class ClientState implements Pick<Engine, 'draft' | 'saveDraft' | 'preferences' | 'savePreferences'> {
  readonly #state: StateFile;

  constructor(state: StateFile) {
    this.#state = state;
  }

  async draft(id: string): Promise<Draft | null> {
    return (this.#state.read().drafts[id] as Draft | undefined) ?? null;
  }

  async saveDraft(id: string, draft: Draft | null): Promise<void> {
    await this.#state.update((state) => {
      if (draft === null) delete state.drafts[id];
      else state.drafts[id] = structuredClone(draft) as (typeof state.drafts)[string];
    });
  }

  async preferences(): Promise<Preferences> {
    return this.#state.read().preferences;
  }

  async savePreferences(preferences: Preferences): Promise<void> {
    await this.#state.update((state) => {
      state.preferences = { ...preferences };
    });
  }
}
