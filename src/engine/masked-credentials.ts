import type { Integrations } from './integrations.ts';

/** Stored credentials as forms may show them. Kept, because opening what is sealed takes a moment that a snapshot does not have. */
export class MaskedCredentials {
  readonly #integrations: Integrations;
  readonly #changed: () => void;
  readonly #byIntegration = new Map<string, Readonly<Record<string, string>>>();

  constructor(integrations: Integrations, changed: () => void) {
    this.#integrations = integrations;
    this.#changed = changed;
  }

  of(id: string): Readonly<Record<string, string>> {
    return this.#byIntegration.get(id) ?? {};
  }

  /** Reads what is stored now. */
  async refresh(id: string): Promise<void> {
    // A key that does not open what is stored is told by the next use of it; a list must not fail on that.
    this.#byIntegration.set(id, await this.#integrations.masked(id).catch(() => ({})));
    this.#changed();
  }
}
