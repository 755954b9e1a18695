/**
 * Autotask's hourly allowance: 10,000 requests in any 60 minutes for the whole tenant, all integrations together. At
 * 100 % it refuses everybody, service desk tools included, so we are the first to go slowly. Pure.
 */
import { z } from 'zod';
import type { Connector } from '../../src/connector/contract.ts';

export interface Usage {
  readonly used: number;
  readonly limit: number;
  readonly minutes: number;
}

/** From here on nothing more is sent until others' requests have left the hour. */
const pauseFrom = 0.95;
/** Gaps between our requests from these shares on; Autotask itself answers half a second, then a second later from there. */
const gaps = [
  { from: 0.75, gapMs: 3_000 },
  { from: 0.5, gapMs: 1_000 },
] as const;
/** How long a pause lasts before the count is read again, milliseconds. */
export const pauseMs = 2 * 60_000;

const answer = z.object({
  externalRequestThreshold: z.number().positive(),
  requestThresholdTimeframe: z.number().positive(),
  currentTimeframeRequestCount: z.number().min(0),
});

/** Of a ThresholdInformation answer; null for any other. */
export function usageIn(body: unknown): Usage | null {
  const told = answer.safeParse(body).data;
  if (told === undefined) return null;
  return {
    used: told.currentTimeframeRequestCount,
    limit: told.externalRequestThreshold,
    minutes: told.requestThresholdTimeframe,
  };
}

export const mustPause = ({ used, limit }: Usage): boolean => used >= limit * pauseFrom;

export function usageInWords({ used, limit, minutes }: Usage): string {
  const share = Math.round((100 * used) / limit);
  return `${used} of ${limit} requests in ${minutes} minutes used by all integrations (${share} %)`;
}

/** Autotask tells its count in a body, not in headers. What it leaves to us ends where we pause. */
export const budgetFeedback: NonNullable<Connector['budgetFeedback']> = (_headers, now, body) => {
  const usage = usageIn(body);
  if (usage === null) return undefined;
  const ours = Math.floor(usage.limit * pauseFrom);
  const gap = gaps.find(({ from }) => usage.used >= usage.limit * from);
  return {
    remaining: Math.max(0, ours - usage.used),
    limit: ours,
    resetAt: now + pauseMs,
    ...(gap === undefined ? {} : { gapMs: gap.gapMs }),
  };
};
