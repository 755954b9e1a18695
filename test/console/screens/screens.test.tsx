/**
 * Pictures of the screens, as files to look at. After a change that is meant: `npx vitest run test/console/screens --config
 * test/vitest.config.ts -u`, and look at what changed.
 */
import { expect, test } from 'vitest';
import { width } from '../../../src/text/width.ts';
import type { MountedScreen } from '../screen.ts';
import { svgOf } from '../svg.ts';
import { openConsole } from '../views/open-console.tsx';
import { type Picture, pictures } from './pictures.ts';
import { practice } from './practice.ts';

/** One key after the other: a list is opened once its rows are there. */
async function go(screen: MountedScreen, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (key === 'enter') await screen.waitFor((text) => text.includes('1 of'));
    await screen.press(key);
  }
}

const size = { columns: 100, rows: 30 };

async function show({ place, keys = [], awaited }: Picture) {
  const opened = await openConsole(size, practice());
  const { screen, store } = opened;
  store.open(place);
  await go(screen, keys);
  await screen.waitFor((text) => text.includes(awaited));
  return opened;
}

test.each(Object.entries(pictures))('%s', async (name, picture) => {
  const { screen } = await show(picture);
  const svg = svgOf(screen, size.columns, size.rows, `MSPortal Console: ${name}`);
  await screen.unmount();
  await expect(svg).toMatchFileSnapshot(`./${name}.svg`);
});

test.each([
  ['16', true],
  ['none', true],
  ['none', false],
] as const)('with colours %s and Unicode %s the company says the same in words', async (colour, unicode) => {
  const { screen } = await openConsole({ columns: 110, rows: 44, colour, unicode }, practice());
  await go(screen, ['R', 'enter']);
  await screen.waitFor((text) => text.includes('Completed'));
  const text = screen.text();
  expect(text).toMatch(/Open tickets +3 of 3/);
  expect(text).toMatch(/Online +2 of 3/);
  expect(text).toMatch(/In alert +! 1/);
  expect(text).toMatch(/72\.4 of 124 {2}58\.4 %/);
  expect(text).toMatch(/Overdue +! 1,480\.00 GBP, the oldest due 12 d ago/);
  expect(text).toMatch(/70 % {2}14 of 20 courses/);
  // Palette colours only, and none at all where none are wanted.
  const colours = screen.written.match(/\u001b\[[\d;]*(?:3\d|38;[\d;]+|9\d)m/g) ?? [];
  if (colour === 'none') expect(colours).toEqual([]);
  else for (const each of colours) expect(each).not.toMatch(/38;/);
  if (!unicode) expect(text.match(/[^\u0000-\u007f]/g) ?? []).toEqual([]);
  await screen.unmount();
});

const sizes = [60, 66, 72, 80, 89, 90, 100, 132, 160, 200].flatMap((columns) =>
  [15, 24, 30, 60].map((rows) => [columns, rows] as const),
);

test.each(Object.entries(pictures))(
  '%s fits its window at forty sizes, never higher, never wider',
  async (_, picture) => {
    const { screen } = await show(picture);
    for (const [columns, rows] of sizes) {
      await screen.resize(columns, rows);
      // Ink draws a frame of the old size first.
      await screen.waitFor(() => /quit|Esc/.test(screen.lines().at(-1) ?? ''));
      const lines = screen.lines();
      const where = `at ${columns}x${rows}\n${lines.join('\n')}`;
      expect(screen.scrolledOut, where).toBe(0);
      expect(lines[0], where).toContain('MSPortal');
      expect(lines.at(-1), where).toMatch(/quit|Esc/);
      for (const line of lines) expect(width(line), where).toBeLessThanOrEqual(columns);
    }
    await screen.unmount();
  },
);
