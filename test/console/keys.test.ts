import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyId, keyLabel, parseKey } from '../../src/console/keys/key.ts';
import { TerminalInput } from '../../src/console/terminal/input.ts';
import { splitKeys } from '../../src/console/terminal/split-keys.ts';
import { FakeStdin } from './screen.ts';

/** Feeds chunks and returns what a reader hears, one string per turn of the event loop. */
async function hear(chunks: readonly Uint8Array[], timers: (() => void)[] = []): Promise<string[]> {
  const source = new FakeStdin();
  const input = new TerminalInput({
    source,
    startTimer(run) {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  const heard: string[] = [];
  input.on('readable', () => heard.push(input.read()!));
  for (const chunk of chunks) source.emit('data', Buffer.from(chunk));
  for (const run of timers.slice()) run();
  await input.idle();
  input.close();
  return heard;
}

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ['jjj', ['j', 'j', 'j']],
  ['j\r', ['j', '\r']],
  ['G\tq', ['G', '\t', 'q']],
  ['ab\u001b[Acd', ['a', 'b', '\u001b[A', 'c', 'd']],
  ['\u001b[1;5C\u001bOP\u001b[[A\u001b[3~', ['\u001b[1;5C', '\u001bOP', '\u001b[[A', '\u001b[3~']],
  ['\u001bx\u001b\u001b[Dé', ['\u001bx', '\u001b\u001b[D', 'é']],
  ['e\u0301👩‍👧한', ['e\u0301', '👩‍👧', '한']],
  ['\r\n', ['\r', '\n']],
  ['a\u001b[200~one\r\ntwo\u001b[31m\u001b[201~b', ['a', '\u001b[200~one\r\ntwo\u001b[31m\u001b[201~', 'b']],
])('%j is split into its keys', async (input, keys) => {
  expect(splitKeys(input)).toEqual({ keys, rest: '' });
});

test('a lone escape is the Esc key after a while, and never takes the next key for Alt', async () => {
  expect(await hear([bytes('\u001b')])).toEqual(['\u001b[27u']);
  const source = new FakeStdin();
  let giveUp = () => {};
  const startTimer = (run: () => void) => {
    giveUp = run;
    return () => {};
  };
  const input = new TerminalInput({ source, startTimer });
  const heard: string[] = [];
  input.on('readable', () => heard.push(input.read()!));
  source.emit('data', Buffer.from('\u001b'));
  giveUp();
  source.emit('data', Buffer.from('j'));
  await input.idle();
  expect(heard).toEqual(['\u001b[27u', 'j']);
});

test('a paste that was never closed arrives as a paste, half a sequence as nothing', async () => {
  expect(await hear([bytes('\u001b[200~half')])).toEqual(['\u001b[200~half\u001b[201~']);
  expect(await hear([bytes('x\u001b[1;')])).toEqual(['x']);
});

test('keys wait while nobody listens', async () => {
  const source = new FakeStdin();
  const input = new TerminalInput({ source });
  source.emit('data', Buffer.from('ab'));
  await new Promise(setImmediate);
  const heard: string[] = [];
  input.on('readable', () => heard.push(input.read()!));
  await input.idle();
  expect(heard).toEqual(['a', 'b']);
});

const keys = fc.constantFrom(
  ...[
    'a',
    'Z',
    '7',
    ' ',
    '\r',
    '\t',
    '\u007f',
    '\u0003',
    '\u001b[A',
    '\u001b[5~',
    '\u001bOH',
    '\u001bx',
    '\u001b[1;5D',
  ],
  ...['é', '漢', '😀', 'ß', '\u001b[200~pa\r\nste ü😀\u001b[201~', '\u001b[Z', '\u001b\u001b[B'],
);

test('however the bytes are cut, the same keys arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(keys, { maxLength: 20 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
      async (typed, cuts) => {
        const all = bytes(typed.join(''));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < all.length; ) {
          const next = at + cuts.next().value!;
          chunks.push(all.subarray(at, next));
          at = next;
        }
        expect(await hear(chunks)).toEqual(typed);
      },
    ),
    { numRuns: 300 },
  );
});

test('key names are read in every spelling and written in one', () => {
  const canonical = (notation: string) => keyId(parseKey(notation));
  expect(['ctrl-r', 'Ctrl+R', 'ctrl+r'].map(canonical)).toEqual(['ctrl+r', 'ctrl+r', 'ctrl+r']);
  expect(['esc', 'return', 'G', '?', ' ', '+', '-', 'shift-tab', 'alt+x', 'pgdn'].map(canonical)).toEqual([
    'escape',
    'enter',
    'G',
    '?',
    'space',
    '+',
    '-',
    'shift+tab',
    'alt+x',
    'pagedown',
  ]);
  expect(() => parseKey('f5')).toThrow(/names no key/);
  expect([keyLabel('ctrl+r'), keyLabel('up'), keyLabel('up', false), keyLabel('G')]).toEqual([
    'Ctrl-R',
    '↑',
    'Up',
    'G',
  ]);
});
