/** At most `requests` within any `seconds`. A refused request does not count. */
export interface Limit {
  readonly requests: number;
  readonly seconds: number;
}

export class RollingWindow {
  limit: Limit;
  #admitted: number[] = [];

  constructor(limit: Limit) {
    this.limit = limit;
  }

  /** 0 when the request may pass at this time (epoch milliseconds), else the milliseconds until one could. */
  admit(now: number): number {
    const from = this.#expire(now);
    if (this.#admitted.length < this.limit.requests) {
      this.#admitted.push(now);
      return 0;
    }
    const blocking = this.#admitted[this.#admitted.length - this.limit.requests] ?? now;
    return Math.max(1, blocking - from);
  }

  /** Requests within the window that ends now. */
  used(now: number): number {
    this.#expire(now);
    return this.#admitted.length;
  }

  /** Forgets what has left the window; its beginning. */
  #expire(now: number): number {
    const from = now - this.limit.seconds * 1000;
    const live = this.#admitted.findIndex((at) => at > from);
    this.#admitted = live < 0 ? [] : live > 0 ? this.#admitted.slice(live) : this.#admitted;
    return from;
  }
}
