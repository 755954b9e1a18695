import { expect, test } from 'vitest';
import type { Change, FieldConflict } from '../../../src/portal/change.ts';
import { at, FakeEngine, integration, snapshotOf } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 80, rows: 24 };

const conflict = (field: string, base: string, ours: string, theirs: string): FieldConflict => ({
  field,
  base,
  ours,
  theirs,
  at: at(-3),
  theirsAt: at(-10),
  winner: null,
});

const change = (more: Partial<Change>): Change => ({
  id: 'c1',
  seq: 1,
  integration: 'halo-psa',
  type: 'tickets',
  kind: 'update',
  recordId: 't1',
  externalId: '901',
  fields: { status: 'Closed', priority: 'Low' },
  base: { status: 'Open', priority: 'High' },
  state: 'conflicted',
  marker: null,
  attempts: 0,
  reason: null,
  conflicts: [conflict('status', 'Open', 'Closed', 'In progress'), conflict('priority', 'High', 'Low', 'Urgent')],
  author: 'sam',
  createdAt: at(-20),
  updatedAt: at(-3),
  sentAt: null,
  madeId: null,
  label: '901 Printer offline',
  ...more,
});

test('a conflict shows before, ours and theirs of each field, and is settled field by field', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa', { outbox: { conflicted: 1 } })]));
  engine.outbox = [change({})];
  const { screen, store } = await openConsole(size, engine);
  await screen.press('P');
  await screen.press('enter');
  expect(store.context().place).toEqual({ view: 'conflict', change: 'c1' });
  const text = screen.text();
  expect(text).toMatch(/before +Open/);
  expect(text).toMatch(/ours +Closed +sam, here/);
  expect(text).toMatch(/theirs +Urgent +2026-03-01/);
  await screen.press('p');
  // One field has no answer yet: nothing is sent.
  await screen.press('enter');
  expect(screen.text()).toContain('Priority: say which side counts');
  await screen.press('t');
  await screen.press('enter');
  expect(engine.calls).toContain('resolve {"status":"portal","priority":"vendor"} c1');
  expect(store.context().place.view).toBe('outbox');
  await screen.unmount();
});

test('from the outbox one gets to the record, and a refused change says why and is sent again', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa', { outbox: { refused: 1 } })]));
  engine.outbox = [change({ state: 'refused', reason: 'The status may not be set by this agent.', conflicts: [] })];
  const { screen, store } = await openConsole(size, engine);
  await screen.press('P');
  expect(screen.text()).toContain('The status may not be set by this agent.');
  await screen.press('a');
  expect(engine.calls).toContain('retry c1');
  await screen.press('enter');
  expect(store.context().place).toMatchObject({ view: 'records', type: 'tickets', filter: 'externalId=901' });
  await screen.unmount();
});
