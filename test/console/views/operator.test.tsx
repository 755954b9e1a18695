/** What operators do, key by key, on the whole console. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { App } from '../../../src/console/app/app.tsx';
import { ConsoleStore } from '../../../src/console/app/store.ts';
import { defaultSettings } from '../../../src/console/settings.ts';
import { fresh, integration, now, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { mountScreen } from '../screen.ts';
import { practice } from '../screens/practice.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 100, rows: 40 };

test('what a company owes: from its name to its open invoices, and all the way back', async () => {
  const { screen, store } = await openConsole(size, practice());
  await screen.press(':');
  await screen.type('companies north');
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('1 of 1'));
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('1,480.00 GBP, the oldest due'));
  await screen.press('G', 'k', 'k', 'k', 'enter');
  expect(store.context().place).toEqual({
    view: 'records',
    type: 'invoices',
    filter: 'company="Northwind Dental" open:yes',
  });
  await screen.waitFor((text) => text.includes('1 of 2'));
  await screen.press('escape', 'escape');
  expect(store.context().place.view).toBe('company');
  await screen.unmount();
});

test('several at once: marked integrations are synced together; what was done is told as command lines', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa'), integration('syncro'), integration('stripe')]));
  const { screen, store } = await openConsole(size, engine);
  await screen.press('space', '/');
  await screen.type('stripe');
  await screen.press('enter', 'space', 'escape');
  await screen.press('s');
  expect(engine.calls).toEqual(['sync halo-psa {}', 'sync stripe {}']);
  expect(store.getState().actions.map(({ line }) => line)).toEqual(['msportal sync halo-psa', 'msportal sync stripe']);
  await screen.press('A', '3');
  expect(screen.text()).toMatch(/Sync now: Stripe +msportal sync stripe/);
  await screen.unmount();
});

test('switching off needs no question, because it can be taken back', async () => {
  const { screen, engine } = await openConsole(size, new FakeEngine(snapshotOf([integration('halo-psa')])));
  await screen.press('e');
  expect(screen.text()).toContain('u takes it back');
  await screen.press('u');
  expect(engine.calls).toEqual(['disable halo-psa', 'enable halo-psa']);
  await screen.press('u');
  expect(screen.text()).toContain('There is nothing to take back.');
  await screen.unmount();
});

test('a list goes to a file that is there for nobody else, sorted and filtered as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { screen } = await openConsole(size, practice());
  await screen.press('B');
  await screen.waitFor((text) => text.includes('Harbour'));
  await screen.press('o', 'X', 'ctrl+u');
  await screen.type(join(folder, 'billing.csv'));
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('2 rows written to'));
  const lines = readFileSync(join(folder, 'billing.csv'), 'utf8').split('\r\n');
  expect(lines[0]).toBe('company,monthly,open,overdue,due,knownAs');
  expect(lines.slice(1, 3).map((line) => line.split(',')[0])).toEqual(['Northwind Dental', 'Harbour Freight']);
  expect(statSync(join(folder, 'billing.csv')).mode & 0o777).toBe(0o600);
  await screen.press('X', 'ctrl+u');
  await screen.type(join(folder, 'billing.csv'));
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('is there already'));
  await screen.unmount();
});

test('a read-only console looks at everything and changes nothing; keys of the config file hold', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa'), integration('stripe')]));
  const settings = { ...defaultSettings, readOnly: true, keys: { 'integration.sync': ['ctrl+y'] } };
  const store = new ConsoleStore({ settings, onQuit: () => {} });
  await store.attach(engine);
  const screen = await mountScreen(<App store={store} />, size);
  expect(screen.lines()[0]).toContain('read-only');
  await screen.press('ctrl+y');
  expect(screen.text()).toContain('Sync now: This console is read-only');
  await screen.press('s', 'e', 'D');
  expect(engine.calls).toEqual([]);
  await screen.unmount();
});

test('an empty console says in three lines how to begin, and where it keeps what', async () => {
  const engine = new FakeEngine(snapshotOf(['halo-psa', 'stripe'].map(fresh)));
  const facts = [['Records', '/data/portal.db']] as const;
  const store = new ConsoleStore({ settings: { ...defaultSettings, facts }, onQuit: () => {}, now: () => now });
  await store.attach(engine);
  const screen = await mountScreen(<App store={store} />, { columns: 80, rows: 24 });
  expect(screen.text()).toMatch(/Nothing is connected yet[\s\S]*Enter +connects[\s\S]*msportal demo[\s\S]*\? +finds/);
  expect(screen.text()).toMatch(/Records +\/data\/portal\.db/);
  await screen.unmount();
});

test('while a filter is typed fast, only what is typed last is asked of the store', async () => {
  const engine = practice();
  const asked: string[] = [];
  const { records } = engine;
  engine.records = async (query) => {
    asked.push(JSON.stringify(query.where ?? []));
    return await records.call(engine, query);
  };
  const { screen, store } = await openConsole(size, engine);
  store.open({ view: 'records', type: 'tickets' });
  await screen.waitFor((text) => text.includes('48213'));
  asked.length = 0;
  await screen.type('/printer floor');
  await screen.waitFor((text) => text.includes('1 of 1'));
  expect(screen.text()).toContain('Filter printer floor');
  // The keys came in one read; Ink may draw once before the last of them is in the field.
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(asked.at(-1)).toContain('floor');
  await screen.unmount();
});
