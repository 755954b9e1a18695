import { expect, test } from 'vitest';
import { asWanted, chalkLevel, detectCapabilities, isTooSmall } from '../../src/console/terminal/capabilities.ts';

const terminal = { stdin: { isTTY: true }, stdout: { isTTY: true, columns: 120, rows: 40 } };
const utf8 = { LANG: 'de_DE.UTF-8', TERM: 'xterm-256color' };

test('a terminal of today', () => {
  expect(detectCapabilities({ ...utf8, COLORTERM: 'truecolor' }, terminal)).toEqual({
    interactive: true,
    reason: null,
    colour: 'truecolor',
    unicode: true,
    linear: false,
    columns: 120,
    rows: 40,
  });
});

test.each([
  [{ NO_COLOR: '1', COLORTERM: 'truecolor' }, 'none'],
  [{ NO_COLOR: '' }, '256'],
  [{ TERM: 'xterm' }, '16'],
  [{ TERM: 'linux' }, '16'],
  [{ TERM: 'vt100' }, 'none'],
  [{ TERM: undefined }, 'none'],
  [{ TERM: 'xterm-direct' }, 'truecolor'],
])('colours with %j: %s', (env, colour) => {
  expect(detectCapabilities({ ...utf8, ...env }, terminal).colour).toBe(colour);
});

test.each([
  [{ TERM: 'linux' }, false],
  [{ LANG: 'C' }, false],
  [{ LANG: undefined }, false],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'C.utf8', LANG: 'C' }, true],
])('Unicode with %j: %s', (env, unicode) => {
  expect(detectCapabilities({ ...utf8, ...env }, terminal).unicode).toBe(unicode);
});

test('where the console cannot run it says why', () => {
  const reason = (env: object, streams: Partial<typeof terminal>) =>
    detectCapabilities({ ...utf8, ...env }, { ...terminal, ...streams }).reason;
  expect(reason({ CI: '1' }, {})).toBeNull();
  expect(reason({}, { stdin: { isTTY: false } })).toMatch(/input/);
  expect(reason({}, { stdout: { isTTY: false, columns: 80, rows: 24 } })).toMatch(/output/);
  expect(reason({ TERM: 'dumb' }, {})).toMatch(/dumb/);
});

test('60x15 is the least', () => {
  const sizes = [
    [60, 15],
    [59, 15],
    [60, 14],
  ] as const;
  expect(sizes.map(([columns, rows]) => isTooSmall({ columns, rows }))).toEqual([false, true, true]);
  expect((['none', '16', '256', 'truecolor'] as const).map(chalkLevel)).toEqual(['1', '1', '2', '3']);
});

test('a terminal that cannot move its cursor gets lines; without a terminal there is nothing to show them on', () => {
  expect(detectCapabilities({ ...utf8, TERM: 'dumb' }, terminal).linear).toBe(true);
  expect(detectCapabilities({ ...utf8, TERM: 'dumb' }, { stdin: {}, stdout: {} }).linear).toBe(false);
});

test('the operator may want less than the terminal can, and NO_COLOR holds whatever the file says', () => {
  const detected = detectCapabilities(utf8, terminal);
  expect(asWanted(detected, { ascii: true, colours: '16' })).toMatchObject({ unicode: false, colour: '16' });
  expect(asWanted(detected, { ascii: 'auto', colours: 'auto' })).toEqual(detected);
  const none = detectCapabilities({ ...utf8, NO_COLOR: '1' }, terminal);
  expect(asWanted(none, { ascii: 'auto', colours: '16' }).colour).toBe('none');
});
