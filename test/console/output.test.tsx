import { EventEmitter } from 'node:events';
import { Text } from 'ink';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { useKeys } from '../../src/console/keys/use-keys.ts';
import { ModeLedger } from '../../src/console/terminal/modes.ts';
import { TerminalOutput } from '../../src/console/terminal/output.ts';
import { mountScreen } from './screen.ts';

const source = Object.assign(new EventEmitter(), { columns: 80, rows: 24 });

/** A terminal that takes `room` bytes at a time. */
function slowTerminal() {
  const terminal = {
    room: 0,
    gone: false,
    taken: '',
    write(bytes: Uint8Array) {
      if (terminal.gone) throw Object.assign(new Error('write EIO'), { code: 'EIO' });
      const part = bytes.subarray(0, terminal.room);
      terminal.taken += Buffer.from(part).toString('latin1');
      terminal.room -= part.length;
      return part.length;
    },
    close() {},
  };
  return terminal;
}

const frame = (output: TerminalOutput, text: string) => {
  output.write('\u001b[?2026h');
  output.write(text);
  output.write('\u001b[?2026l');
};

test('while much is waiting whole frames are left out, nothing else is, and one repaint follows', async () => {
  const sink = slowTerminal();
  const output = new TerminalOutput({ source, sink, backlogLimit: 100 });
  const stale = new Promise<void>((resolve) => output.once('stale', resolve));
  frame(output, 'a'.repeat(200));
  frame(output, 'never seen');
  output.write('\u001b[?1000h');
  frame(output, 'neither');
  expect(output.framesSkipped).toBe(2);
  sink.room = 10_000;
  await stale;
  expect(sink.taken).toBe(`\u001b[?2026h${'a'.repeat(200)}\u001b[?2026l\u001b[?1000h`);
  expect(output.backlog).toBe(0);
  output.close();
});

test('a frame begins in the corner, wherever the cursor was before', () => {
  const sink = slowTerminal();
  sink.room = 10_000;
  const output = new TerminalOutput({ source, sink });
  output.write('\u001b[?1049h');
  frame(output, 'MSPortal');
  output.flushSync();
  expect(sink.taken).toBe('\u001b[?1049h\u001b[H\u001b[?2026hMSPortal\u001b[?2026l');
  output.close();
});

test('a terminal that is gone is told once, and what is written then is dropped', async () => {
  const sink = slowTerminal();
  sink.gone = true;
  const output = new TerminalOutput({ source, sink });
  const hangup = new Promise<Error>((resolve) => output.once('hangup', resolve));
  output.write('x');
  expect((await hangup).message).toContain('EIO');
  output.write('y'.repeat(1000));
  expect(output.backlog).toBe(0);
  await output.flush();
  output.restoreSync();
  output.close();
});

test('a stalled terminal cannot hold up the end', async () => {
  const output = new TerminalOutput({ source, sink: slowTerminal() });
  output.write('x');
  await output.flush(5);
  output.flushSync(5);
  expect(output.backlog).toBe(1);
  output.close();
});

test('synchronised updates can be left out', () => {
  const sink = slowTerminal();
  sink.room = 100;
  const output = new TerminalOutput({ source, sink, synchronised: false });
  frame(output, 'frame');
  output.flushSync();
  expect(sink.taken).toBe('frame');
  output.close();
});

test('modes are undone in reverse order, an open frame first, and only what is still on', () => {
  const ledger = new ModeLedger();
  ledger.observe('\u001b[?1049h\u001b[?25l');
  ledger.observe('text \u001b[?2004h\u001b[?1000;1006h\u001b[?2004l\u001b[?2026h');
  expect(ledger.undo()).toBe('\u001b[?2026l\u001b[?1006l\u001b[?1000l\u001b[?25h\u001b[?1049l');
  expect(ledger.undo()).toBe('');
});

test('the end takes back a mode that Ink knows nothing of', async () => {
  const screen = await mountScreen(<Text>x</Text>);
  screen.console.output.write('\u001b[?1000h');
  await screen.unmount();
  expect(screen.written).toMatch(/\u001b\[\?1000l$/);
});

function Wall() {
  const [count, setCount] = useState(0);
  const [tail, setTail] = useState('');
  useKeys(({ id }) => (id === 'n' ? setCount(count + 1) : setTail(id)));
  return Array.from({ length: 30 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a window.
    <Text key={row}>{row < 29 ? `${row} ${String(count % 10).repeat(90)}` : `tail ${tail}`}</Text>
  ));
}

test('after a stall the screen is the newest frame, and goes on changing by little', async () => {
  const screen = await mountScreen(<Wall />);
  screen.stall(true);
  for (let press = 0; press < 48; press++) await screen.press('n');
  expect(screen.console.output.framesSkipped).toBeGreaterThan(5);
  expect(screen.console.output.backlog).toBeLessThan(80 * 1024);
  screen.stall(false);
  await screen.waitFor((text) => text.includes(`28 ${'8'.repeat(90)}`));
  expect(screen.lines()).toEqual([...Array.from({ length: 29 }, (_, row) => `${row} ${'8'.repeat(90)}`), 'tail']);
  const before = screen.bytesWritten;
  await screen.press('x');
  expect(screen.lines()[29]).toBe('tail x');
  expect(screen.bytesWritten - before).toBeLessThan(250);
  expect(screen.scrolledOut).toBe(0);
  await screen.unmount();
});

test('a repaint draws what another program overwrote', async () => {
  const screen = await mountScreen(<Text>what we drew</Text>);
  screen.console.output.write('\u001b[Hnoise from elsewhere');
  await screen.settled();
  expect(screen.text()).toContain('noise');
  screen.console.repaint();
  await screen.settled();
  expect(screen.text().trim()).toBe('what we drew');
  await screen.unmount();
});
