/** A record's story as lines of the screen. Pure. */
import type { Story, Topic } from '../../../engine/explain/story.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { NameOf } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import type { Theme } from '../../widgets/theme.ts';
import { blank, type Line, pair, paragraph } from '../lines.tsx';

const headings: Readonly<Record<Topic, string>> = {
  record: 'Record',
  mapping: 'Mapped',
  link: 'Known as',
  issue: 'Held back',
  change: 'Edited',
  written: 'Written',
  run: 'First seen',
  reading: 'Read',
  log: 'Log',
};

/** The answer, what to do, then everything it rests on. */
export function storyLines(
  { answer, fix, lines }: Story,
  width: number,
  { style }: Theme,
  nameOf: NameOf,
): readonly Line[] {
  const at = { width, labels: 12, muted: style.muted };
  return [
    ...paragraph(forPeople(answer), width, style.strong),
    ...(fix === null ? [] : paragraph(forPeople(fix), width)),
    blank,
    ...lines.flatMap(({ topic, at: time, integration, text }, index) => {
      const about = [time === null ? null : stamp(time), integration && nameOf(integration)]
        .filter((part) => part !== null)
        .join(' ');
      const heading = lines[index - 1]?.topic === topic ? '' : headings[topic];
      return pair(heading, forPeople(about === '' ? text : `${about}  ${text}`), at);
    }),
  ];
}

/** The command line tells times to the millisecond and in UTC; here they are as everywhere on the screen. */
const forPeople = (text: string) => sanitise(text).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, stamp);
