/** What is there everywhere, and moving in lists. */
import type { Command } from './command.ts';

export const generalCommands: readonly Command[] = [
  {
    id: 'help',
    title: 'Help',
    keys: ['?'],
    scope: ['global'],
    dangerous: 'none',
    early: true,
    run: (actions) => actions.overlay('help'),
  },
  {
    id: 'palette',
    title: 'Run a command',
    keys: [':'],
    scope: ['global'],
    dangerous: 'none',
    early: true,
    run: (actions) => actions.overlay('palette'),
  },
  {
    id: 'notices',
    title: 'Notices in full',
    keys: ['N'],
    scope: ['global'],
    dangerous: 'none',
    early: true,
    when: ({ snapshot }) => (snapshot?.notices.length ?? 0) > 0 || 'There is nothing to tell.',
    run: (actions) => actions.overlay('notices'),
  },
  {
    id: 'back',
    title: 'Back',
    keys: ['escape', 'backspace'],
    scope: [
      'integration',
      'records',
      'company',
      'score',
      'billing',
      'activity',
      'settings',
      'issues',
      'outbox',
      'conflict',
      'edit',
      'matching',
      'logs',
      'guide',
      'doctor',
      'duplicates',
      'explain',
      'preview',
    ],
    dangerous: 'none',
    early: true,
    hint: 90,
    run: (actions) => {
      if (!actions.toView('back')) actions.back();
    },
  },
  {
    id: 'undo',
    title: 'Undo',
    keys: ['u'],
    scope: ['global'],
    dangerous: 'none',
    changes: true,
    when: ({ undo }) => undo !== null || 'There is nothing to take back.',
    run: (actions) => actions.undo(),
  },
  {
    id: 'quit',
    title: 'Quit',
    keys: ['q', 'ctrl+c'],
    scope: ['global'],
    dangerous: 'none',
    early: true,
    run: (actions) => actions.quit(),
  },
  {
    id: 'screen.repaint',
    title: 'Draw the screen anew',
    keys: ['ctrl+l'],
    scope: ['global'],
    dangerous: 'none',
    early: true,
  },
  { id: 'screen.suspend', title: 'Stop until fg', keys: ['ctrl+z'], scope: ['global'], dangerous: 'none', early: true },
];

const inList = { scope: ['list'], dangerous: 'none', early: true } as const;

const tables = [
  'integrations',
  'records',
  'company',
  'score',
  'billing',
  'activity',
  'issues',
  'outbox',
  'matching',
  'logs',
] as const;

const inTable = { scope: [...tables, 'integration'], dangerous: 'none' } as const;

/** The view that is open moves its own cursor. */
export const listCommands: readonly Command[] = [
  { ...inList, id: 'list.down', title: 'Down', keys: ['j', 'down'] },
  { ...inList, id: 'list.up', title: 'Up', keys: ['k', 'up'] },
  { ...inList, id: 'list.page-down', title: 'Page down', keys: ['pagedown', 'ctrl+f'] },
  { ...inList, id: 'list.page-up', title: 'Page up', keys: ['pageup', 'ctrl+b'] },
  { ...inList, id: 'list.first', title: 'First', keys: ['home'] },
  { ...inList, id: 'list.last', title: 'Last', keys: ['end', 'G'] },
  {
    id: 'list.filter',
    title: 'Filter',
    keys: ['/'],
    scope: [...tables, 'mapping'],
    dangerous: 'none',
    early: true,
    hint: 10,
  },
  { ...inTable, id: 'list.sort', title: 'Sort by the next column', short: 'Sort', keys: ['o'], hint: 20 },
  { ...inTable, id: 'list.reverse', title: 'Reverse the order', keys: ['O'] },
  {
    ...inTable,
    id: 'list.mark',
    title: 'Mark the line',
    short: 'Mark',
    keys: ['space'],
    // In the tabs of an integration Space changes a setting; its lists are marked as others are.
    scope: [...tables, 'mapping'],
    hint: 21,
  },
  { ...inTable, id: 'list.mark-all', title: 'Mark all, or none', keys: ['*'] },
  { ...inTable, id: 'list.copy', title: 'Copy what is marked or selected', short: 'Copy', keys: ['y'], hint: 22 },
  { ...inTable, id: 'list.export', title: 'Export the list to a file', short: 'Export', keys: ['X'], hint: 23 },
];
