import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toAscii } from '../../src/text/ascii.ts';
import { width } from '../../src/text/width.ts';

test('letters lose their accents, signs have twins, the rest is a question mark in each of its cells', () => {
  expect(toAscii('Café Zoë › e\u0301 → 東京 😀 ß')).toBe('Cafe Zoe > e > ???? ?? ?');
  expect(toAscii('\u001b[2m·\u001b[0m')).toBe('\u001b[2m.\u001b[0m');
});

test('whatever the text, it takes as many cells as before and is ASCII', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', ' ', 'é', 'e\u0301', '東', '😀', '👩‍👧', '…', 'ß', '한'), { maxLength: 20 }),
      (parts) => {
        const text = parts.join('');
        expect(toAscii(text)).toMatch(/^[ -~]*$/);
        expect(toAscii(text)).toHaveLength(width(text));
      },
    ),
  );
});
