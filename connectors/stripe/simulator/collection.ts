/** One kind of object: found by id, listed newest first. */

export interface Row {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
}

export class Collection<R extends Row> {
  readonly #rows = new Map<string, R>();
  #sorted: { readonly rows: readonly R[]; readonly places: ReadonlyMap<string, number> } | null = null;

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): R | undefined {
    return this.#rows.get(id);
  }

  add(row: R): R {
    this.#rows.set(row.id, row);
    this.#sorted = null;
    return row;
  }

  delete(id: string): void {
    if (this.#rows.delete(id)) this.#sorted = null;
  }

  values(): R[] {
    return [...this.#rows.values()];
  }

  /** Of one second, in no order that means anything. */
  newestFirst(): { readonly rows: readonly R[]; readonly places: ReadonlyMap<string, number> } {
    if (this.#sorted === null) {
      const rows = this.values().sort((a, b) => b.created - a.created || (a.id < b.id ? -1 : 1));
      this.#sorted = { rows, places: new Map(rows.map(({ id }, place) => [id, place])) };
    }
    return this.#sorted;
  }
}
