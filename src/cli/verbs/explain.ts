import type { StoryLine, Topic } from '../../engine/explain/story.ts';
import { definitionOf, recordTypeNames } from '../../portal/records/index.ts';
import { columns } from '../columns.ts';
import type { Run } from '../context.ts';
import { exitCodes } from '../exit.ts';
import { integrationOf, recordTypeOf } from '../integration.ts';
import { plain, print, printJson } from '../output.ts';

const headings: Readonly<Record<Topic, string>> = {
  record: 'record',
  mapping: 'mapped',
  link: 'link',
  issue: 'held back',
  change: 'edit',
  written: 'written',
  run: 'run',
  reading: 'read',
  log: 'log',
};

export const run: Run = async ({ args: [name = '', record = ''], options, json }, { open }) => {
  // One says "ticket 48213"; the record type is called tickets.
  const type = recordTypeNames.find((each) => definitionOf(each).singular === name.toLowerCase()) ?? recordTypeOf(name);
  const integration = options.text('--integration');
  if (integration !== undefined) integrationOf(integration);
  const engine = await open('look');
  const story = await engine.explain({ type, record, ...(integration === undefined ? {} : { integration }) });
  if (json) printJson(story);
  else {
    print([plain(story.answer), ...(story.fix === null ? [] : [plain(story.fix)])].join('\n'));
    if (story.lines.length > 0) print(`\n${columns(story.lines.map(cells)).join('\n')}`);
  }
  return story.outcome === 'missing' ? exitCodes.failed : exitCodes.done;
};

const cells = ({ topic, at, integration, text }: StoryLine) => [
  headings[topic],
  at?.slice(0, 19) ?? '',
  plain(integration),
  plain(text),
];
