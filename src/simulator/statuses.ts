/** The ticket statuses of one simulated vendor: those that it begins with, and those that somebody adds while it runs. */
export class Statuses<S> {
  readonly #all: S[];
  readonly #unlisted = new Set<S>();

  constructor(first: readonly S[]) {
    this.#all = [...first];
  }

  /** What a ticket can have. */
  get all(): readonly S[] {
    return this.#all;
  }

  /** What the vendor's lists tell. */
  get listed(): readonly S[] {
    return this.#all.filter((status) => !this.#unlisted.has(status));
  }

  /** Adds it, or says of one that is there whether it is listed. */
  put(status: S, listed: boolean): void {
    if (!this.#all.includes(status)) this.#all.push(status);
    if (listed) this.#unlisted.delete(status);
    else this.#unlisted.add(status);
  }
}
