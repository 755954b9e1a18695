/** Time as the connector side sees it; injected, so that tests wait for nothing. */
import { Cancelled } from './errors.ts';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds that only ever grow; for spans, since the wall clock may be set while we run. */
  monotonic(): number;
  /** Resolves after `ms`; throws Cancelled as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** setTimeout turns anything longer into 1 ms. */
const longestTimer = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new Cancelled());
      const stop = () => {
        clearTimeout(timer);
        reject(new Cancelled());
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(Math.max(0, ms), longestTimer),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
