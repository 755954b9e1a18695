import { expect, test } from 'vitest';
import { App } from '../../../src/console/app/app.tsx';
import { ConsoleStore } from '../../../src/console/app/store.ts';
import { integration, progress, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { mountScreen } from '../screen.ts';
import { busyEngine } from './busy-engine.ts';
import { openConsole } from './open-console.tsx';

test.each([
  [80, 24],
  [100, 30],
  [200, 50],
])('the list tells the state of all eight at %ix%i', async (columns, rows) => {
  const { screen } = await openConsole({ columns, rows }, busyEngine());
  const text = screen.text();
  expect(text).toMatch(/Halo PSA +↻ Syncing +12,340 +3 +\d+ % done +now/);
  expect(text).toMatch(/Syncro +✗ Error/);
  expect(text).toMatch(/Stripe +○ Connected, off .* off/);
  expect(text).toMatch(/Autotask +○ Disconnected/);
  expect(text).toMatch(/Bigger Brains +· Coming/);
  // Only a wide window has the sidebar.
  expect(text.includes('U Sync issues')).toBe(columns >= 90);
  await screen.press('down', 'down', 'down');
  expect(screen.text()).toContain('Problem   The token may not read tickets.');
  expect(screen.text()).toContain('Fix       Tick "Tickets - List" on the token.');
  await screen.unmount();
});

test('what is not there yet cannot be opened, and says so', async () => {
  const { screen, store } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  await screen.press('j', 'enter');
  expect(screen.text()).toContain('ConnectWise Manage is coming; it cannot be opened yet.');
  expect(store.context().place.view).toBe('integrations');
  await screen.unmount();
});

test('commands reach the engine; what it refuses is shown with cause and fix, never a stack', async () => {
  const { screen, engine } = await openConsole();
  await screen.press('s');
  expect(engine.calls).toEqual(['sync halo-psa {}']);
  expect(screen.text()).toContain('Halo PSA: synced in 800 ms, 0 new, 0 changed.');
  engine.refusal = new TypeError('x is undefined');
  await screen.press('e');
  expect(screen.text()).toContain('x is undefined This is a fault of the program.');
  expect(screen.text()).not.toMatch(/at .*\.ts/);
  await screen.unmount();
});

test('dangerous commands ask: No is in front, disconnecting wants the name', async () => {
  const { screen, engine } = await openConsole();
  await screen.press('S', 'enter');
  await screen.press('S', 'y');
  expect(engine.calls).toEqual(['sync halo-psa {"full":true}']);
  await screen.press('D');
  await screen.type('Halo');
  await screen.press('enter');
  expect(engine.calls).toHaveLength(1);
  await screen.press('ctrl+u');
  await screen.type('Halo PSA');
  await screen.press('enter');
  expect(engine.calls.at(-1)).toBe('disconnect halo-psa');
  expect(screen.text()).toContain('its credentials are gone');
  await screen.unmount();
});

test('help is searched and runs what was chosen, and says why something is not available', async () => {
  const { screen, engine } = await openConsole();
  await screen.press('?');
  await screen.type('cancel');
  expect(screen.text()).toContain('Nothing of Halo PSA is running.');
  await screen.press('ctrl+u');
  await screen.type('on or dis');
  await screen.press('escape');
  await screen.press(':');
  await screen.type('enable or');
  await screen.press('enter');
  expect(engine.calls).toEqual(['disable halo-psa']);
  await screen.unmount();
});

test('the filter takes letters that are commands elsewhere, and Esc gives the list back', async () => {
  const { screen, store } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  await screen.press('/');
  await screen.type('sq');
  expect(screen.text()).toContain('Nothing matches the filter');
  await screen.press('ctrl+u');
  await screen.type('stri');
  await screen.press('enter');
  expect(screen.text()).not.toContain('Halo PSA');
  expect(screen.text()).toContain('Stripe');
  expect(store.getState().closing).toBe(false);
  await screen.press('escape');
  expect(screen.text()).toContain('NinjaRMM');
  await screen.unmount();
});

test('going in and back finds the list as it was left; the place is kept at the end', async () => {
  const { screen, engine, left } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  await screen.press('j', 'j', 'j', 'enter');
  expect(screen.text()).toContain('Integrations › Syncro › Overview');
  await screen.press('2');
  expect(screen.text()).toContain('Outcome');
  await screen.press('escape');
  expect(screen.lines().find((line) => line.startsWith(' >'))).toContain('Syncro');
  await screen.press('enter', 'tab');
  await screen.press('q');
  expect(left()).toBe(true);
  const store = new ConsoleStore({ onQuit: () => {} });
  await store.attach(engine);
  expect(store.context()).toMatchObject({ place: { view: 'integration', id: 'syncro', tab: 'runs' } });
  await screen.unmount();
});

test('quitting asks while syncs run here', async () => {
  const { screen, left } = await openConsole(
    { columns: 80, rows: 24 },
    new FakeEngine(
      snapshotOf([integration('halo-psa', { run: progress() })], { queue: { running: 1, waiting: 0, order: [] } }),
    ),
  );
  await screen.press('q');
  expect(left()).toBe(false);
  expect(screen.text()).toContain('A sync is running');
  await screen.press('y');
  expect(left()).toBe(true);
  await screen.unmount();
});

test('records are windowed, sorted, filtered and shown in full', async () => {
  const { screen, engine } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  await screen.press('r', 'j');
  expect(screen.text()).toMatch(/> Company 1 /);
  await screen.press(...Array<string>(12).fill('pagedown'));
  expect(screen.text()).toContain('Company 2');
  expect(engine.calls.filter((call) => call.startsWith('records')).length).toBeLessThan(6);
  await screen.press('/');
  await screen.type('company 17');
  await screen.press('enter');
  expect(screen.lines().find((line) => line.startsWith(' >'))).toMatch(/Company 17 /);
  await screen.press('enter');
  expect(screen.text()).toMatch(/City +Springfield/);
  await screen.press('escape');
  expect(screen.text()).toContain('Name ↑');
  await screen.press('O');
  expect(screen.text()).toContain('Name ↓');
  await screen.unmount();
});

test('a hostile title colours, moves and clears nothing: it shows as carets everywhere', async () => {
  const { screen } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  await screen.press('r');
  expect(screen.text()).toContain('Printer ^[[2J^[[31mr');
  await screen.press('enter');
  expect(screen.text()).toContain('Printer ^[[2J^[[31mred^[]0;owned^G evil');
  await screen.press('escape');
  await screen.press('U');
  expect(screen.text()).toContain('Printer ^[[2J');
  expect(screen.written).not.toContain('owned\u0007');
  expect(screen.written).not.toContain('\u202E');
  await screen.unmount();
});

test('settings save at once', async () => {
  const { screen, engine } = await openConsole();
  await screen.press('enter', '4');
  await screen.waitFor((text) => text.includes('Sync every'));
  await screen.press('right');
  expect(engine.calls).toEqual(['configure halo-psa {"intervalMinutes":30}']);
  await screen.press('down', 'space');
  expect(engine.calls[1]).toBe('configure halo-psa {"types":["contacts","users","tickets"]}');
  await screen.unmount();
});

test('a key press costs one small repaint, and nothing is written while nothing changes', async () => {
  const { screen, engine } = await openConsole({ columns: 100, rows: 30 }, busyEngine());
  const quiet = screen.bytesWritten;
  engine.publish({ ...engine.getSnapshot(), revision: 99 });
  await screen.settled();
  expect(screen.bytesWritten).toBe(quiet);
  engine.change('halo-psa', { run: progress({ requests: 62 }) });
  await screen.settled();
  expect(screen.bytesWritten - quiet).toBeLessThan(250);
  const frames = () => screen.written.split('\u001b[?2026h').length;
  for (const key of ['j', 'k', 'o', 'space', '?', 'escape', '/', 'a', 'escape', 'enter', '2', 'escape']) {
    const before = frames();
    await screen.press(key);
    expect([key, frames() - before]).toEqual([key, 1]);
  }
  await screen.unmount();
});

test('the first picture stands before the engine does, and the engine takes over', async () => {
  const store = new ConsoleStore({ firstPaint: snapshotOf([integration('halo-psa')]), onQuit: () => {} });
  const screen = await mountScreen(<App store={store} />, { columns: 80, rows: 24 });
  expect(screen.text()).toMatch(/Halo PSA +● Connected/);
  await screen.press('s');
  expect(screen.text()).toContain('Still starting');
  await store.attach(new FakeEngine(snapshotOf([integration('halo-psa', { enabled: false })])));
  await screen.settled();
  expect(screen.text()).toMatch(/Halo PSA +○ Connected, off/);
  await screen.unmount();
});

test('a notice stays on the status line until it was opened', async () => {
  const notices = [{ id: 'key', level: 'info' as const, text: `A key was made: ${'/long'.repeat(20)}.` }];
  const { screen } = await openConsole({ columns: 80, rows: 24 }, new FakeEngine(snapshotOf([], { notices })));
  expect(screen.text()).toMatch(/A key was made.* N shows it all/);
  await screen.press('N');
  expect(screen.text()).toContain('Notices');
  await screen.press('escape');
  expect(screen.text()).not.toContain('A key was made');
  await screen.unmount();
});
