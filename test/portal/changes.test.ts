import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { FieldValues } from '../../src/connector/writer.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { same } from '../../src/portal/same.ts';
import { apply, at, only, open, temporaryFile, ticket } from './fixture.ts';

function withTicket(file = temporaryFile()): Portal {
  const portal = open(file);
  apply(portal, 'tickets', [ticket('7', { title: 'Printer', status: 'New', priority: 'Low' })]);
  return portal;
}
let ids = 0;
function edit(portal: Portal, fields: FieldValues) {
  const recordId = only(portal, 'tickets').id;
  const id = `c${++ids}`;
  const rest = {
    integration: 'halo-psa',
    type: 'tickets',
    kind: 'update',
    externalId: '7',
    author: 'kim',
    at,
  } as const;
  return portal.addChange({ id, recordId, fields, ...rest });
}
const change = (portal: Portal, id: string) => portal.changes({ id })[0]!;

test('the base of a change is what its editor saw: the row, and over it what was wanted before', () => {
  const portal = withTicket();
  const first = edit(portal, { status: 'Open' });
  expect(first).toMatchObject({ state: 'waiting', base: { status: 'New' }, label: 'Printer', attempts: 0 });
  const second = edit(portal, { status: 'Closed', priority: 'High' });
  expect(second.base).toEqual({ status: 'Open', priority: 'Low' });

  // The vendor wrote it in its own way: that is what the second one stands on now.
  const item = ticket('7', { title: 'Printer', status: 'Open!', priority: 'Low' });
  portal.stepChange(first.id, { from: ['waiting'], to: 'confirmed', at, item });
  expect(change(portal, second.id).base).toEqual({ status: 'Open!', priority: 'Low' });
  expect(only(portal, 'tickets').status).toBe('Open!');
});

test('what is withdrawn no longer stands under what came after it', () => {
  const portal = withTicket();
  const first = edit(portal, { status: 'Open' });
  const second = edit(portal, { status: 'Closed' });
  portal.stepChange(first.id, { from: ['waiting'], to: 'withdrawn', at });
  expect(change(portal, second.id).base).toEqual({ status: 'New' });
});

test('a confirmed answer is stored with its hash: reading it again finds nothing new', () => {
  const portal = withTicket();
  const { id } = edit(portal, { title: ' Printer  on fire ' });
  const item = ticket('7', { title: 'Printer on fire', status: 'New', priority: 'Low' });
  expect(portal.stepChange(id, { from: ['waiting'], to: 'confirmed', at, item })?.state).toBe('confirmed');
  expect(apply(portal, 'tickets', [item])).toMatchObject({ unchanged: 1, updated: 0 });
  expect(portal.stepChange(id, { from: ['waiting'], to: 'sending', at })).toBeNull();
});

test('what was being sent when the process died is unconfirmed afterwards', () => {
  const file = temporaryFile();
  const portal = withTicket(file);
  const { id } = edit(portal, { status: 'Open' });
  portal.stepChange(id, { from: ['waiting'], to: 'sending', at, marker: 'm-1', sent: true });
  portal.close();
  const again = open(file, 'next');
  expect(change(again, id)).toMatchObject({ state: 'unconfirmed', marker: 'm-1', attempts: 1, sentAt: at });
});

test('another program may insert: few columns are enough, and what makes no sense is refused with a reason', () => {
  const file = temporaryFile();
  const portal = withTicket(file);
  const other = new DatabaseSync(file);
  const insert = other.prepare(
    'INSERT INTO changes (id, integration, type, kind, external_id, fields) VALUES (?, ?, ?, ?, ?, ?)',
  );
  insert.run('good', 'halo-psa', 'tickets', 'update', '7', '{"status":"Open"}');
  insert.run('unknown-record', 'halo-psa', 'tickets', 'update', '8', '{"status":"Open"}');
  insert.run('no-json', 'halo-psa', 'tickets', 'update', '7', 'status=Open');
  insert.run('nested', 'halo-psa', 'tickets', 'create', null, '{"title":{"a":1}}');
  insert.run('odd-kind', 'halo-psa', 'tickets', 'remove', '7', '{}');
  other.close();
  portal.adoptChanges('halo-psa');
  const recordId = only(portal, 'tickets').id;
  expect(change(portal, 'good')).toMatchObject({ state: 'waiting', recordId, base: { status: 'New' } });
  for (const id of ['unknown-record', 'no-json', 'nested', 'odd-kind']) {
    expect(change(portal, id).state, id).toBe('refused');
    expect(change(portal, id).reason?.length, id).toBeGreaterThan(10);
  }
});

test('the same value, however it is written', () => {
  for (const [a, b] of [
    [' Printer  offline\r\n', 'Printer offline'],
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.4000000Z'],
    ['', null],
    [undefined, null],
    ['Cafe\u0301', 'Caf\u00e9'],
  ]) {
    expect(same(a, b)).toBe(true);
  }
  for (const [a, b] of [
    ['Printer', 'printer'],
    [0, null],
    ['2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z'],
    [false, null],
  ]) {
    expect(same(a, b)).toBe(false);
  }
});
