/** Commands of the log. */
import type { Command } from './command.ts';

const inLogs = { dangerous: 'none', scope: ['logs'] } as const;

export const logCommands: readonly Command[] = [
  { ...inLogs, id: 'logs.follow', title: 'Follow the newest', short: 'Follow', keys: ['f'], hint: 1 },
  { ...inLogs, id: 'logs.right', title: 'Scroll to the right', keys: ['right'] },
  { ...inLogs, id: 'logs.left', title: 'Scroll to the left', keys: ['left'] },
  { ...inLogs, id: 'logs.level', title: 'Next level', short: 'Level', keys: ['v'], hint: 2 },
  {
    ...inLogs,
    id: 'logs.window',
    title: 'Time window: all, 5 min, 15 min, 1 h, 6 h, 24 h',
    short: 'Window',
    keys: ['0', '1', '2', '3', '4', '5'],
    hint: 4,
  },
  {
    ...inLogs,
    id: 'logs.mark',
    title: 'Draw a mark below the newest or chosen line, or remove it',
    short: 'Mark',
    keys: ['m'],
    hint: 3,
  },
  { ...inLogs, id: 'logs.mark-before', title: 'Mark before', keys: ['['] },
  { ...inLogs, id: 'logs.mark-after', title: 'Next mark', keys: [']'] },
  { ...inLogs, id: 'logs.pager', title: 'Open in the pager', short: 'Pager', keys: ['|'], hint: 24 },
];
