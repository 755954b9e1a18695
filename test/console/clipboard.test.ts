import { expect, test } from 'vitest';
import { clipboardSequence } from '../../src/console/terminal/clipboard.ts';

const encoded = Buffer.from('Grüße').toString('base64');

test('the terminal is asked, through tmux and screen as well', () => {
  expect(clipboardSequence('Grüße', {})).toBe(`\u001b]52;c;${encoded}\u0007`);
  const tmux = clipboardSequence('Grüße', { TMUX: '/tmp/tmux-0/default' });
  expect(tmux).toContain(`\u001bPtmux;\u001b\u001b]52;c;${encoded}\u0007\u001b\\`);
  expect(clipboardSequence('Grüße', { STY: '1.tty' })).toBe(`\u001bP\u001b]52;c;${encoded}\u0007\u001b\\`);
});

test('what is too long for a clipboard is not sent at all', () => {
  expect(clipboardSequence('x'.repeat(80_000), {})).toBeNull();
});
