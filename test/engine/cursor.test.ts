import { expect, test } from 'vitest';
import type { Page } from '../../src/connector/contract.ts';
import type { RecordTypeSpec } from '../../src/connector/manifest.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import {
  advance,
  type Circumstances,
  catchUpPass,
  emptyCursor,
  type Plan,
  planPass,
  planWithoutFeed,
  type TypeCursor,
} from '../../src/engine/sync/cursor.ts';

const spec: RecordTypeSpec = {
  type: 'tickets',
  direction: 'pull',
  vendorName: 'Tickets',
  changes: 'modified-since',
  permission: '',
  overlapMs: 60_000,
};
const comparing: RecordTypeSpec = { ...spec, changes: 'compare', compareEveryMs: 600_000 };
const noon = Date.parse('2026-03-01T12:00:00.000Z');
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();
const now: Circumstances = {
  now: noon,
  full: false,
  manual: false,
  fullEveryMs: 86_400_000,
  selection: 's',
  history: true,
};
const done: TypeCursor = { ...emptyCursor('s'), mark: at(-10), fullAt: at(-10) };
const page = (next: Page['next'], ...times: (string | null)[]): Page => ({
  items: times.map(
    (modifiedAt, index): SourceItem => ({ kind: 'record', externalId: String(index), modifiedAt, record: {} }),
  ),
  next,
});
const changesPass = (cursor: TypeCursor) => {
  const plan = planPass(cursor, spec, now);
  if (typeof plan === 'string') throw new Error(plan);
  return plan.pass;
};

test('the first read is a full one, and what changed meanwhile is read after it from its start', () => {
  const plan = planPass(null, spec, now);
  expect(plan).toMatchObject({ pass: { mode: 'full', position: null }, resumed: false });
  if (typeof plan === 'string') throw new Error(plan);
  const half = advance(emptyCursor('s'), plan.pass, page({ page: 2 }, at(-500)), spec, at(0), noon);
  expect(half).toMatchObject({ mark: null, pass: { position: { page: 2 }, started: at(0) } });
  const whole = advance(half, half.pass!, page(null, at(3)), spec, at(4), noon + 300_000);
  expect(whole).toMatchObject({ mark: at(0), pass: null, fullAt: at(5) });
  expect(catchUpPass(whole, spec)).toMatchObject({ mode: 'changes', since: at(-1) });
});

test('a pass that was cut short goes on from its position', () => {
  const half = {
    ...emptyCursor('s'),
    pass: { mode: 'full', since: null, position: { page: 7 }, started: at(-60), newest: null, untimed: false },
  } as const;
  expect(planPass(half, spec, now)).toEqual({ pass: half.pass, resumed: true });
});

test('changes are read from the mark minus the overlap', () => {
  expect(planPass(done, spec, now)).toMatchObject({ pass: { mode: 'changes', since: at(-11) } });
});

test.each([
  ['a row newer than the start of the pass never moves the cursor past the start', [at(5)], at(0)],
  ['the newest row seen is the new mark', [at(-0.5), at(-9)], at(-0.5)],
  ['old rows only: the start minus the overlap, so that a burst is not read again for ever', [at(-9)], at(-1)],
  ['no rows at all: likewise', [], at(-1)],
  ['rows that tell no time: the start of the pass', [null, at(-9)], at(0)],
])('%s', (_, times, mark) => {
  const after = advance(done, changesPass(done), page(null, ...times), spec, at(0), noon);
  expect(after.mark).toBe(mark);
});

test('the mark never goes back, also when the vendor puts its clock back', () => {
  const after = advance(done, changesPass(done), page(null), spec, at(-60), noon);
  expect(after.mark).toBe(at(-10));
});

test('another selection, a request for everything and a day gone by each mean a full pass', () => {
  expect(planPass(done, spec, { ...now, selection: 'other' })).toMatchObject({
    pass: { mode: 'full', position: null },
  });
  expect(planPass(done, spec, { ...now, full: true })).toMatchObject({ pass: { mode: 'full' } });
  expect(planPass(done, spec, { ...now, now: noon + 86_400_000 })).toMatchObject({ pass: { mode: 'full' } });
});

test('without history nothing is read at first, and no full pass brings the old rows in later', () => {
  const without = { ...now, history: false };
  expect(planPass(null, spec, without)).toBe('from-now');
  expect(planPass(done, spec, { ...without, now: noon + 86_400_000 })).toMatchObject({ pass: { mode: 'changes' } });
});

test('a comparing type is read in full, but on schedule not sooner than it asks', () => {
  const recent = { ...done, fullAt: at(-5) };
  expect(planPass(recent, comparing, now)).toBe('skip');
  expect(planPass(recent, comparing, { ...now, manual: true })).toMatchObject({ pass: { mode: 'full' } });
  expect(planPass(done, comparing, now)).toMatchObject({ pass: { mode: 'full' } });
});

test('a vendor that ignores the filter is found out by its rows, and read in full more seldom', () => {
  const after = advance(done, changesPass(done), page(null, at(-3 * 24 * 60)), spec, at(0), noon);
  expect(after.filterIgnored).toBe(true);
  expect(planPass(after, spec, now)).toBe('skip');
  expect(planPass(after, spec, { ...now, now: noon + 30 * 60_000 })).toMatchObject({ pass: { mode: 'full' } });
});

test('a feed position is kept as it is given, and only after the last page', () => {
  const feed: RecordTypeSpec = { ...spec, changes: 'feed' };
  const cursor = { ...done, mark: 'evt_1' };
  const plan = planPass(cursor, feed, now);
  if (typeof plan === 'string') throw new Error(plan);
  expect(plan.pass.since).toBe('evt_1');
  const half = advance(cursor, plan.pass, { ...page({ c: 1 }), feedPosition: 'evt_5' }, feed, 'evt_9', noon);
  expect(half.mark).toBe('evt_1');
  expect(advance(half, half.pass!, { ...page(null), feedPosition: 'evt_9' }, feed, 'evt_9', noon).mark).toBe('evt_9');
});

test('when the feed is lost everything is read instead, but on schedule not twice within half an hour', () => {
  const recent = { ...done, fullAt: at(-5) };
  expect(planWithoutFeed(recent, { now: noon, manual: false })).toBe('skip');
  expect(planWithoutFeed(recent, { now: noon, manual: true })).toMatchObject({
    pass: { mode: 'full', position: null },
  });
  expect(planWithoutFeed(recent, { now: noon + 25 * 60_000, manual: false })).toMatchObject({ pass: { mode: 'full' } });
});

test('beside a complete copy a full pass is staged, and taken before anything else once it is complete', () => {
  const staged = { pass: { mode: 'full', position: null, staged: true } };
  expect(planPass(null, spec, now)).not.toHaveProperty('pass.staged');
  expect(planPass(emptyCursor('other'), spec, now)).not.toHaveProperty('pass.staged');
  expect(planPass(done, spec, { ...now, full: true })).toMatchObject(staged);
  expect(planPass(done, spec, { ...now, selection: 'other' })).toMatchObject(staged);
  expect(planWithoutFeed(done, { now: noon, manual: true })).toMatchObject(staged);

  const { pass } = planPass(done, spec, { ...now, selection: 'other' }) as Plan;
  const half = advance(emptyCursor('other'), pass, page({ page: 2 }), spec, at(0), noon);
  expect(half).toMatchObject({ mark: null, taking: false, pass: { staged: true } });
  // Another selection again: the copy is still there, though no mark tells of it.
  expect(planPass(half, spec, { ...now, selection: 'third' })).toMatchObject(staged);
  expect(advance(half, half.pass!, page(null), spec, at(1), noon)).toMatchObject({
    mark: at(0),
    taking: true,
    pass: null,
  });
});
