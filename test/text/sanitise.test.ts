import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitise } from '../../src/text/sanitise.ts';

test.each([
  ['colour', 'a\u001b[31mred', 'a^[[31mred'],
  ['hidden text', '\u001b[8mhidden', '^[[8mhidden'],
  ['clear screen', '\u001b[2J\u001b[H', '^[[2J^[[H'],
  ['window title', '\u001b]0;title\u0007', '^[]0;title^G'],
  [
    'link',
    '\u001b]8;;https://evil.example\u001b\\bank\u001b]8;;\u001b\\',
    '^[]8;;https://evil.example^[\\bank^[]8;;^[\\',
  ],
  ['clipboard', '\u001b]52;c;AAAA\u0007', '^[]52;c;AAAA^G'],
  ['eight-bit sequences', '\u009b31m\u009d0;x\u009c', 'M-^[31mM-^]0;xM-^\\'],
  ['unterminated string', '\u001b]0;rest of the line', '^[]0;rest of the line'],
  ['overwriting', 'safe\rrm -rf', 'safe↵rm -rf'],
  ['backspaces', 'abc\b\b\bxyz', 'abc^H^H^Hxyz'],
  ['bell, null, delete', '\u0007\u0000\u007f', '^G^@^?'],
  ['tab', 'a\tb', 'a b'],
  ['line breaks', 'a\r\nb\nc\u2028d\u0085e', 'a↵b↵c↵d↵e'],
  ['turned direction', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', 'a'],
  ['zero width', 'pay\u200bpal\u200d\u2060\ufeff', 'paypal'],
  ['soft hyphen and fillers', 'a\u00adb\u3164c\u115f', 'abc'],
  ['tag characters', 'x\u{e0061}\u{e007f}', 'x'],
  ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ['piled marks', `a${'\u0301'.repeat(200)}b`, `a${'\u0301'.repeat(4)}b`],
])('%s is shown and not obeyed', (_, hostile, shown) => {
  expect(sanitise(hostile)).toBe(shown);
});

test('honest text stays as it is', () => {
  const names = ['Čapek & Söhne s.r.o.', '株式会社テスト', 'שלום עולם', 'e\u0301clair', '😀 ok', 'Zażółć', '한국어'];
  expect(names.map((name) => sanitise(name))).toEqual(names);
});

test('line breaks survive where a text may have lines', () => {
  expect(sanitise('a\r\nb\rc\u001b[A', { multiline: true })).toBe('a\nb\nc^[[A');
});

test('whatever comes in, no control character goes out, and a second time changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, multiline) => {
      const clean = sanitise(text, { multiline });
      expect(clean.replaceAll('\n', multiline ? '' : '\n')).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      expect(sanitise(clean, { multiline })).toBe(clean);
    }),
  );
});
