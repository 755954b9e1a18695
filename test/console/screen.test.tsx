import { Text } from 'ink';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { useKeys } from '../../src/console/keys/use-keys.ts';
import { mountScreen } from './screen.ts';

function Heard() {
  const [keys, setKeys] = useState<string[]>([]);
  useKeys(({ id }) => setKeys([...keys, id]));
  return <Text>{keys.join(' ')}</Text>;
}

test('keys that arrive in one read are heard one by one, each after what the one before changed', async () => {
  const screen = await mountScreen(<Heard />);
  await screen.press('j', 'j', 'j', 'enter', 'escape');
  await screen.press('ctrl+r', 'alt+x', 'shift+tab', 'up', 'space', 'G', 'backspace', 'pagedown');
  expect(screen.lines()[0]).toBe('j j j enter escape ctrl+r alt+x shift+tab up space G backspace pagedown');
  await screen.unmount();
});

test('what fails while drawing ends the console with its error, and puts the terminal back', async () => {
  function Broken() {
    const [broken, setBroken] = useState(false);
    useKeys(() => setBroken(true));
    if (broken) throw new Error('could not be drawn');
    return <Text>fine</Text>;
  }
  const screen = await mountScreen(<Broken />);
  const ended = expect(screen.console.waitUntilExit()).rejects.toThrow('could not be drawn');
  await screen.press('x').catch(() => {});
  await ended;
  expect(screen.written).toMatch(/\u001b\[\?1049l/);
});
