/** Holds one data call back, so that something can happen between it and the ones before. */

export interface HeldCall {
  readonly method: string;
  readonly path: string;
}

export class Gate {
  #before = 0;
  #held: PromiseWithResolvers<HeldCall | null> | null = null;
  #go: ((answered: boolean) => void) | null = null;

  /** Lets `after` data calls pass and holds the next. */
  hold(after: number): void {
    this.release(true);
    this.#before = after;
    this.#held = Promise.withResolvers();
  }

  /** The held call, when it has come; null when there is none, or none came before `release`. */
  async held(): Promise<HeldCall | null> {
    return (await this.#held?.promise) ?? null;
  }

  /** Whether the call may go on; false: it is to be cut off without having been looked at. */
  async pass(call: HeldCall): Promise<boolean> {
    if (this.#held === null || this.#go !== null || this.#before-- > 0) return true;
    const going = new Promise<boolean>((resolve) => {
      this.#go = resolve;
    });
    this.#held.resolve({ method: call.method, path: call.path });
    return await going;
  }

  /** Lets the held call go on, or cuts it off; one that has not come yet is waited for no longer. */
  release(answered: boolean): void {
    this.#held?.resolve(null);
    this.#go?.(answered);
    this.#held = null;
    this.#go = null;
  }
}
