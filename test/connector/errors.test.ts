import { expect, test } from 'vitest';
import { Rejected } from '../../src/connector/errors.ts';

test("a reason that ends in the vendor's words is a sentence, so that what to do can follow it", () => {
  const reasonOf = (reason: string) => new Rejected({}, { reason, fix: 'Try again.' }).reason;
  expect(reasonOf('Halo refused it: agent_id 9 does not exist')).toBe('Halo refused it: agent_id 9 does not exist.');
  for (const whole of ['It was refused.', 'Really?', 'It says "no."']) expect(reasonOf(whole)).toBe(whole);
});
