import { expect, test } from 'vitest';
import { bytes, count, counted, duration, relativeTime } from '../../src/text/format.ts';
import { nearest } from '../../src/text/nearest.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const s = 1_000;
const min = 60 * s;
const h = 60 * min;
const d = 24 * h;

test.each([
  [0, 'just now'],
  [-59 * s, 'just now'],
  [-60 * s, '1 min ago'],
  [-3 * min, '3 min ago'],
  [-59.6 * min, '1 h ago'],
  [-23.7 * h, '1 d ago'],
  [-1_200 * d, '1,200 d ago'],
  [20 * s, 'in 20 s'],
  [59.7 * s, 'in 1 min'],
  [2 * min, 'in 2 min'],
])('relative time of %d ms: %s', (offset, text) => {
  expect(relativeTime(now + offset, now)).toBe(text);
  expect(relativeTime(new Date(now + offset).toISOString(), now)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [999.6, '1.0 s'],
  [4_200, '4.2 s'],
  [9_960, '10 s'],
  [59_600, '1 min'],
  [185 * s, '3 min 5 s'],
  [3_599.7 * s, '1 h'],
  [134 * min, '2 h 14 min'],
  [76 * h, '3 d 4 h'],
  [Number.POSITIVE_INFINITY, 'unknown'],
])('duration of %d ms: %s', (ms, text) => expect(duration(ms)).toBe(text));

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [999.6, '1.0 kB'],
  [1_400, '1.4 kB'],
  [38_000_000, '38 MB'],
  [999_600_000, '1.0 GB'],
  [12e15, '12,000 TB'],
])('%d bytes: %s', (n, text) => expect(bytes(n)).toBe(text));

test('counts', () => {
  expect([0, 999, 1_000, 1_234_567, -1_234].map(count)).toEqual(['0', '999', '1,000', '1,234,567', '-1,234']);
  expect(counted(1, 'company', 'companies')).toBe('1 company');
  expect(counted(1_200, 'ticket')).toBe('1,200 tickets');
  expect(relativeTime('not a time', now)).toBe('unknown');
});

test('the nearest word is close or not offered', () => {
  expect(nearest('halo_psa', ['halo-psa', 'stripe'])).toBe('halo-psa');
  expect(nearest('Lvel', ['level', 'label'])).toBe('level');
  expect(nearest('colour', ['level', 'concurrency'])).toBeNull();
});
