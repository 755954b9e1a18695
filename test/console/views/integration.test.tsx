/** The tabs of an integration that show what is a view, or a step of the wizard, too. */
import { expect, test } from 'vitest';
import { at, failing, fresh, integration, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 80, rows: 24 };

test('t tests the connection from any tab; what came of it stays while one looks elsewhere', async () => {
  const { screen, store, engine } = await openConsole(size);
  await screen.press('enter', '7');
  expect(screen.text()).toContain('● Connected, last synced 4 min ago.');
  expect(engine.tested).toEqual([]);
  await screen.press('2');
  await screen.press('t');
  expect(store.context().place).toEqual({ view: 'integration', id: 'halo-psa', tab: 'checks' });
  await screen.waitFor((text) => text.includes('No check failed. Tested just now; t tests again.'));
  expect(screen.text()).toContain('Signs in');
  await screen.press('1');
  await screen.press('I');
  await screen.press('enter');
  await screen.press('7');
  expect(screen.text()).toContain('Signs in');
  expect(engine.tested).toEqual([{ id: 'halo-psa' }]);
  engine.checks = failing({});
  await screen.press('t');
  await screen.waitFor((text) => text.includes('1 check failed.'));
  expect(screen.text()).toContain('The client ID or secret is not accepted.');
  expect(engine.tested).toHaveLength(2);
  await screen.unmount();
});

test('before a test the checks tell why the last sync failed; without credentials there is nothing to test', async () => {
  const error = { code: 'sign-in', cause: 'The client secret expired.', fix: 'Make a new one.' };
  const views = [integration('halo-psa', { status: 'disconnected', error }), fresh('syncro')];
  const { screen, store, engine } = await openConsole(size, new FakeEngine(snapshotOf(views)));
  store.open({ view: 'integration', id: 'halo-psa', tab: 'checks' });
  await screen.waitFor((text) => text.includes('The client secret expired. Make a new one.'));
  store.open({ view: 'integration', id: 'syncro', tab: 'checks' });
  await screen.waitFor((text) => text.includes('Syncro'));
  await screen.press('t');
  expect(screen.text()).toContain('Syncro is not connected yet: press c.');
  expect(engine.tested).toEqual([]);
  await screen.unmount();
});

test('the log of an integration is a tab with the keys of the log', async () => {
  const engine = new FakeEngine(snapshotOf([integration('halo-psa')]));
  engine.entries = [{ time: at(-1), level: 'info', message: 'Read 240 companies', integration: 'halo-psa' }];
  const asked: unknown[] = [];
  const { logs } = engine;
  engine.logs = async (...given: Parameters<typeof logs>) => {
    asked.push(...given);
    return await logs(...given);
  };
  const { screen } = await openConsole(size, engine);
  await screen.press('enter', '6');
  await screen.waitFor((text) => text.includes('Read 240 companies'));
  expect(asked[0]).toMatchObject({ integration: 'halo-psa' });
  await screen.press('f');
  expect(screen.text()).toContain('paused');
  await screen.unmount();
});

test('the tabs stay in their line in any window: closer together first, then by their numbers', async () => {
  const { screen } = await openConsole({ columns: 120, rows: 24 });
  await screen.press('enter', '5');
  expect(screen.text()).toContain(
    ' 1 Overview   2 Runs   3 Issues 3   4 Settings  [5 Mapping]  6 Log   7 Checks   8 Guide',
  );
  await screen.resize(80, 24);
  await screen.waitFor((text) =>
    text.includes('1 Overview 2 Runs 3 Issues 3 4 Settings [5 Mapping] 6 Log 7 Checks 8 Guide'),
  );
  await screen.resize(60, 24);
  await screen.waitFor((text) => text.includes('1 2 3 4 [5 Mapping] 6 7 8'));
  await screen.unmount();
});

test('an integration that writes nothing at its vendor says so wherever it shows', async () => {
  const views = [integration('halo-psa', { sync: { readOnly: true } }), integration('stripe')];
  const { screen } = await openConsole({ columns: 80, rows: 40 }, new FakeEngine(snapshotOf(views)));
  expect(screen.text()).toMatch(/Connected +read-only/);
  await screen.press('G', ',');
  await screen.waitFor((text) => text.includes('allowed, but nothing is written at Halo PSA'));
  await screen.unmount();
});
