import { createRequire } from 'node:module';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';

const quick = createRequire(import.meta.url)('../../.scripts/string-width.cjs') as typeof stringWidth;

test('the stand-in of the bundle answers as string-width does, for every character alone and after a letter', () => {
  const different: string[] = [];
  // Beyond, nothing is taken as narrow, and all goes to the real one.
  for (let code = 0; code < 0x3000; code += 1) {
    const character = String.fromCodePoint(code);
    for (const text of [character, `a${character}`, `\u001b[1;31m${character}\u001b[0m`]) {
      if (quick(text) !== stringWidth(text)) different.push(code.toString(16));
    }
  }
  expect(different).toEqual([]);
});

test('neighbours do not join: every pair of its own characters is as wide as both', () => {
  const own = Array.from({ length: 0x2600 }, (_, code) => String.fromCodePoint(code)).filter((c) => quick(c) === 1);
  // Each against a sample from the whole range, both ways round.
  const sample = own.filter((_, index) => index % 97 === 0);
  for (const a of own) {
    const line = sample.map((b) => a + b + a).join('');
    expect({ a, width: quick(line) }).toEqual({ a, width: stringWidth(line) });
  }
});

test('what it does not know goes to the real one', () => {
  for (const text of ['日本', '👍🏽', 'e\u0301', '\u001b[31mred\u001b[0m', '\u00ad', '🇨🇭', '☎️']) {
    expect(quick(text)).toBe(stringWidth(text));
  }
});
