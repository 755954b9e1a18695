/** Commands of the tab that says what a vendor's values are called here. */
import type { Command } from './command.ts';

const inMapping = { dangerous: 'none', scope: ['mapping'] } as const;

export const mappingCommands: readonly Command[] = [
  {
    ...inMapping,
    changes: true,
    id: 'mapping.edit',
    title: 'Say what the value is called here',
    short: 'Name',
    keys: ['enter'],
    hint: 0,
  },
  {
    ...inMapping,
    changes: true,
    id: 'mapping.fill',
    title: "Make a table, or fill it up, with the vendor's names",
    short: 'Fill up',
    keys: ['a'],
    hint: 0,
  },
  {
    ...inMapping,
    changes: true,
    id: 'mapping.save',
    title: 'Save the mapping',
    short: 'Save',
    keys: ['w'],
    hint: 0,
  },
  {
    ...inMapping,
    id: 'mapping.preview',
    title: 'Preview what the mapping would do',
    short: 'Preview',
    keys: ['p'],
    hint: 0,
  },
  {
    ...inMapping,
    changes: true,
    id: 'mapping.remove',
    title: 'Take the value out of the table',
    short: 'Remove',
    keys: ['-', 'delete'],
    hint: 1,
  },
  {
    ...inMapping,
    changes: true,
    id: 'mapping.drop',
    title: 'Take the whole table away',
    keys: ['_'],
  },
  {
    ...inMapping,
    changes: true,
    id: 'mapping.first',
    title: 'Write this value where several are called so',
    keys: ['f'],
  },
];
