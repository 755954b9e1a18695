import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit as fitCells, truncate, width, wrap } from '../../src/text/width.ts';

test('text is measured in cells', () => {
  expect(['abc', '漢字', '한국', 'e\u0301', '😀', 'שלום', 'ＡＢ'].map(width)).toEqual([3, 4, 4, 1, 2, 4, 4]);
});

test('text is cut between characters, at its end or in its middle', () => {
  expect(truncate('Contoso Limited', 8)).toBe('Contoso…');
  expect(truncate('漢字漢字', 6)).toBe('漢字…');
  expect(truncate('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
  expect(truncate('https://api.example/v1/tickets', 15, { at: 'middle' })).toBe('https:/…tickets');
  expect(truncate('abc', 0)).toBe('');
  expect(fitCells('漢字漢字', 6)).toBe('漢字… ');
  expect(fitCells('7', 3, { align: 'right' })).toBe('  7');
});

test('text is wrapped at spaces, and inside a word only when it must', () => {
  expect(wrap('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
  expect(wrap('a verylongwordindeed b', 6)).toEqual(['a', 'verylo', 'ngword', 'indeed', 'b']);
  expect(wrap('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  expect(wrap('  two spaces in front', 12)).toEqual(['  two spaces', 'in front']);
});

const texts = fc
  .array(fc.constantFrom('a', 'bc ', '漢', '한', 'e\u0301', '😀', 'ש', 'ل', ' ', 'ß', '\ufffd', 'ก็'))
  .map((parts) => parts.join(''));

test('whatever the text, a cell is exactly as wide as asked and no line wider', () => {
  fc.assert(
    fc.property(
      texts,
      fc.integer({ min: 0, max: 12 }),
      fc.constantFrom('end' as const, 'middle' as const),
      (text, cells, at) => {
        expect(width(fitCells(text, cells, { at }))).toBe(cells);
        if (cells < 2) return;
        const lines = wrap(text, cells);
        expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(cells);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
    { numRuns: 500 },
  );
});
