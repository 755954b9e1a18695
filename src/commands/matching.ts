/** Commands that say which row is which record. */
import type { Command } from './command.ts';

const inMatching = { dangerous: 'none', scope: ['matching'] } as const;

export const matchingCommands: readonly Command[] = [
  {
    ...inMatching,
    changes: true,
    id: 'match.link',
    title: 'Say which it is',
    short: 'Link',
    keys: ['enter'],
    hint: 1,
    cli: 'link',
  },
  {
    ...inMatching,
    changes: true,
    id: 'match.create',
    title: 'It is a new record',
    short: 'New',
    keys: ['n'],
    hint: 2,
  },
  {
    ...inMatching,
    changes: true,
    id: 'match.ignore',
    title: 'Leave it out from now on',
    short: 'Ignore',
    keys: ['i'],
    hint: 3,
  },
  {
    ...inMatching,
    changes: true,
    id: 'match.quick',
    title: 'Link all that have one likely candidate',
    short: 'Quick match',
    keys: ['Q'],
    hint: 4,
  },
  {
    ...inMatching,
    changes: true,
    id: 'grid.unlink',
    title: 'Unlink it from the chosen integration',
    short: 'Unlink',
    keys: ['x'],
    hint: 2,
    cli: 'unlink',
  },
  {
    ...inMatching,
    changes: true,
    id: 'grid.merge',
    title: 'Merge the marked ones into this one',
    short: 'Merge',
    keys: ['m'],
    hint: 4,
    cli: 'merge',
  },
  {
    ...inMatching,
    id: 'grid.missing',
    title: 'Only those that lack a link, or all',
    short: 'Missing',
    keys: ['h'],
    hint: 3,
  },
  { ...inMatching, id: 'grid.right', title: 'Next integration', keys: ['right'] },
  { ...inMatching, id: 'grid.left', title: 'Integration before', keys: ['left'] },
];
