import { expect, test } from 'vitest';
import { matches, parseTerms } from '../../src/text/filter.ts';

const now = Date.parse('2026-03-08T00:00:00Z');
const row = { name: 'Front Desk', status: 'open', hours: 12, seen: '2026-03-06T00:00:00Z', owner: null, online: true };
const fits = (text: string) => matches(parseTerms(text), row, now);

test.each([
  ['desk', true],
  ['"front desk" open', true],
  ['!desk', false],
  ['status:op !name:toner', true],
  ['status=op', false],
  ['status=open', true],
  ['status!=open', false],
  // As a number: as text, 12 would come before 9.
  ['hours>9', true],
  ['hours:>=12 hours<13', true],
  ['seen<3d', true],
  ['seen>3d', false],
  ['seen<36h', false],
  ['owner=', true],
  ['!owner:empty', false],
  ['online:yes', true],
  ['nothing:x', false],
  // Half typed: no term yet.
  ['status:', true],
  ['!', true],
  ['', true],
])('%s', (text, expected) => {
  expect(fits(text)).toBe(expected);
});
