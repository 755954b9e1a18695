import { Box, Text } from 'ink';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { useTextCapture } from '../../src/console/keys/text-capture.tsx';
import { useKeys } from '../../src/console/keys/use-keys.ts';
import { cleanPaste, secretSummary } from '../../src/console/widgets/field-text.ts';
import { TextField } from '../../src/console/widgets/text-field.tsx';
import { mountScreen } from './screen.ts';

const timers: (() => void)[] = [];
const startTimer = (run: () => void) => {
  timers.push(run);
  return () => {};
};

/** `o` opens the field; Tab leaves and enters it; commands are counted while nothing types. */
function Form({ secret = false }: { readonly secret?: boolean }) {
  const [value, setValue] = useState('');
  const [focused, setFocused] = useState(false);
  const [submitted, setSubmitted] = useState<string[]>([]);
  const [commands, setCommands] = useState('');
  const capture = useTextCapture();
  useKeys((key) => {
    if (key.id === 'tab') setFocused(!focused);
    if (capture.active()) return;
    if (key.id === 'o') setFocused(true);
    else setCommands(commands + key.id);
  });
  return (
    <Box flexDirection="column">
      <TextField
        value={value}
        onChange={setValue}
        onSubmit={(text) => setSubmitted([...submitted, text])}
        focused={focused}
        width={40}
        secret={secret}
        placeholder="https://psa.example"
        startTimer={startTimer}
      />
      <Text>value [{secret ? value.length : value}]</Text>
      <Text>submitted {JSON.stringify(submitted)}</Text>
      <Text>commands [{commands}]</Text>
    </Box>
  );
}

const shows = (screen: { text(): string }, label: string) =>
  new RegExp(`${label} (.*)`).exec(screen.text())?.[1]?.trim();

test('a burst that opens the field, types, corrects and submits loses nothing', async () => {
  const screen = await mountScreen(<Form />);
  await screen.type('oabcx\u007fde\u001b[D\u001b[D\u001b[DZ\r');
  expect(shows(screen, 'value')).toBe('[abZcde]');
  expect(shows(screen, 'submitted')).toBe('["abZcde"]');
  await screen.press('tab', 'q');
  expect(shows(screen, 'commands')).toBe('[q]');
  await screen.unmount();
});

test('control and Alt keys type nothing, Ctrl-U clears', async () => {
  const screen = await mountScreen(<Form />);
  await screen.press('o', 'a', 'ctrl+r', 'alt+x', 'ctrl+a', 'escape', 'up', 'b', 'space', 'c');
  expect(shows(screen, 'value')).toBe('[ab c]');
  await screen.press('ctrl+u', 'd');
  expect(shows(screen, 'value')).toBe('[d]');
  await screen.unmount();
});

test('a paste goes in whole, at the cursor, without line breaks and with a word about it', async () => {
  const screen = await mountScreen(<Form />);
  await screen.type('oab\u001b[D');
  await screen.paste('  key-1\r\nq\u001b[31m\u200b ');
  expect(shows(screen, 'value')).toBe('[akey-1q[31mb]');
  expect(screen.text()).toContain('removed 1 line break and 2 invisible');
  expect(shows(screen, 'submitted')).toBe('[]');
  await screen.unmount();
});

test('pasted text is no command where no field has the focus', async () => {
  const screen = await mountScreen(<Form />);
  await screen.paste('qqq\r');
  expect(shows(screen, 'commands')).toBe('[]');
  await screen.unmount();
});

test('a secret is never on the screen but for its last four characters, and for 5 s on demand', async () => {
  const secret = 'sk_live_0123456789abcdef';
  const screen = await mountScreen(<Form secret />);
  await screen.type(`o${secret}`);
  expect(screen.lines()[0]!.trim()).toBe('•'.repeat(24));
  await screen.press('tab');
  expect(screen.lines()[0]!.trim()).toBe('••••••••cdef (24 characters)');
  expect(screen.written).not.toContain(secret.slice(0, 8));
  await screen.press('tab', 'ctrl+r');
  expect(screen.lines()[0]!.trim()).toBe(secret);
  timers.at(-1)!();
  await screen.settled();
  expect(screen.lines()[0]!.trim()).toBe('•'.repeat(24));
  await screen.type('X');
  expect(shows(screen, 'value')).toBe('[25]');
  await screen.unmount();
});

test('of a value longer than the field its end is seen, on one line', async () => {
  const screen = await mountScreen(<Form />);
  await screen.type(`o${'abcdefghij'.repeat(9)}END`);
  expect(screen.lines()[0]!.trimEnd()).toMatch(/abcdefghijEND$/);
  expect(screen.lines()[1]).toMatch(/^value/);
  expect(screen.cell(39, 0).inverse).toBe(true);
  await screen.unmount();
});

test('the placeholder is seen until something is typed', async () => {
  const screen = await mountScreen(<Form />);
  expect(screen.lines()[0]).toBe('https://psa.example');
  await screen.press('o');
  expect(screen.lines()[0]).toContain('https://psa.example');
  await screen.type('x');
  expect(screen.lines()[0]!.trimEnd()).toBe('x');
  await screen.unmount();
});

test('what a paste is cleaned of is counted', () => {
  expect(cleanPaste('abc')).toEqual({ text: 'abc', notice: '' });
  expect(cleanPaste('a\r\nb\nc')).toEqual({ text: 'abc', notice: 'removed 2 line breaks' });
  expect(cleanPaste('key\n')).toEqual({ text: 'key', notice: 'removed 1 line break' });
  expect(cleanPaste('one.example\r\ntwo.example\n', ', ')).toEqual({ text: 'one.example, two.example', notice: '' });
});

test('a short secret shows none of its characters', () => {
  expect(secretSummary('hunter2', { mask: '*' })).toBe('******** (7 characters)');
});
