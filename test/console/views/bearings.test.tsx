/** What tells an operator who is new to a screen where one is, what can be done there, and how to get back. */
import { expect, test } from 'vitest';
import { App } from '../../../src/console/app/app.tsx';
import { ConsoleStore } from '../../../src/console/app/store.ts';
import { defaultSettings } from '../../../src/console/settings.ts';
import { fresh, integration, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { mountScreen } from '../screen.ts';
import { openConsole } from './open-console.tsx';

const size = { columns: 80, rows: 24 };

test('the hint bar always has the way back; over a dialog it tells the keys of the dialog', async () => {
  const { screen } = await openConsole(size);
  const bar = () => screen.lines().at(-1);
  expect(bar()).not.toContain('Esc');
  await screen.press('enter');
  expect(bar()).toMatch(/Esc back {3}\? help/);
  await screen.press('W');
  expect(bar()).toBe(' Enter take it   Esc cancel');
  await screen.press('escape');
  await screen.press('S');
  expect(bar()).toBe(' → choose   Enter answer   Esc no');
  await screen.press('escape');
  await screen.press('?');
  expect(bar()).toBe(' Enter run   Tab complete   Esc back');
  await screen.press('escape');
  await screen.press('4');
  await screen.waitFor((text) => text.includes('Sync every'));
  expect(bar()).toContain('Space change');
  await screen.press('I', '/');
  expect(bar()).toBe(' Enter keep the filter   Esc clear it');
  await screen.press('escape');
  expect(bar()).toContain('s sync');
  await screen.unmount();
});

test('the help shows titles in full at 80 columns, and the whole reason of what is chosen', async () => {
  const { screen } = await openConsole(size, new FakeEngine(snapshotOf([fresh('halo-psa')])));
  await screen.press('?');
  expect(screen.text()).toContain('Tab completes, Enter runs it');
  await screen.type('wrong');
  expect(screen.text()).toContain('Doctor: what is wrong with this installation');
  await screen.press('ctrl+u');
  await screen.type('billing');
  expect(screen.text()).toContain('Not now: No invoice is here yet: connect Stripe.');
  await screen.unmount();
});

test('what is left out of an integration is told whole, on a line more where there is no room', async () => {
  const view = { ...integration('halo-psa'), leftOut: 281 };
  const { screen } = await openConsole(size, new FakeEngine(snapshotOf([view])));
  expect(screen.text()).toContain('281 left out');
  await screen.unmount();
});

test('Esc and a letter that arrive in one read are two keys, unless Alt with the letter is a key of the config file', async () => {
  const { screen, store } = await openConsole(size);
  await screen.press('enter');
  await screen.send('\u001bA');
  expect(store.context().place).toMatchObject({ view: 'activity' });
  await screen.send('\u001b');
  expect(store.context().place).toEqual({ view: 'integrations' });
  await screen.unmount();

  const own = new ConsoleStore({
    settings: { ...defaultSettings, keys: { 'go.logs': ['alt+a'] } },
    onQuit: () => {},
  });
  await own.attach(new FakeEngine(snapshotOf([integration('halo-psa')])));
  const other = await mountScreen(<App store={own} />, size);
  await other.press('alt+a');
  expect(own.context().place.view).toBe('logs');
  await other.unmount();
});
