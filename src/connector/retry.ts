/** How long to wait before the next try. */

type Headers = Readonly<Record<string, string | undefined>>;

/** A request is sent at most this often in all when the vendor or the network fails. */
export const defaultTries = 4;
/** A request waits at most this long in all because the vendor asks for it. */
export const longestThrottleMs = 10 * 60_000;

const firstBackoffMs = 1_000;
const longestBackoffMs = 30_000;
/** For 429 without a time. Most vendors count per minute, so that one full minute always clears it. */
const throttleStepsMs = [15_000, 30_000, 45_000, 60_000] as const;

/** Exponential with full jitter: callers that failed together do not come back together. `failures` counts from 1. */
export function backoffMs(failures: number, random: () => number): number {
  return random() * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (failures - 1));
}

export function throttleStepMs(strikes: number): number {
  return throttleStepsMs[Math.min(strikes, throttleStepsMs.length) - 1] ?? throttleStepsMs[0];
}

/**
 * Retry-After in milliseconds from now; undefined when it is absent or makes no sense.
 * A date is measured against the Date of the same answer, so that a wrong clock on our side does no harm.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const vendorNow = Date.parse(headers.date ?? '');
  return Math.max(0, until - (Number.isNaN(vendorNow) ? now : vendorNow));
}
