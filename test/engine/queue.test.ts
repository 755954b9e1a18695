import { expect, test } from 'vitest';
import type { RunResult } from '../../src/engine/engine.ts';
import { type QueuePriority, RunQueue } from '../../src/engine/queue.ts';

const resultOf = (id: string, status: RunResult['status']): RunResult => ({
  id,
  runId: id,
  status,
  types: {},
  requests: 0,
  waitedMs: 0,
  bytes: 0,
  durationMs: 0,
  failure: null,
});

/** A queue of one at a time that runs `a`; runs end when they are told to. */
async function desk() {
  const queue = new RunQueue(1);
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (id: string, priority: QueuePriority = 'scheduled') =>
    queue.add(id, priority, {
      work: async (signal) => {
        began.push(id);
        await new Promise<void>((resolve) => ends.set(id, resolve));
        return resultOf(id, signal.aborted ? 'cancelled' : 'succeeded');
      },
      dropped: async () => resultOf(id, 'cancelled'),
    });
  /** Its turn comes in a moment: the run before has just ended. */
  const end = async (id: string, result: Promise<RunResult>) => {
    while (!ends.has(id)) await Promise.resolve();
    ends.get(id)?.();
    return (await result).status;
  };
  const a = add('a');
  while (began.length === 0) await Promise.resolve();
  return { queue, began, add, end, a };
}

test('what a person asked for goes before the schedule, and what was moved to the front before that', async () => {
  const { queue, began, add, end, a } = await desk();
  const runs = new Map(['b', 'c', 'd'].map((id) => [id, add(id)]));
  runs.set('a', a);
  runs.set('e', add('e', 'manual'));
  expect(queue.order).toEqual(['e', 'b', 'c', 'd']);
  expect([queue.first('d'), queue.first('a'), queue.first('none')]).toEqual([true, false, false]);
  expect(queue.order).toEqual(['d', 'e', 'b', 'c']);
  // Asking for what waits moves it forward, and never back.
  expect(add('c', 'manual')).toBe(runs.get('c'));
  expect(add('d', 'manual')).toBe(runs.get('d'));
  const f = add('f', 'manual');
  runs.set('f', f);
  expect(queue.order).toEqual(['d', 'e', 'c', 'f', 'b']);
  for (const id of ['a', 'd', 'e', 'c', 'f', 'b']) expect(await end(id, runs.get(id)!)).toBe('succeeded');
  expect(began).toEqual(['a', 'd', 'e', 'c', 'f', 'b']);
  expect([queue.running, queue.waiting, queue.order]).toEqual([0, 0, []]);
});

test('what waits leaves the queue at once when it is cancelled, and can be asked for again; what runs stops at its page', async () => {
  const { queue, began, add, end, a } = await desk();
  const [b, c] = [add('b'), add('c')];
  expect(queue.cancel('b')).toBe(true);
  expect(queue.order).toEqual(['c']);
  const again = add('b', 'manual');
  expect((await b).status).toBe('cancelled');
  expect(queue.order).toEqual(['b', 'c']);
  queue.cancel('a');
  expect(await end('a', a)).toBe('cancelled');
  expect(await end('b', again)).toBe('succeeded');
  expect(await end('c', c)).toBe('succeeded');
  expect(began).toEqual(['a', 'b', 'c']);
  expect(queue.cancel('a')).toBe(false);
});

test('draining starts nothing more and waits for what runs', async () => {
  const { queue, began, add, end, a } = await desk();
  const b = add('b');
  const drained = queue.drain();
  expect((await b).status).toBe('cancelled');
  await end('a', a);
  await drained;
  expect(began).toEqual(['a']);
});
