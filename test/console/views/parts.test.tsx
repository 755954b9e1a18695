import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import { Lines, line, pair } from '../../../src/console/views/lines.tsx';
import { TabBar, tabCommands } from '../../../src/console/views/tab-bar.tsx';
import { StepBar } from '../../../src/console/views/wizard/step-bar.tsx';

/** The text alone: what colours and weights add must not be needed. */
const frame = (element: Parameters<typeof render>[0]) => stripVTControlCharacters(render(element).lastFrame() ?? '');

test('lines are cut by cells, never through a wide character, and never wrap', () => {
  const lines = [
    line('한빛 디자인 스튜디오'),
    [{ text: 'ab' }, { text: 'cdefghij', style: { bold: true } }],
    line('below the window'),
  ];
  expect(frame(<Lines lines={lines} width={8} height={2} />)).toBe('한빛 디…\nabcdefg…');
});

test('a value wraps under itself', () => {
  const at = { width: 20, labels: 6, muted: {} };
  const text = pair('Fix', 'Copy both of them again', at).map((parts) => parts.map((part) => part.text).join(''));
  expect(text).toEqual(['Fix   Copy both of', '      them again']);
});

test('where one is shows without colour', () => {
  expect(frame(<StepBar step="options" />)).toContain('✓ Credentials  [3 Options]  4 Test');
  expect(frame(<TabBar tabs={[{ label: 'Overview' }, { label: 'Sync issues', figure: '4' }]} current={1} />)).toContain(
    '1 Overview  [2 Sync issues 4]',
  );
});

test('tabs go round, and a number beyond them goes nowhere', () => {
  const went: number[] = [];
  const commands = tabCommands(3, 2, (index) => went.push(index));
  commands['tab.next']();
  commands['tab.previous']();
  commands['tab.pick']('1');
  commands['tab.pick']('6');
  expect(went).toEqual([0, 1, 0]);
});
