import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cronExpression, Scheduler } from '../../src/engine/scheduler.ts';
import { backoffMs } from '../../src/engine/sync/backoff.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T12:00:30Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const minute = 60_000;

test.each([5, 15, 30])(
  'eight integrations at %i minutes tick once per interval each, never two in the same second',
  async (intervalMinutes) => {
    const ticks: { id: string; at: number }[] = [];
    const scheduler = new Scheduler((id) => ticks.push({ id, at: Math.floor(Date.now() / 1000) }));
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    scheduler.set(ids.map((id, slot) => ({ id, slot, intervalMinutes })));
    await vi.advanceTimersByTimeAsync(3 * intervalMinutes * minute);
    scheduler.stop();
    for (const id of ids) expect(ticks.filter((tick) => tick.id === id)).toHaveLength(3);
    expect(new Set(ticks.map(({ at }) => at)).size).toBe(ticks.length);
    await vi.advanceTimersByTimeAsync(intervalMinutes * minute);
    expect(ticks).toHaveLength(24);
  },
);

test('it tells the next tick, and changing one integration leaves the rhythm of the others', async () => {
  const ticks: string[] = [];
  const scheduler = new Scheduler((id) => ticks.push(id));
  scheduler.set([{ id: 'a', slot: 0, intervalMinutes: 5 }]);
  const next = scheduler.next('a');
  expect(new Date(next!).toISOString()).toBe('2026-03-01T12:05:00.000Z');
  scheduler.set([
    { id: 'a', slot: 0, intervalMinutes: 5 },
    { id: 'b', slot: 1, intervalMinutes: 30 },
  ]);
  expect(scheduler.next('a')).toBe(next);
  await vi.advanceTimersByTimeAsync(5 * minute);
  expect(ticks).toEqual(['b', 'a']);
  scheduler.set([]);
  expect(scheduler.next('a')).toBeNull();
  scheduler.stop();
});

test('cron expressions spread minutes and seconds', () => {
  expect(cronExpression({ slot: 0, intervalMinutes: 5 })).toBe('0 0-59/5 * * * *');
  expect(cronExpression({ slot: 7, intervalMinutes: 5 })).toBe('49 2-59/5 * * * *');
});

test('a failing integration is tried later and later, up to an hour', () => {
  expect([1, 2, 3, 4, 5, 9].map((failures) => backoffMs(failures, 15) / minute)).toEqual([15, 30, 60, 60, 60, 60]);
  expect(backoffMs(1, 5) / minute).toBe(5);
});
