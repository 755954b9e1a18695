/** What an empty console says: three lines, and where it keeps what. Pure. */
import type { ConsoleSettings } from '../../settings.ts';
import type { Theme } from '../../widgets/theme.ts';
import { blank, type Line, line, pair } from '../lines.tsx';

export function firstRunLines({ facts }: ConsoleSettings, width: number, { style }: Theme): readonly Line[] {
  const at = { width, labels: 22, muted: style.muted };
  const step = (key: string, text: string) => pair(key, text, { ...at, labels: 8, muted: style.strong });
  return [
    line('Nothing is connected yet.', style.accent),
    ...step('Enter', 'connects the selected integration, in five steps'),
    ...step('demo', 'to look around first: leave with q and run msportal demo'),
    ...step('?', 'finds and runs every command'),
    ...(facts.length === 0 ? [] : [blank]),
    ...facts.filter(([name]) => files.has(name)).flatMap(([name, value]) => pair(name, value, at)),
  ];
}

/** Of the facts, what the program makes or reads. */
const files = new Set(['Configuration', 'State', 'Records', 'Key of the secrets', 'Log']);
