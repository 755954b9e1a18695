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
    scope: ['integration', 'records', 'issues', 'logs', 'guide'],
    dangerous: 'none',
    early: true,
    hint: 90,
    run: (actions) => {
      if (!actions.toView('back')) actions.back();
    },
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
    scope: ['integrations', 'records', 'issues', 'logs'],
    dangerous: 'none',
    early: true,
    hint: 10,
  },
];
