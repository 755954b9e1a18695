/** What was asked of a simulator. Its own control surface is not counted. */
export interface Stats {
  /** All requests. */
  readonly requests: number;
  /** By method and route, in lower case: `GET /api/tickets`. */
  readonly byPath: Readonly<Record<string, number>>;
  /** Requests that reached a writing route. */
  readonly writes: number;
  /** Answered 429. */
  readonly throttled: number;
  /** The highest number of requests in work at one time. */
  readonly maxAtOnce: number;
  /** What the vendor does not document, each said once. */
  readonly undocumented: readonly string[];
}

export class Journal {
  #byPath = new Map<string, number>();
  #undocumented = new Set<string>();
  #requests = 0;
  #writes = 0;
  #throttled = 0;
  #atOnce = 0;
  #maxAtOnce = 0;

  begin(): void {
    this.#requests++;
    this.#atOnce++;
    this.#maxAtOnce = Math.max(this.#maxAtOnce, this.#atOnce);
  }

  end(): void {
    this.#atOnce--;
  }

  /** @param route the route's own path; for a path that no route knows, the path itself. */
  path(method: string, route: string): void {
    const key = `${method} ${route.toLowerCase()}`;
    this.#byPath.set(key, (this.#byPath.get(key) ?? 0) + 1);
  }

  write(): void {
    this.#writes++;
  }

  throttle(): void {
    this.#throttled++;
  }

  undocumented(lines: readonly string[]): void {
    for (const line of lines) this.#undocumented.add(line);
  }

  reset(): void {
    this.#byPath.clear();
    this.#undocumented.clear();
    this.#requests = 0;
    this.#writes = 0;
    this.#throttled = 0;
    this.#maxAtOnce = this.#atOnce;
  }

  read(): Stats {
    return {
      requests: this.#requests,
      byPath: Object.fromEntries([...this.#byPath].sort(([left], [right]) => (left < right ? -1 : 1))),
      writes: this.#writes,
      throttled: this.#throttled,
      maxAtOnce: this.#maxAtOnce,
      undocumented: [...this.#undocumented],
    };
  }
}
