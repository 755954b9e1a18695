import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyLog, follow, move, receive } from '../../../src/console/views/logs/model.ts';
import {
  complete,
  end,
  offset,
  openWindow,
  type ReadPage,
  reach,
  rowAt,
} from '../../../src/console/views/records/window.ts';
import { guideSection } from '../../../src/console/views/wizard/guide-section.ts';
import { begin, draftOf, inputOf, problem, reduce, verdict } from '../../../src/console/views/wizard/model.ts';
import type { LogEntry } from '../../../src/engine/engine.ts';
import { parseFilter } from '../../../src/portal/records/filter.ts';
import { definitionOf } from '../../../src/portal/records/index.ts';
import { failing, fresh, guide, integration, manifest, passing } from '../fake-engine.ts';

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
        const read: ReadPage = async (after, limit) => {
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

test('a log that was moved up stays where it is and counts what comes', () => {
  const entry = (n: number): LogEntry => ({
    time: new Date(n * 1000).toISOString(),
    level: 'info',
    message: `line ${n}`,
  });
  const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => entry(from + index));
  let log = receive(emptyLog, lines(0, 10));
  expect(log.cursor).toBe(9);
  log = move(log, -3);
  // Two new lines, and two old ones fell off the beginning.
  log = receive(log, lines(2, 12));
  expect(log.entries[log.cursor]?.message).toBe('line 6');
  expect(log).toMatchObject({ following: false, unseen: 2 });
  expect(follow(log)).toMatchObject({ following: true, unseen: 0, cursor: 9 });
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
