import { expect, test } from 'vitest';
import { InvalidInput } from '../../../src/engine/engine.ts';
import type { PendingMatch } from '../../../src/portal/link-commands.ts';
import { change } from '../changes.ts';
import { at, integration, manifest, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 80, rows: 24 };

test('a conflict shows before, ours and theirs of each field, and is settled field by field', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa', { outbox: { conflicted: 1 } })]));
  engine.outbox = [change({})];
  const { screen, store } = await openConsole(size, engine);
  await screen.press('P');
  await screen.press('enter');
  expect(store.context().place).toEqual({ view: 'conflict', change: 'c1' });
  const text = screen.text();
  expect(text).toMatch(/before +Open/);
  expect(text).toMatch(/ours +Closed +sam, 2026-03-01 11:40/);
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

test('another record is called by its name in the outbox and in a conflict, not by its id', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa', { outbox: { conflicted: 1 } })]));
  engine.tables = {
    users: [
      { id: 'u1', externalId: '5', fullName: 'Gus Zeller' },
      { id: 'u2', externalId: '6', fullName: 'Hope Patel' },
    ],
  };
  const sides = { base: null, ours: '5', theirs: '6', at: at(-3), theirsAt: at(-10), theirsBy: 'hpatel', winner: null };
  engine.outbox = [
    change({
      fields: { assigneeExternalId: '5' },
      base: { assigneeExternalId: null },
      conflicts: [{ field: 'assigneeExternalId', ...sides }],
    }),
  ];
  const { screen } = await openConsole(size, engine);
  await screen.press('P');
  await screen.waitFor((text) => /Conflict +901 Printer offline +Assignee: Gus Zeller/.test(text));
  await screen.press('enter');
  await screen.waitFor((text) =>
    /> Assignee[\s\S]*ours +Gus Zeller[\s\S]*theirs +Hope Patel +hpatel, 2026-03-01/.test(text),
  );
  await screen.unmount();
});

test('a row that was unlinked and is not kept says what reads it again', async () => {
  const engine = new FakeEngine(snapshotOf([integration('autotask')]));
  engine.tables = { companies: [{ id: 'acme', name: 'Acme' }] };
  const row = { integration: 'autotask', type: 'companies', externalId: '900', label: 'Acme' } as const;
  engine.pending = [{ ...row, detail: 'It was unlinked by hand.', hasRow: false, unlinked: true, candidates: [] }];
  const { screen } = await openConsole(size, engine);
  await screen.press('H');
  await screen.waitFor((text) => text.includes('A full sync of Autotask (S) reads it again'));
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('( ) Acme'));
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
  await screen.press('r');
  expect(store.context().place).toMatchObject({ view: 'records', type: 'tickets', filter: 'externalId=901' });
  await screen.unmount();
});

const ticket = {
  id: 't1',
  provider: 'halo-psa',
  externalId: '901',
  ticketNumber: '901',
  title: 'Printer offline',
  status: 'Open',
  companyId: 'acme',
  companyName: 'Acme',
};

function desk(): FakeEngine {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa')]));
  engine.tables = {
    tickets: [ticket],
    companies: [
      { id: 'acme', name: 'Acme' },
      { id: 'bolt', name: 'Bolt Ltd' },
    ],
  };
  engine.lists = { statuses: ['Open', 'In progress', 'Closed'].map((name, id) => ({ id: String(id), name })) };
  engine.described = {
    ...manifest,
    recordTypes: manifest.recordTypes.map((spec) =>
      spec.type !== 'tickets'
        ? spec
        : {
            ...spec,
            direction: 'two-way',
            named: { status: 'statuses' },
            writes: {
              create: { fields: ['title', 'companyExternalId'], required: ['title', 'companyExternalId'] },
              update: { fields: ['title', 'status', 'companyExternalId'] },
              notes: true,
              readOnly: { description: 'Add a note instead.' },
            },
          },
    ),
  };
  return engine;
}

test('e changes a ticket in a form: lists are chosen from, what is read only says why, and the change is in the outbox', async () => {
  const engine = desk();
  const { screen, store } = await openConsole(size, engine);
  store.open({ view: 'records', type: 'tickets' });
  await screen.press('home');
  await screen.press('e');
  expect(screen.text()).toMatch(/Title +Printer offline/);
  expect(screen.text()).toContain('read only: Add a note instead.');
  await screen.press('s');
  expect(screen.text()).toContain('Nothing is changed yet.');
  await screen.press('j');
  await screen.press('enter');
  await screen.waitFor((text) => /Now: Open[\s\S]*> \(x\) Open[\s\S]*\( \) Closed/.test(text));
  await screen.press('c');
  expect(screen.text()).not.toContain(') Open');
  await screen.press('enter');
  expect(screen.text()).toMatch(/Status +Open → Closed/);
  // Esc asks before what was entered is lost; No stays.
  await screen.press('escape');
  expect(screen.text()).toContain('Leave the form?');
  await screen.press('n');
  await screen.press('s');
  expect(engine.calls).toContain('propose update tickets t1 {"status":"Closed"}');
  expect(screen.text()).toContain('In the outbox; the next sync sends it to Halo PSA.');
  expect(store.context().place.view).toBe('records');
  await screen.unmount();
});

test('the form says that an integration is read-only, and why a field or a whole type is', async () => {
  const engine = desk();
  engine.change('halo-psa', { sync: { readOnly: true } });
  const { recordTypes } = engine.described;
  const reason = 'Halo has no way to change its agents.';
  engine.described = {
    ...engine.described,
    recordTypes: recordTypes.map((spec) =>
      spec.type === 'users' ? { ...spec, writes: { readOnly: { fullName: reason } } } : spec,
    ),
  };
  engine.tables = {
    ...engine.tables,
    users: [{ id: 'u1', provider: 'halo-psa', externalId: '7', fullName: 'Sam Reed' }],
  };
  const { screen, store } = await openConsole(size, engine);
  store.open({ view: 'edit', kind: 'update', type: 'tickets', integration: 'halo-psa', record: 't1' });
  await screen.waitFor((text) => text.includes('Halo PSA is read-only: nothing is written there.'));
  engine.change('halo-psa', { sync: {} });
  store.open({ view: 'records', type: 'users' });
  await screen.waitFor((text) => text.includes('Sam Reed'));
  await screen.press('e');
  await screen.waitFor((text) => text.includes(`Read only. ${reason}`));
  await screen.press('escape');
  await screen.press('E');
  expect(screen.text()).toContain(`Users of Halo PSA are only read; change it there. ${reason}`.slice(0, 70));
  await screen.unmount();
});

test('n asks for what a new ticket needs, and names companies by the portal', async () => {
  const engine = desk();
  const { screen, store } = await openConsole(size, engine);
  store.open({ view: 'records', type: 'tickets' });
  await screen.press('home');
  await screen.press('n');
  await screen.press('s');
  expect(screen.text()).toContain('Title is needed.');
  await screen.press('enter');
  await screen.type('No network');
  await screen.press('enter');
  await screen.press('j');
  await screen.press('enter');
  await screen.type('bolt');
  await screen.press('enter');
  await screen.press('s');
  expect(engine.calls).toContain('propose create tickets  {"title":"No network","companyId":"bolt"}');
  await screen.unmount();
});

test('a adds a private note, and a refusal stays on the line it is about', async () => {
  const engine = desk();
  const { screen, store } = await openConsole(size, engine);
  store.open({ view: 'records', type: 'tickets' });
  await screen.press('home');
  await screen.press('a');
  await screen.press('enter');
  await screen.type('Called back.');
  await screen.press('enter');
  engine.refusal = new InvalidInput([{ path: 'text', message: 'A note needs more than this.' }]);
  await screen.press('s');
  expect(store.context().place.view).toBe('edit');
  engine.refusal = null;
  await screen.press('s');
  expect(engine.calls).toContain('propose note tickets t1 {"private":true,"text":"Called back."}');
  await screen.unmount();
});

test('a doubtful row is linked to a likely record, made a new one, or left out', async () => {
  const engine = desk();
  const row = (externalId: string, label: string): PendingMatch => ({
    integration: 'halo-psa',
    type: 'companies',
    externalId,
    label,
    detail: 'Two companies here are called so.',
    hasRow: true,
    unlinked: false,
    candidates: [{ recordId: 'bolt', label: 'Bolt Ltd', by: 'similar', confidence: 0.7 }],
  });
  engine.pending = [row('1', 'Bolt'), row('2', 'Crane'), row('3', 'Dune')];
  const { screen } = await openConsole(size, engine);
  await screen.press('H');
  expect(screen.text()).toContain('Two companies here are called so.');
  expect(screen.text()).toContain('Bolt Ltd  similar name, 70 %');
  await screen.press('enter');
  await screen.press('enter');
  await screen.press('n');
  await screen.press('i');
  expect(engine.calls.filter((call) => /^(link|create|ignore)/.test(call))).toEqual([
    'link halo-psa companies 1 bolt',
    'createFromRow 2',
    'ignoreRow 3',
  ]);
  expect(screen.text()).toContain('No row waits');
  await screen.unmount();
});

test('Enter on a sync issue leads to where it is decided', async () => {
  const engine = desk();
  const issue = {
    integration: 'halo-psa',
    type: 'tickets',
    externalId: '1',
    label: 'A row',
    detail: '',
    dismissed: false,
  } as const;
  const times = { firstSeen: at(-60), lastSeen: at(-5) };
  engine.syncIssues = [{ ...issue, ...times, id: 1, reason: 'doubtful-match' }];
  const { screen, store } = await openConsole(size, engine);
  await screen.press('U');
  await screen.press('enter');
  expect(store.context().place).toEqual({ view: 'matching', tab: 'waiting' });
  engine.syncIssues = [{ ...issue, ...times, id: 2, reason: 'conflict' }];
  await screen.press('U');
  await screen.press('ctrl+r');
  await screen.press('enter');
  expect(store.context().place).toEqual({ view: 'outbox', integration: 'halo-psa' });
  await screen.unmount();
});

test('the grid shows what is missing where; a cell is linked and unlinked, marked companies merge into one', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa'), integration('autotask')]));
  engine.gridRows = [
    { recordId: 'acme', label: 'Acme', links: { 'halo-psa': ['11'], autotask: ['900'] } },
    { recordId: 'bolt', label: 'Bolt Ltd', links: { 'halo-psa': ['12'] } },
  ];
  engine.tables = { companies: [] };
  engine.pending = [
    {
      integration: 'autotask',
      type: 'companies',
      externalId: '901',
      label: 'Bolt',
      detail: '',
      hasRow: true,
      unlinked: false,
      candidates: [],
    },
  ];
  const { screen } = await openConsole(size, engine);
  await screen.press('K');
  await screen.press('h');
  expect(screen.text()).not.toContain('Acme');
  if (!screen.text().includes('[Autotask]')) await screen.press('right');
  expect(screen.text()).toContain('[Autotask]');
  await screen.press('enter');
  await screen.press('enter');
  expect(engine.calls).toContain('link autotask companies 901 bolt');
  await screen.press('h');
  await screen.press('home');
  await screen.press('x');
  expect(screen.text()).toContain('Unlink Acme?');
  await screen.press('y');
  expect(engine.calls).toContain('unlink autotask companies 900');
  await screen.press('space');
  await screen.press('m');
  expect(screen.text()).toContain('"Acme" becomes one with "Bolt Ltd"');
  await screen.press('y');
  expect(engine.calls).toContain('mergeRecords companies bolt acme');
  await screen.unmount();
});

test('the grid is a window into any number of companies, filtered and counted where they are kept', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa'), integration('autotask')]));
  engine.gridRows = Array.from({ length: 12_000 }, (_, number) => ({
    recordId: `c${number}`,
    label: `Company ${number}`,
    links: { 'halo-psa': [String(number)], ...(number % 2 === 0 ? { autotask: [String(number)] } : {}) },
  }));
  const { screen } = await openConsole(size, engine);
  await screen.press('K');
  await screen.waitFor((text) => text.includes('1 of 12,000 companies'));
  for (let page = 0; page < 30; page += 1) await screen.press('pagedown');
  await screen.waitFor((text) => /> Company (\d+) [\s\S]*\n.* (?!1 )[\d,]+ of 12,000/.test(text));
  expect(engine.gridPage).toBe(100);
  await screen.press('h');
  await screen.waitFor((text) => text.includes('of 6,000 companies, only those that lack a link'));
  // Too far to read all that is between: the order is turned round instead.
  await screen.press('G');
  await screen.waitFor((text) => text.includes('the order is reversed'));
  await screen.unmount();
});

test('the settings of an integration say which side wins, and keep it from writing', async () => {
  const { screen, store, engine } = await openConsole(size, desk());
  store.open({ view: 'integration', id: 'halo-psa', tab: 'settings' });
  await screen.press('home');
  expect(screen.text()).toMatch(/Changed on both sides +\[ask\] {2}vendor {3}portal/);
  // Below the interval and the four record types.
  await screen.press('j', 'j', 'j', 'j', 'j');
  await screen.press('right');
  expect(engine.calls).toContain('configure halo-psa {"conflicts":"vendor"}');
  expect(screen.text()).toContain('ask  [vendor]  portal');
  await screen.press('j');
  await screen.press('space');
  expect(engine.calls).toContain('configure halo-psa {"readOnly":true}');
  expect(screen.text()).toContain('what is in the outbox waits');
  await screen.unmount();
});

test('what was refused is changed in the form: other values, and a field less', async () => {
  const engine = desk();
  const wanted = { title: 'Printer', status: 'Done', companyExternalId: '77' };
  engine.tables = { ...engine.tables, companies: [{ id: 'bolt', externalId: '77', name: 'Bolt Ltd' }] };
  engine.outbox = [change({ state: 'refused', fields: wanted, conflicts: [], reason: 'There is no status Done.' })];
  const { screen, store } = await openConsole(size, engine);
  await screen.press('P');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('Bolt Ltd'));
  expect(store.context().place).toMatchObject({ view: 'edit', kind: 'update', record: 't1', change: 'c1' });
  expect(screen.text()).toMatch(/Status +Open → Done/);
  // As it is, there is nothing to save.
  await screen.press('s');
  expect(screen.text()).toContain('Nothing is changed yet');
  await screen.press('x');
  await screen.press('j', 'enter');
  await screen.waitFor((text) => text.includes('In progress'));
  await screen.type('clo');
  await screen.press('enter');
  await screen.press('s');
  expect(engine.calls).toContain('edit {"status":"Closed"} without title c1');
  expect(engine.calls.some((call) => call.startsWith('propose'))).toBe(false);
  expect(store.context().place.view).toBe('outbox');
  await screen.unmount();
});

test('what was sent already opens its record and no form', async () => {
  const engine = desk();
  engine.outbox = [change({ state: 'unconfirmed', conflicts: [] })];
  const { screen, store } = await openConsole(size, engine);
  await screen.press('P');
  await screen.press('e');
  expect(screen.text()).toContain('only what waits or was refused can be changed');
  await screen.press('enter');
  expect(store.context().place.view).toBe('records');
  await screen.unmount();
});

test('a note keeps its lines, pasted and typed, and when it is changed again', async () => {
  const engine = desk();
  const { screen, store } = await openConsole(size, engine);
  store.open({ view: 'edit', kind: 'note', type: 'tickets', integration: 'halo-psa', record: 't1' });
  await screen.waitFor((text) => text.includes('Note'));
  await screen.press('enter');
  await screen.paste('Called back.\r\nNobody there.\n');
  await screen.press('alt+enter');
  await screen.type('Later.');
  expect(screen.text()).toContain('Called back.↵Nobody there.↵Later.');
  await screen.press('enter');
  await screen.press('s');
  const text = 'Called back.\nNobody there.\nLater.';
  expect(engine.calls).toContain(`propose note tickets t1 ${JSON.stringify({ private: true, text })}`);
  engine.outbox = [change({ kind: 'note', state: 'waiting', fields: { text, private: true }, conflicts: [] })];
  await screen.press('P');
  await screen.press('e');
  await screen.waitFor((shown) => shown.includes('Private'));
  await screen.press('enter');
  await screen.type(' Again.');
  await screen.press('enter');
  await screen.press('s');
  expect(engine.calls).toContain(`edit ${JSON.stringify({ text: `${text} Again.` })} c1`);
  await screen.unmount();
});
