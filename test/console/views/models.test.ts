import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complete, end, offset, openWindow, type ReadPage, reach, rowAt } from '../../../src/console/lists/window.ts';
import { draw, markFrom, withMarks } from '../../../src/console/views/logs/marks.ts';
import {
  cursorOf,
  following,
  joined,
  type LogLine,
  move,
  overlapOf,
  unseen,
} from '../../../src/console/views/logs/model.ts';
import { guideSection } from '../../../src/console/views/wizard/guide-section.ts';
import { begin, draftOf, inputOf, problem, reduce, verdict } from '../../../src/console/views/wizard/model.ts';
import type { LogEntry } from '../../../src/engine/engine.ts';
import { parseFilter } from '../../../src/portal/records/filter.ts';
import { definitionOf } from '../../../src/portal/records/index.ts';
import { failing, fresh, guide, integration, manifest, passing } from '../examples.ts';

const tickets = definitionOf('tickets');

test('a filter line becomes conditions', () => {
  const where = (text: string) => {
    const parsed = parseFilter(text, tickets, 0);
    return parsed.ok ? parsed.where : parsed.problem;
  };
  expect(where('printer !toner')).toEqual([
    { op: 'text', value: 'printer' },
    { op: '!text', value: 'toner' },
  ]);
  expect(where('company:"North Wind" !status:closed')).toEqual([
    { field: 'companyName', op: 'contains', value: 'North Wind' },
    { field: 'status', op: '!contains', value: 'closed' },
  ]);
  expect(where('integration:halo')).toEqual([{ field: 'provider', op: 'contains', value: 'halo' }]);
  expect(where('isClosed:no updated:>=2026-01-01 hoursActual:>2')).toEqual([
    { field: 'isClosed', op: '=', value: false },
    { field: 'updatedAt', op: '>=', value: '2026-01-01T00:00:00.000Z' },
    { field: 'hoursActual', op: '>', value: 2 },
  ]);
  expect(where('statuss:x')).toMatch(/no field "statuss". Did you mean "status"/);
  expect(where('   ')).toEqual([]);
});

test('a window over any list gives the right row wherever one moves, and holds few pages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2000 }),
      fc.array(fc.integer({ min: 0, max: 2100 }), { maxLength: 12 }),
      async (size, moves) => {
        const read: ReadPage<{ id: string }> = async (after, limit) => {
          const start = after === null ? 0 : Number(after);
          const length = Math.max(0, Math.min(limit, size - start));
          return {
            records: Array.from({ length }, (_, index) => ({ id: String(start + index) })),
            next: start + limit < size ? String(start + limit) : null,
          };
        };
        let window = await openWindow(read);
        for (const to of moves) {
          window = await reach(window, Math.max(0, to - 20), to + 20, read);
          expect(window.pages.length).toBeLessThanOrEqual(5);
          const row = Math.min(to, size - 1);
          if (size > 0) expect(rowAt(window, row)?.id).toBe(String(row));
          if (complete(window)) expect(end(window)).toBe(size);
          expect(rowAt(window, offset(window) - 1)).toBeNull();
        }
      },
    ),
  );
});

const entry = (n: number): LogEntry => ({
  time: new Date(n * 1000).toISOString(),
  level: 'info',
  message: `line ${n}`,
});
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(from + index));

test('a log that was moved up stays where it is and counts what comes, whatever is filtered and however it is read', () => {
  let log = joined([], null, lines(0, 10));
  const at = move(following, log, -3);
  expect(log[cursorOf(at, log)]?.message).toBe('line 6');
  // Only what is new, and some seconds of what is not, is read again.
  expect(overlapOf(log)).toBe(entry(4).time);
  expect(joined(log, overlapOf(log), lines(4, 10))).toBe(log);
  const sixth = log[6];
  log = joined(log, overlapOf(log), lines(4, 12));
  expect(log.map(({ message }) => message)).toEqual(lines(0, 12).map(({ message }) => message));
  expect(log[6]).toBe(sixth);
  expect(log[cursorOf(at, log)]?.message).toBe('line 6');
  expect(unseen(at, log)).toBe(2);
  // A filter that leaves the line out shows the place where it was, and finds it again.
  const odd = log.filter((_, index) => index % 2 === 1);
  expect(odd[cursorOf(at, odd)]?.message).toBe('line 7');
  expect(unseen(at, odd)).toBe(1);
  const end = move(at, log, 100);
  expect([cursorOf(end, log), unseen(end, log), end.at === null]).toEqual([11, 0, false]);
  expect(cursorOf(following, log)).toBe(11);
});

test('a mark stays below the line it was drawn at, among whatever lines are shown', () => {
  const log = lines(0, 10);
  let marks = draw([], log[3]!, log[9]!.time, 0);
  marks = draw(marks, null, log[9]!.time, 0);
  const said = (all: readonly LogLine[]) => all.map(({ message }) => message);
  const all = withMarks([...log, entry(10)], marks);
  expect(said(all).slice(3, 6)).toEqual(['line 3', 'mark 1', 'line 4']);
  expect(said(all).slice(-3)).toEqual(['line 9', 'mark 2', 'line 10']);
  expect(said(withMarks([log[1]!, log[8]!], marks))).toEqual(['line 1', 'mark 1', 'line 8', 'mark 2']);
  // It is not drawn over lines that are no longer held.
  expect(said(withMarks(log.slice(6), marks))).toEqual(['line 6', 'line 7', 'line 8', 'line 9', 'mark 2']);
  expect([markFrom(all, 12, -1), markFrom(all, 11, -1), markFrom(all, 4, -1), markFrom(all, 4, 1)]).toEqual([
    11,
    4,
    null,
    11,
  ]);
});

test('a draft holds no secret, and goes on where it was left when nothing is missing', () => {
  let state = begin(manifest, fresh('halo-psa'), null);
  state = reduce(state, { type: 'type', key: 'address', value: 'https://acme.psa.example' });
  state = reduce(state, { type: 'type', key: 'clientId', value: 'client-0001' });
  state = reduce(state, { type: 'type', key: 'clientSecret', value: 'canary-secret-value' });
  state = reduce(state, { type: 'go', step: 'options' });
  state = reduce(state, { type: 'settings', settings: { intervalMinutes: 30 } });
  const draft = draftOf(manifest, state);
  expect(JSON.stringify(draft)).not.toContain('canary');
  const again = begin(manifest, fresh('halo-psa'), draft);
  expect(again).toMatchObject({ step: 'credentials', focus: { credentials: 2 }, settings: { intervalMinutes: 30 } });
  // Where the secret is stored already there is nothing to ask again.
  expect(begin(manifest, integration('halo-psa'), draft).step).toBe('options');
  expect(draftOf(manifest, begin(manifest, fresh('halo-psa'), null))).toBeNull();
});

test('stored secrets are kept by leaving them empty, plain values are cleared by emptying them', () => {
  let state = begin(manifest, integration('halo-psa'), null);
  expect(problem(manifest.credentials[2]!, state)).toBeNull();
  expect(inputOf(manifest, state).credentials).toEqual({
    address: 'https://acme.psa.example',
    clientId: 'client-0001',
  });
  state = reduce(state, { type: 'type', key: 'address', value: '' });
  expect(problem(manifest.credentials[0]!, state)).toMatch(/needed/);
  expect(inputOf(manifest, state).credentials?.address).toBe('');
});

test('only a hard failure stands in the way', () => {
  const done = (checks: typeof passing) => verdict({ phase: 'done', checks });
  expect(done(passing)).toBe('pass');
  expect(done(failing({}))).toBe('warn');
  expect(done(failing({ hard: true }))).toBe('stop');
  expect(done(failing({ status: 'untested' }))).toBe('pass');
  expect(verdict({ phase: 'running', checks: passing })).toBe('wait');
});

test('the guide is cut at the next heading', () => {
  expect(guideSection(guide, 'clientId')).toBe('Save the application; its ID is shown then.');
  expect(guideSection(guide, 'nothing')).toBe('');
});
