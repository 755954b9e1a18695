/** What a vendor's values are called here: seen, changed and saved on the screen. */
import { afterEach, expect, test } from 'vitest';
import { mappingLine } from '../../../src/console/views/mapping/command-line.ts';
import { type MappedField, mappingRows } from '../../../src/console/views/mapping/rows.ts';
import { InvalidInput } from '../../../src/engine/engine.ts';
import { heldDetail, heldValue } from '../../../src/engine/sync/unmapped.ts';
import type { SyncIssue } from '../../../src/portal/issue.ts';
import { connectedHouse, type House } from '../../engine/house.ts';
import { at, integration, manifest, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole, openConsoleOn } from './open-console.tsx';

const size = { columns: 80, rows: 24 };

const held = (id: number, value: string, named = true): SyncIssue => ({
  id,
  integration: 'halo-psa',
  type: 'tickets',
  externalId: String(id),
  reason: 'unmapped-value',
  label: `${id} Printer`,
  detail: heldDetail('tickets', { field: 'status', value, named }),
  firstSeen: at(-60),
  lastSeen: at(-5),
  dismissed: false,
});

const table = [
  { vendor: 'New', portal: 'Open' },
  { vendor: 'Closed', portal: 'Closed' },
];

function desk(): FakeEngine {
  const engine = new FakeEngine(
    snapshotOf([
      integration('halo-psa', { sync: { mapping: { tickets: { status: table } } } }),
      integration('syncro', { sync: { mapping: { tickets: { status: [{ vendor: 'Hold', portal: 'Parked' }] } } } }),
    ]),
  );
  const named = (names: readonly string[]) => names.map((name, id) => ({ id: String(id), name }));
  engine.lists = { statuses: named(['New', 'On Hold', 'Frozen', 'Closed']), priorities: named(['Low', 'High']) };
  engine.syncIssues = [held(1, 'Frozen'), held(2, 'frozen'), held(3, '77', false)];
  engine.described = {
    ...manifest,
    recordTypes: manifest.recordTypes.map((spec) =>
      spec.type === 'tickets' ? { ...spec, named: { status: 'statuses', priority: 'priorities' } } : spec,
    ),
  };
  return engine;
}

async function openMapping(engine = desk()) {
  const console = await openConsole(size, engine);
  console.store.open({ view: 'integration', id: 'halo-psa', tab: 'mapping' });
  await console.screen.waitFor((text) => text.includes('Closed'));
  return console;
}

const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part));

test('values without a name come first, told by a sign, a word and a count; without a table the vendor names them', async () => {
  const { screen } = await openMapping();
  const text = screen.text();
  expect(text).toContain('! 3 values without a name; 3 records are held back for that.');
  expect(text).toMatch(/Ticket status +Frozen +- +! no name here +2/);
  expect(text).toMatch(/Ticket status +77 +- +! no name there +1/);
  expect(text).toMatch(/Ticket status +New +Open +in the table/);
  expect(text).toMatch(/Ticket priority +High +High +vendor's name/);
  const order = ['Frozen', '77', 'On Hold', 'New', 'High'].map((name) => lineOf(text, ` ${name} `));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(text).toContain('The table of ticket status lacks it: 2 records with it are held back.');
  await screen.unmount();
});

test('changes are gathered, taken back one by one, and saved together; saving is taken back too', async () => {
  const { screen, engine, store } = await openMapping();
  await screen.press('enter');
  await screen.type('park');
  // In use at another integration.
  await screen.waitFor((text) => text.includes('( ) Parked'));
  await screen.press('enter');
  expect(screen.text()).toMatch(/Frozen +Parked +\* not saved/);
  expect(screen.text()).toContain('1 change not saved');
  expect(screen.text()).toContain('5 Mapping *');
  await screen.press('a');
  expect(screen.text()).toMatch(/On Hold +On Hold +\* not saved/);
  await screen.press('u');
  expect(screen.text()).toMatch(/On Hold +- +! no name here/);
  expect(engine.calls.filter((call) => call.startsWith('configure'))).toEqual([]);
  await screen.press('w');
  const saved = JSON.stringify({
    mapping: { tickets: { status: [...table, { vendor: 'Frozen', portal: 'Parked' }] } },
  });
  expect(engine.calls).toContain(`configure halo-psa ${saved}`);
  expect(screen.text()).not.toContain('not saved');
  const line = "msportal configure halo-psa --map 'tickets.status:Frozen=Parked'";
  expect(store.getState().actions.map((action) => action.line)).toContain(line);
  await screen.press('u');
  expect(engine.calls).toContain(`configure halo-psa ${JSON.stringify({ mapping: { tickets: { status: table } } })}`);
  expect(screen.text()).toMatch(/Frozen +Parked +\* not saved/);
  expect(store.getState().actions.at(-1)?.line).toBe("msportal configure halo-psa --unmap 'tickets.status:Frozen'");
  await screen.unmount();
});

test('a mapping that was changed again since it was saved is not taken back over that', async () => {
  const { screen, engine } = await openMapping();
  await screen.press('a');
  await screen.press('w');
  const elsewhere = { tickets: { status: [...table, { vendor: 'Frozen', portal: 'On the shelf' }] } };
  await engine.configure('halo-psa', { mapping: elsewhere });
  const before = engine.calls.length;
  await screen.press('u');
  expect(screen.text()).toContain('The mapping was changed again since, so it was left as it is.');
  expect(engine.calls.slice(before).filter((call) => call.startsWith('configure'))).toEqual([]);
  await screen.unmount();
});

test('the first name of a field makes a table of all values; a table is emptied by values or at once', async () => {
  const { screen, engine } = await openMapping();
  await screen.press('/');
  await screen.type('priority');
  await screen.press('enter', 'enter');
  await screen.type('Normal');
  await screen.waitFor((text) => text.includes('a new name'));
  await screen.press('enter', 'w');
  const priority = [
    { vendor: 'Low', portal: 'Normal' },
    { vendor: 'High', portal: 'High' },
  ];
  const both = { mapping: { tickets: { status: table, priority } } };
  expect(engine.calls).toContain(`configure halo-psa ${JSON.stringify(both)}`);
  await screen.press('-');
  expect(screen.text()).toMatch(/Low +- +! no name here/);
  await screen.press('_');
  expect(screen.text()).toMatch(/Low +Low +\* not saved/);
  await screen.press('w');
  expect(engine.calls.at(-1)).toBe(`configure halo-psa ${JSON.stringify({ mapping: { tickets: { status: table } } })}`);
  await screen.unmount();
});

const filled = [...table, ...['On Hold', 'Frozen'].map((name) => ({ vendor: name, portal: name }))];

test('a name and Enter that arrive in one read are taken as they were typed', async () => {
  const { screen } = await openMapping();
  await screen.send('\rOn the shelf\r');
  await screen.waitFor((text) => /Frozen +On the shelf +\* not saved/.test(text));
  await screen.unmount();
});

test('what is not saved waits while one looks elsewhere, and quitting asks', async () => {
  const { screen, store, engine, left } = await openMapping();
  await screen.press('a', 'tab');
  expect(screen.text()).toContain('not saved yet; it waits in its tab');
  await screen.press('I', 'q');
  expect(screen.text()).toContain('Not saved: the mapping of Halo PSA.');
  await screen.press('n');
  expect(left()).toBe(false);
  store.open({ view: 'integration', id: 'halo-psa', tab: 'mapping' });
  await screen.waitFor((text) => text.includes('2 changes not saved'));
  // Saved from elsewhere, as the preview does: nothing is left to save, and nothing is said of it.
  await engine.configure('halo-psa', { mapping: { tickets: { status: filled } } });
  await screen.settled();
  expect(screen.text()).not.toContain('not saved');
  await screen.press('q');
  expect(left()).toBe(true);
  await screen.unmount();
});

test('what the engine refuses stays on the screen with its reason', async () => {
  const { screen, engine } = await openMapping();
  await screen.press('a');
  engine.refusal = new InvalidInput([
    { path: 'mapping.tickets.status', message: 'The vendor\'s "New" is in it twice.' },
  ]);
  await screen.press('w');
  expect(screen.text()).toContain('The vendor\'s "New" is in it twice.');
  expect(screen.text()).toContain('2 changes not saved');
  await screen.unmount();
});

test('Enter on a sync issue, and on its story, leads to the value', async () => {
  const engine = desk();
  engine.syncIssues = [held(9, 'On Hold')];
  engine.story = {
    type: 'tickets',
    asked: '9',
    outcome: 'held',
    answer: 'It is held back.',
    fix: null,
    records: [],
    lines: [],
  };
  const { screen, store } = await openConsole(size, engine);
  const mapping = { view: 'integration', id: 'halo-psa', tab: 'mapping' };
  await screen.press('U');
  await screen.waitFor((text) => text.includes('9 Printer'));
  await screen.press('enter');
  expect(store.context().place).toEqual(mapping);
  await screen.waitFor((text) => /> +Ticket status +On Hold/.test(text));
  await screen.press('escape');
  await screen.press('w');
  await screen.waitFor((text) => text.includes('It is held back.'));
  await screen.press('enter');
  expect(store.context().place).toEqual(mapping);
  await screen.unmount();
});

test('a value that the table has and the vendor no longer lists is told; a held value is read back from its issue', () => {
  const field: MappedField = { type: 'tickets', field: 'status', label: 'Ticket status', names: ['New'] };
  const tables = {
    'tickets.status': [
      { vendor: ' new ', portal: 'Open' },
      { vendor: 'Old', portal: 'Open' },
    ],
  };
  const rows = mappingRows([field], tables, tables, []);
  expect(rows.map(({ vendor, state }) => [vendor, state])).toEqual([
    ['New', 'mapped'],
    ['Old', 'unlisted'],
  ]);
  for (const named of [true, false]) {
    const value = { field: 'status', value: 'In "hold"\nthere', named };
    expect(heldValue(heldDetail('tickets', value))).toEqual(value);
  }
  expect(heldValue('The company is not imported.')).toBeNull();
});

test('the command line is told the same, each value as one word of a shell', () => {
  const saved = { 'tickets.status': table };
  const named = [{ vendor: 'New', portal: "Client's turn" }];
  expect(mappingLine('syncro', saved, { 'tickets.status': named })).toBe(
    `msportal configure syncro --unmap 'tickets.status:Closed' --map 'tickets.status:New=Client'\\''s turn'`,
  );
  const fresh = {
    ...saved,
    'tickets.priority': [
      { vendor: 'Low', portal: 'Low' },
      { vendor: 'High', portal: 'Top' },
    ],
  };
  expect(mappingLine('syncro', saved, fresh)).toBe(`msportal configure syncro --map 'tickets.priority:High=Top'`);
  expect(mappingLine('syncro', fresh, saved)).toBe('msportal configure syncro --unmap tickets.priority');
});

let house: House | undefined;
afterEach(async () => {
  await house?.[Symbol.asyncDispose]();
  house = undefined;
});

test('a ticket that is held back comes in by keys alone: issue, value, name, save, sync', async () => {
  const id = 'halo-psa';
  house = await connectedHouse(id, { scale: 30 });
  const { engine } = house;
  await engine.sync(id);
  const where = [{ field: 'isClosed', op: '=', value: false }] as const;
  const [record] = (await engine.records({ type: 'tickets', where, limit: 1 })).records;
  const missing = String(record?.status);
  const { lists } = await engine.lookups(id);
  const names = (lists.statuses ?? []).map(({ name }) => name).filter((name) => name !== missing);
  const status = names.map((name) => ({ vendor: name, portal: name }));
  await engine.configure(id, { mapping: { tickets: { status } } });
  await engine.sync(id);
  const issues = () => engine.issues({ integration: id, reason: 'unmapped-value' });
  expect((await issues()).length).toBeGreaterThan(0);

  const { screen } = await openConsoleOn(engine, size);
  await screen.press('U', '/');
  await screen.type('reason:unknown');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('unknown value'));
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('! no name here'));
  await screen.press('enter');
  await screen.type('Under way');
  await screen.waitFor((text) => text.includes('a new name'));
  await screen.press('enter', 'w');
  await screen.waitFor((text) => text.includes('Saved.'));
  await screen.press('s');
  await screen.waitFor((text) => text.includes('synced in'), 10_000);
  expect(await issues()).toEqual([]);
  expect((await engine.record('tickets', record!.id))?.status).toBe('Under way');
  await screen.unmount();
});
