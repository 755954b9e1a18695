import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Limiter } from '../../src/connector/budget.ts';
import { systemClock } from '../../src/connector/clock.ts';
import { Cancelled } from '../../src/connector/errors.ts';
import { type Waiting, WaitMeter } from '../../src/connector/waiting.ts';

// p-queue keeps its window by the system's timers and clock, so these are the ones that are faked here.
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function make(figures: { concurrency: number; intervalCap: number; intervalMs: number }) {
  const limiter = new Limiter({ name: 'all', ...figures }, systemClock, () => 0);
  const told: (Waiting | null)[] = [];
  let waitedMs = 0;
  const meter = new WaitMeter(
    systemClock,
    (ms) => {
      waitedMs += ms;
    },
    (waiting) => told.push(waiting),
  );
  const starts: number[] = [];
  const run = (name = '', given: { priority?: number; signal?: AbortSignal } = {}) =>
    limiter.run(
      async () => {
        starts.push(Date.now() - 1_000_000);
        order.push(name);
      },
      { signal: given.signal ?? new AbortController().signal, priority: given.priority ?? 0, meter },
    );
  const order: string[] = [];
  return { limiter, run, starts, order, told, waited: () => waitedMs };
}

it('no more requests start in any window than the vendor allows, and the wait is told', async () => {
  const { run, starts, told, waited } = make({ concurrency: 9, intervalCap: 2, intervalMs: 10_000 });
  const done = Promise.all([run(), run(), run(), run(), run()]);
  await vi.advanceTimersByTimeAsync(30_000);
  await done;
  expect(starts).toEqual([0, 0, 10_000, 10_000, 20_000]);
  expect(told[0]).toEqual({ untilMs: 1_010_000, why: '2 requests in 10 s are used up' });
  expect(told.at(-1)).toBeNull();
  expect(waited()).toBe(20_000);
});

it('a hold stops everybody until its end, is not shortened by a later one, and the most urgent go first', async () => {
  const { limiter, run, starts, order } = make({ concurrency: 1, intervalCap: 100, intervalMs: 1_000 });
  limiter.hold(Date.now() + 5_000, 'asked');
  limiter.hold(Date.now() + 2_000, 'asked again');
  const done = Promise.all([run('scheduled'), run('person', { priority: 1 })]);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(starts).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(starts).toEqual([5_000, 5_000]);
  expect(order).toEqual(['person', 'scheduled']);
});

it('who is cancelled while held leaves nothing behind that keeps the program alive, and the hold stands', async () => {
  const { limiter, run, starts } = make({ concurrency: 1, intervalCap: 100, intervalMs: 1_000 });
  limiter.hold(Date.now() + 60_000, 'asked');
  const stop = new AbortController();
  const first = run('first', { signal: stop.signal }).catch((error: unknown) => error);
  stop.abort();
  expect(await first).toBeInstanceOf(Cancelled);
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  const second = run('second');
  await vi.advanceTimersByTimeAsync(60_000);
  await second;
  expect(starts).toEqual([60_000]);
});
