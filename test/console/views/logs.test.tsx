/** The log, as one works in it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { at } from '../examples.ts';
import { busyEngine } from './busy-engine.ts';
import { openConsole } from './open-console.tsx';

test('the log follows, stops when one moves up, counts what comes, and follows again when asked', async () => {
  const { screen, engine } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  await screen.press('l');
  await screen.waitFor((text) => text.includes('Read page 59'));
  await screen.press('k');
  engine.entries = [
    ...engine.entries,
    { time: at(1), level: 'info', message: 'Read page 60', integration: 'halo-psa' },
  ];
  engine.change('halo-psa', { failures: 0 });
  await screen.waitFor((text) => text.includes('paused, +1 new line'));
  expect(screen.text()).not.toContain('Read page 60');
  await screen.press('f');
  await screen.waitFor((text) => text.includes('Read page 60') && text.includes('following'));
  await screen.unmount();
});

test('marks are drawn below a line, gone to, kept when one leaves, exported, and told from lines without colour', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'msportal-marks-')), 'log.csv');
  const { screen } = await openConsole({ columns: 80, rows: 24, colour: 'none', unicode: false }, busyEngine());
  await screen.press('L');
  await screen.waitFor((text) => text.includes('Read page 59'));
  await screen.press(']');
  expect(screen.text()).toContain('Nothing is marked yet');
  await screen.press('m');
  expect(screen.text()).toMatch(/Read page 59\n.* -- mark 1, \d\d:\d\d:\d\d -{40}/);
  await screen.press('home', 'j', 'm');
  expect(screen.text()).toMatch(/Read page 1\n.* -- mark 2, /);
  await screen.press('m');
  expect(screen.text()).not.toContain('mark 2');
  await screen.press('m');
  await screen.press('escape');
  await screen.press('L');
  await screen.waitFor((text) => /following .* 2 marks/.test(text) && text.includes('-- mark 1'));
  await screen.press('[', '[');
  await screen.waitFor((text) => text.includes('paused') && text.includes('-- mark 2'));
  await screen.press('m');
  await screen.waitFor((text) => text.includes('1 mark') && !text.includes('mark 2'));
  await screen.press('X');
  await screen.press('ctrl+u');
  await screen.type(file);
  await screen.press('enter');
  await screen.waitFor((text) => text.includes('61 rows written'));
  expect(readFileSync(file, 'utf8').trimEnd().split('\r\n').at(-1)).toMatch(/^2026.*,mark,.*mark 1$/);
  rmSync(dirname(file), { recursive: true });
  await screen.unmount();
});

test('a digit chooses how far back the log is shown', async () => {
  const { screen, engine } = await openConsole({ columns: 80, rows: 24 }, busyEngine());
  engine.entries = [-90, -50, -10, -2].map((minutes) => ({
    time: at(minutes),
    level: 'info',
    message: `At minute ${minutes}`,
  }));
  await screen.press('L');
  await screen.waitFor((text) => text.includes('At minute -90'));
  await screen.press('3');
  await screen.waitFor((text) => text.includes('last hour') && !text.includes('minute -90'));
  expect(screen.text()).toContain('At minute -50');
  await screen.press('1');
  await screen.waitFor((text) => text.includes('last 5 min') && !text.includes('minute -10'));
  await screen.press('0');
  await screen.waitFor((text) => text.includes('At minute -90'));
  await screen.unmount();
});
