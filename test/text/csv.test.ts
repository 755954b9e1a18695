import { expect, test } from 'vitest';
import { csvLine } from '../../src/text/csv.ts';
import { money } from '../../src/text/money.ts';

test('commas, quotes and line breaks stay within their field; nothing a vendor wrote is run as a formula', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines', null, true, -3, ['x', 'y']])).toBe(
    '"a,b","say ""hi""","two\nlines",,true,-3,x; y\r\n',
  );
  expect(csvLine(['=HYPERLINK("http://bad.example")', '+1', '@x'])).toBe(
    `"'=HYPERLINK(""http://bad.example"")",'+1,'@x\r\n`,
  );
});

test('an amount has the decimals of its currency', () => {
  expect(money(1234.5, 'EUR')).toBe('1,234.50 EUR');
  expect(money(1234, 'JPY')).toBe('1,234 JPY');
  expect(money(0, '')).toBe('0.00 ');
});
