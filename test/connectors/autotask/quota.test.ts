import { expect, it, test } from 'vitest';
import { budgetFeedback, mustPause, pauseMs, usageIn, usageInWords } from '../../../connectors/autotask/quota.ts';

const told = (currentTimeframeRequestCount: number) => ({
  externalRequestThreshold: 10_000,
  requestThresholdTimeframe: 60,
  currentTimeframeRequestCount,
});

it.each([
  [0, undefined, false],
  [4_999, undefined, false],
  [5_000, 1_000, false],
  [7_499, 1_000, false],
  [7_500, 3_000, false],
  [9_499, 3_000, false],
  [9_500, 3_000, true],
  [12_000, 3_000, true],
])('at %i of 10000 requests the gap is %s ms, pause: %s', (used, gapMs, pauses) => {
  const feedback = budgetFeedback({}, 1_000, told(used));
  expect(feedback?.gapMs).toBe(gapMs);
  expect(feedback?.remaining === 0).toBe(pauses);
  expect(feedback).toMatchObject({ limit: 9_500, resetAt: 1_000 + pauseMs });
  expect(mustPause(usageIn(told(used))!)).toBe(pauses);
});

test('other answers say nothing of it', () => {
  expect(budgetFeedback({}, 0, { items: [] })).toBeUndefined();
  expect(budgetFeedback({}, 0, null)).toBeUndefined();
  expect(usageIn({ ...told(1), externalRequestThreshold: 0 })).toBeNull();
});

test('in words', () => {
  expect(usageInWords(usageIn(told(312))!)).toBe('312 of 10000 requests in 60 minutes used by all integrations (3 %)');
});
