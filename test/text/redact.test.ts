import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/text/redact.ts';

const secret = 'p@ss/w"örd+ 1?\\x';

function withSecret(...secrets: string[]) {
  const redactor = createRedactor();
  for (const value of secrets) redactor.add(value);
  return redactor;
}

test('every form that a secret travels in is found', () => {
  const { redact } = withSecret(secret);
  const forms = [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    new URLSearchParams({ q: secret }).toString(),
    JSON.stringify({ q: secret }),
    JSON.stringify({ q: secret }).replaceAll('/', '\\/'),
  ];
  for (const form of forms) expect(redact(`a ${form} b`)).toMatch(/^a .*\[redacted\].* b$/);
  expect(redact(`https://x.example/?q=${encodeURIComponent(secret)}&r=1`)).toBe('https://x.example/?q=[redacted]&r=1');
});

test('base64 is found wherever the secret starts in the encoded text', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 9 }),
      fc.string({ minLength: 6 }),
      fc.string({ maxLength: 9 }),
      (before, value, after) => {
        fc.pre(value.trim() === value && value.isWellFormed());
        const { redact } = withSecret(value);
        for (const encoding of ['base64', 'base64url'] as const) {
          const encoded = Buffer.from(before + value + after).toString(encoding);
          const kept = redact(encoded).replace('[redacted]', '');
          // At most the two characters that are shared with a neighbour on either side remain.
          expect(kept.length).toBeLessThanOrEqual(encoded.length - Math.floor((value.length * 8 - 10) / 6));
        }
      },
    ),
  );
});

test('overlapping secrets leave no rest of either', () => {
  const { redact } = withSecret('abcdefgh', 'efghijklmn', 'abcdefgh-long');
  expect(redact('x abcdefghijklmn y abcdefgh-long z')).toBe('x [redacted] y [redacted] z');
});

test('short values are ignored, forgotten ones no longer searched', () => {
  const redactor = withSecret('12345', '', 'old-token');
  redactor.forget('old-token');
  expect(redactor.redact('12345 old-token')).toBe('12345 old-token');
});

test('deep values: keys, numbers, errors with causes, cycles', () => {
  const { redactDeep } = withSecret('123456', 'hunter22');
  const loop: Record<string, unknown> = { hunter22: 1, n: 91234567, big: 123456n, when: new Date(0), keep: 5 };
  loop.self = loop;
  expect(redactDeep(loop)).toEqual({
    '[redacted]': 1,
    n: '9[redacted]7',
    big: '[redacted]',
    when: '1970-01-01T00:00:00.000Z',
    keep: 5,
    self: '[circular]',
  });
  const error = new Error('no hunter22', { cause: new Error('is hunter22') });
  const text = JSON.stringify(redactDeep({ error, list: [new Map([['k', 'hunter22']])] }));
  expect(text).not.toContain('hunter22');
  expect(text).toContain('is [redacted]');
});

test('a large text with many secrets is quick', () => {
  const redactor = withSecret(...Array.from({ length: 20 }, (_, i) => `Secret-${i}-${'z'.repeat(30)}`));
  const line = JSON.stringify({ id: 1, summary: 'Printer on floor 3 does not print', company: 'Fabrikam' });
  const text = `${line.repeat(10_000)} Secret-7-${'z'.repeat(30)}`;
  const start = performance.now();
  expect(redactor.redact(text).endsWith(' [redacted]')).toBe(true);
  expect(performance.now() - start).toBeLessThan(1_000);
});
