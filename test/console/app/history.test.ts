import { expect, test } from 'vitest';
import type { Place } from '../../../src/commands/place.ts';
import { back, type History, here, open, remember, replace, startAt } from '../../../src/console/app/history.ts';
import { restorePlace, storedPlace } from '../../../src/console/app/restore.ts';
import { coming, integration, snapshotOf } from '../examples.ts';

const detail: Place = { view: 'integration', id: 'halo-psa', tab: 'overview' };
const records: Place = { view: 'records', type: 'tickets', integration: 'halo-psa' };
const views = (history: History) => history.map(({ place }) => place.view);

test('back finds the place as it was left', () => {
  let history = remember(startAt(), { selected: 'halo-psa' });
  history = remember(open(history, detail), { from: 3 });
  history = open(history, records);
  history = back(history);
  expect(here(history)).toEqual({ place: detail, memory: { from: 3 } });
  expect(here(back(history)).memory).toEqual({ selected: 'halo-psa' });
  expect(views(back(back(back(history))))).toEqual(['integrations']);
});

test('going in circles does not grow the way back, and another tab is no step', () => {
  let history = open(open(startAt(), detail), records);
  history = open(history, detail);
  expect(views(history)).toEqual(['integrations', 'integration']);
  expect(views(replace(history, { ...detail, tab: 'runs' }))).toEqual(['integrations', 'integration']);
  for (let round = 0; round < 100; round += 1) history = open(history, { view: 'logs', run: `run-${round}` });
  expect(history.length).toBeLessThan(50);
});

test('a place is restored only as far as it still exists', () => {
  const snapshot = snapshotOf([integration('halo-psa'), coming('autotask')]);
  const history = open(open(startAt(), detail), records);
  const kept = { place: JSON.parse(JSON.stringify(storedPlace(history))) };
  expect(restorePlace(kept, snapshot)).toEqual(history);
  expect(restorePlace({ place: [{ place: { view: 'integration', id: 'autotask' } }] }, snapshot)).toBeNull();
  expect(restorePlace({ place: [{ place: { view: 'records', type: 'gone' } }] }, snapshot)).toBeNull();
  expect(restorePlace({ place: 'nonsense' }, snapshot)).toBeNull();
  const group = { type: 'tickets', reason: 'refused' } as const;
  const issues = open(startAt(), { view: 'issues', integration: 'halo-psa', group });
  expect(restorePlace({ place: storedPlace(issues) }, snapshot)).toEqual(issues);
  const unknown = { place: [{ place: { view: 'issues', group: { type: 'tickets', reason: 'gone' } } }] };
  expect(here(restorePlace(unknown, snapshot)!).place).toEqual({ view: 'issues' });
  expect(restorePlace({}, snapshot)).toBeNull();
  expect(storedPlace(open(startAt(), { view: 'wizard', id: 'halo-psa' }))).toHaveLength(1);
});
