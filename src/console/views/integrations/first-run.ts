/** What an empty console says: three lines, and where it keeps what. Pure. */
import type { ConsoleSettings } from '../../settings.ts';
import type { Theme } from '../../widgets/theme.ts';
import { blank, type Line, line, pair, paragraph } from '../lines.tsx';

export function firstRunLines({ facts }: ConsoleSettings, width: number, { style }: Theme): readonly Line[] {
  const at = { width, labels: 22, muted: style.muted };
  const step = (key: string, text: string) => pair(key, text, { ...at, labels: 8, muted: style.strong });
  return [
    line('Nothing is connected yet.', style.accent),
    ...step('Enter', 'connects the selected integration in five steps; its guide says where to click at the vendor.'),
    ...step(
      'demo',
      'To look around first, leave with q and run: msportal demo. It connects all eight to invented data.',
    ),
    ...step('?', 'finds and runs every command; g shows the guide of the selected integration.'),
    ...(facts.length === 0
      ? []
      : [
          blank,
          ...paragraph('What this console keeps, and where:', width, style.muted),
          ...facts.filter(([, value]) => value.startsWith('/')).flatMap(([name, value]) => pair(name, value, at)),
        ]),
  ];
}
