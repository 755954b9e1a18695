/** The screen of sync issues, by keys. */
import { expect, test } from 'vitest';
import type { IssueFilter, IssuePage, SyncIssue } from '../../../src/portal/issue.ts';
import { at, integration, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 80, rows: 24 };

function issue(id: number, change: Partial<SyncIssue> = {}): SyncIssue {
  return {
    id,
    integration: 'halo-psa',
    type: 'tickets',
    externalId: String(id),
    reason: 'company-not-imported',
    label: `${id} Printer`,
    detail: 'The ticket belongs to company 7, which is not in the portal.',
    firstSeen: at(-600),
    lastSeen: at(-5),
    dismissed: false,
    ...change,
  };
}

/** Five hundred of one reason, and one of another that is newest. */
function desk() {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa'), integration('stripe')]));
  engine.syncIssues = [
    ...Array.from({ length: 500 }, (_, index) => issue(1_000 + index)),
    issue(9, {
      reason: 'unmapped-value',
      label: '9 Scanner',
      detail: 'The vendor\'s status "On Hold" is not in the table of values. Say what it is here.',
    }),
    issue(8, {
      integration: 'stripe',
      type: 'invoices',
      reason: 'not-selected',
      label: 'Draft for Acme',
      detail: 'The invoice is a draft, and drafts are not wanted.',
    }),
  ];
  return engine;
}

test('five hundred of one reason are one line; Enter opens them, Esc leads back to the same line', async () => {
  const engine = desk();
  const { screen, store } = await openConsole(size, engine);
  await screen.press('U');
  await screen.waitFor((text) => text.includes('500'));
  expect(screen.text()).toMatch(/company missing +Tickets .* 500 /);
  expect(screen.text()).toContain('unknown value');
  expect(screen.text()).toContain('500 tickets, company missing');
  expect(screen.text()).toContain('Such as   1000 Printer');
  expect(screen.text()).toContain('Enter open   a again   d dismiss');

  await screen.press('enter');
  await screen.waitFor((text) => text.includes('1 of 500'));
  const group = { type: 'tickets', reason: 'company-not-imported' };
  expect(store.context().place).toEqual({ view: 'issues', integration: 'halo-psa', group });
  expect(screen.text()).toContain('company missing: Tickets');
  await screen.press('end');
  await screen.waitFor((text) => text.includes('500 of 500') && text.includes('1499 Printer'));
  await screen.press('escape');
  await screen.press('j');
  await screen.press('enter');
  expect(store.context().place).toMatchObject({ view: 'integration', tab: 'mapping' });
  await screen.press('escape');
  await screen.waitFor((text) => /> +unknown value/.test(text));
  await screen.unmount();
});

test('only what is around the cursor is read, however long the group is', async () => {
  const engine = desk();
  engine.syncIssues = Array.from({ length: 5_000 }, (_, index) => issue(index));
  const asked: (IssueFilter & IssuePage)[] = [];
  const { issues } = engine;
  engine.issues = async (filter) => {
    asked.push(filter);
    return await issues(filter);
  };
  const { screen } = await openConsole(size, engine);
  await screen.press('U');
  await screen.waitFor((text) => text.includes('5,000'));
  await screen.press('enter');
  await screen.press('end');
  await screen.waitFor((text) => text.includes('5,000 of 5,000') && text.includes('4999 Printer'));
  expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([
    [0, 300],
    [4800, 300],
  ]);
  // A filter is the engine's work: it finds what was never read.
  await screen.press('/');
  await screen.type('"2345 Printer"');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('1 of 1') && text.includes('2345 Printer'));
  await screen.unmount();
});

test('a retry is of the whole group, of the marked ones, or of one; what came of it is said', async () => {
  const engine = desk();
  const { screen } = await openConsole(size, engine);
  await screen.press('U');
  await screen.waitFor((text) => text.includes('500'));
  engine.retried = { tried: 500, settled: 498, undecided: 0, runs: [] };
  await screen.press('a');
  await screen.waitFor((text) => text.includes('500 issues tried again: 498 settled, 2 still stand.'));
  const group = { integration: 'halo-psa', type: 'tickets', reason: 'company-not-imported' };
  expect(JSON.parse(engine.calls.at(-1)!.slice('retry '.length))).toEqual({ ...group, includeDismissed: false });

  await screen.press('enter');
  await screen.waitFor((text) => text.includes('1 of 500'));
  engine.retried = { tried: 2, settled: 2, undecided: 0, runs: [] };
  await screen.press('space', 'space');
  await screen.press('a');
  await screen.waitFor((text) => text.includes('2 issues tried again: all are settled.'));
  expect(engine.calls.at(-1)).toBe('retry {"ids":[1000,1001],"includeDismissed":false}');
  await screen.unmount();
});

test('a group is dismissed at once, shown again, and restored by undo or by the same key', async () => {
  const engine = desk();
  const { screen } = await openConsole(size, engine);
  const open = () => engine.syncIssues.filter(({ dismissed }) => !dismissed).length;
  await screen.press('U');
  await screen.waitFor((text) => text.includes('500'));
  await screen.press('d');
  await screen.waitFor((text) => text.includes('500 issues dismissed'));
  expect(open()).toBe(2);
  await screen.press('u');
  await screen.waitFor((text) => text.includes('500 issues restored.'));
  expect(open()).toBe(502);

  await screen.press('home', 'd');
  await screen.waitFor((text) => !text.includes('company missing'));
  await screen.press('h');
  await screen.waitFor((text) => text.includes('company missing'));
  await screen.press('home', 'd');
  await screen.waitFor((text) => text.includes('issues restored.'));
  expect(open()).toBe(502);
  await screen.unmount();
});

test('Enter always leads somewhere, and the hint bar says where; the to-do is true of the record', async () => {
  const engine = desk();
  const { screen, store } = await openConsole(size, engine);
  const cases: [Partial<SyncIssue>, string, object][] = [
    [{ reason: 'not-selected', type: 'invoices' }, 'settings', { view: 'integration', tab: 'settings' }],
    [{ reason: 'not-selected', type: 'devices' }, 'story', { view: 'explain', type: 'devices', record: '1' }],
    [{ reason: 'company-not-imported' }, 'story', { view: 'explain', type: 'tickets', record: '1' }],
    [{ reason: 'company-not-imported', type: 'companies' }, 'match', { view: 'matching', tab: 'waiting' }],
    [{ reason: 'refused', externalId: 'change:c1' }, 'outbox', { view: 'outbox', integration: 'halo-psa' }],
    [{ reason: 'conflict', externalId: 'change:c1' }, 'settle', { view: 'conflict', change: 'c1' }],
    [{ reason: 'part-failed', type: null, externalId: 'part:a' }, 'checks', { view: 'integration', tab: 'checks' }],
    [{ reason: 'deletion-guard', externalId: null }, 'overview', { view: 'integration', tab: 'overview' }],
    [{ reason: 'malformed' }, 'story', { view: 'explain', record: '1' }],
  ];
  for (const [change, word, place] of cases) {
    engine.syncIssues = [issue(1, change)];
    store.open({ view: 'issues' });
    await screen.press('ctrl+r');
    await screen.waitFor((text) => text.includes(`Enter ${word}`));
    expect(screen.text()).not.toContain('board or type');
    await screen.press('enter');
    expect(store.context().place).toMatchObject(place);
    store.open({ view: 'integrations' });
  }
  await screen.unmount();
});

test('groups and the list of one fit windows of any size', async () => {
  const engine = desk();
  const { screen } = await openConsole(size, engine);
  await screen.press('U');
  await screen.waitFor((text) => text.includes('500'));
  for (const [columns, rows] of [
    [60, 15],
    [200, 50],
    [90, 24],
  ] as const) {
    await screen.resize(columns, rows);
    await screen.waitFor(() => (screen.lines().at(-1) ?? '').includes('quit'));
    expect(screen.text()).toContain('company missing');
    await screen.press('enter');
    await screen.waitFor((text) => text.includes('1 of 500') && text.includes('1000 Printer'));
    expect([screen.scrolledOut, screen.lines().length]).toEqual([0, rows]);
    await screen.press('escape');
  }
  await screen.unmount();
});
