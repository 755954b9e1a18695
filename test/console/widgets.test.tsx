import { Box, Text } from 'ink';
import { expect, test } from 'vitest';
import { checkLines } from '../../src/console/widgets/check-lines.ts';
import { Confirm } from '../../src/console/widgets/dialog.tsx';
import { Markdown, markdownLines } from '../../src/console/widgets/markdown.tsx';
import { duration, progressText } from '../../src/console/widgets/progress-bar.ts';
import { ScrollView } from '../../src/console/widgets/scroll-view.tsx';
import { SelectList } from '../../src/console/widgets/select-list.tsx';
import { statusLook } from '../../src/console/widgets/status-look.ts';
import { createTheme, useTheme } from '../../src/console/widgets/theme.ts';
import { width } from '../../src/text/width.ts';
import { mountScreen } from './screen.ts';

const theme = createTheme({ colour: '16', unicode: true });
const ascii = createTheme({ colour: 'none', unicode: false });
const items = ['tickets', 'companies', 'contacts', 'users'].map((value) => ({ value, label: value }));

test('one of several is chosen with the keys of a list', async () => {
  const chosen: string[] = [];
  const screen = await mountScreen(
    <SelectList
      items={items}
      value="companies"
      onSelect={(value) => chosen.push(value)}
      focused
      width={30}
      height={3}
    />,
  );
  expect(screen.lines().slice(0, 3)).toEqual(['  ( ) tickets', '> (x) companies', '  ( ) contacts']);
  await screen.press('down', 'j', 'j', 'enter', 'k', 'space', 'home', 'enter');
  expect(chosen).toEqual(['users', 'contacts', 'tickets']);
  await screen.unmount();
});

test('long text scrolls, and tells where one is', async () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
  const screen = await mountScreen(<ScrollView lines={lines} width={40} height={10} focused />);
  expect(screen.lines()[9]).toBe(' ↓ 1-9 of 40');
  await screen.press('down', 'pagedown');
  expect([screen.lines()[0], screen.lines()[9]]).toEqual(['line 9', '↑↓ 10-18 of 40']);
  await screen.press('end', 'down');
  expect([screen.lines()[8], screen.lines()[9]]).toEqual(['line 39', '↑  32-40 of 40']);
  await screen.unmount();
});

test('a progress bar gives its figures, and gives way to them', () => {
  const progress = { done: 1240, total: 2000, rate: 310.4, remainingMs: 2400 };
  expect(progressText(progress, 60, theme.glyph).trimEnd()).toBe(
    '████████████░░░░░░░░   62 %  1,240 of 2,000  310/s  2 s left',
  );
  expect(progressText(progress, 41, theme.glyph).trimEnd()).toBe('62 %  1,240 of 2,000  310/s  2 s left');
  expect(progressText({ done: 5, total: 10 }, 30, ascii.glyph)).toBe('#######.......   50 %  5 of 10');
  expect(progressText({ done: 7, total: null, rate: null }, 20, theme.glyph).trimEnd()).toBe('7');
  expect(progressText({ done: 12, total: 10 }, 40, theme.glyph)).toContain('100 %');
  expect([0, 61_000, 3_600_000, 3_840_000, 600_000].map(duration)).toEqual([
    '0 s',
    '1 min 1 s',
    '1 h',
    '1 h 4 min',
    '10 min',
  ]);
});

const failed = {
  id: 'auth',
  label: 'Sign in',
  status: 'failed' as const,
  ms: 1234.5,
  cause: 'The client secret was refused.',
  fix: 'Make a new secret under Configuration, then enter it again here.',
};

test('a failed check tells its cause and what to do, within its width', () => {
  const lines = checkLines(failed, 40, theme).map(({ text }) => text);
  expect(lines).toEqual([
    '✗ failed    Sign in              1235 ms',
    '    Cause: The client secret was',
    '           refused.',
    '    Fix:   Make a new secret under',
    '           Configuration, then enter it',
    '           again here.',
  ]);
  expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(40);
});

test('checks show their state by word and glyph, with and without Unicode', () => {
  const passed = { id: 'dns', label: 'Find the server', status: 'passed', ms: 12 } as const;
  const untested = { id: 'rights', label: 'Read tickets', status: 'untested' } as const;
  expect(checkLines(passed, 60, ascii)[0]?.text).toMatch(/^\+ passed {4}Find the server +12 ms$/);
  expect(checkLines(untested, 60, ascii)[0]?.text.trimEnd()).toBe('- untested  Read tickets');
});

test('every state has its own glyph and word, one cell wide, also in ASCII', () => {
  for (const { glyph } of [theme, ascii]) {
    const states = [glyph.connected, glyph.disconnected, glyph.error, glyph.syncing];
    expect(new Set(states).size).toBe(4);
    expect(new Set([glyph.passed, glyph.failed, glyph.pending, glyph.running, glyph.untested]).size).toBe(5);
    expect(Object.values(glyph).map(width)).toEqual(Object.values(glyph).map(() => 1));
  }
  expect(Object.values(ascii.glyph).join('')).toMatch(/^[ -~]*$/);
});

function Failed() {
  const { glyph, word, style } = statusLook('error', useTheme());
  return <Text {...style}>{`${glyph} ${word}`}</Text>;
}

test('without colours nothing is coloured, and the selection is still inverse', async () => {
  const element = (
    <Box flexDirection="column">
      <Failed />
      <SelectList items={items} onSelect={() => {}} focused width={30} height={3} />
    </Box>
  );
  const plain = await mountScreen(element, { colour: 'none' });
  expect(plain.written).not.toMatch(/\u001b\[[\d;]*(?:3[0-8]|4[0-8]|9\d|10\d)[\d;]*m/);
  expect(plain.cell(3, 1).inverse).toBe(true);
  expect(plain.lines()[0]).toBe('✗ Error');
  await plain.unmount();
  const coloured = await mountScreen(element);
  expect(coloured.cell(0, 0).colour).toBe(1);
  await coloured.unmount();
});

test('a question is answered No unless one means Yes', async () => {
  const ask = async (...keys: string[]) => {
    const answers: boolean[] = [];
    const screen = await mountScreen(
      <Confirm title="Disable Halo PSA?" detail="It stops syncing." width={40} onAnswer={(yes) => answers.push(yes)} />,
    );
    await screen.press(...keys);
    await screen.unmount();
    return answers;
  };
  expect(await ask('enter')).toEqual([false]);
  expect(await ask('escape')).toEqual([false]);
  expect(await ask('Y', 'alt+y', 'x')).toEqual([]);
  expect(await ask('y')).toEqual([true]);
  expect(await ask('right', 'enter')).toEqual([true]);
});

test('what cannot be undone wants its name typed', async () => {
  const answers: boolean[] = [];
  const screen = await mountScreen(
    <Confirm
      title="Disconnect"
      detail="Removes the key."
      word="halo"
      width={50}
      onAnswer={(yes) => answers.push(yes)}
    />,
  );
  await screen.type('y\r');
  expect(answers).toEqual([]);
  expect(screen.text()).toContain('Nothing was done');
  await screen.type('\u0015halo\r');
  expect(answers).toEqual([true]);
  await screen.unmount();
});

const guide = `# Connect **Halo**

Open *Configuration* and the [page](https://halo.example/api) with \`Integrations\`;
then press New.

- First point that is long enough to be wrapped somewhere
  and goes on
  - Nested
1. One

| Field | Where |
|---|---|
| Client ID | Shown once, copy it at once |

\`\`\`
curl https://halo.example
\`\`\`
---
`;

test('a guide is read as plain lines', async () => {
  expect(markdownLines(guide, 40, theme).map(({ text }) => text.trimEnd())).toEqual([
    'Connect Halo',
    '',
    'Open Configuration and the page',
    '(https://halo.example/api) with',
    'Integrations; then press New.',
    '',
    '• First point that is long enough to be',
    '  wrapped somewhere and goes on',
    '  • Nested',
    '1. One',
    '',
    'Field      Where',
    'Client ID  Shown once, copy it at once',
    '',
    '  curl https://halo.example',
    '─'.repeat(40),
    '',
  ]);
  for (const cells of [20, 33, 80]) {
    expect(Math.max(...markdownLines(guide, cells, ascii).map(({ text }) => width(text)))).toBeLessThanOrEqual(cells);
  }
  const screen = await mountScreen(<Markdown text={guide} width={40} height={6} focused />);
  expect(screen.cell(0, 0)).toMatchObject({ text: 'C', bold: true });
  await screen.unmount();
});
