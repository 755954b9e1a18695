/** The way from tab to tab; the same keys wherever there are tabs. */
import type { Command } from './command.ts';

const inTabs = { dangerous: 'none', scope: ['integration', 'records', 'activity', 'duplicates', 'matching'] } as const;

export const tabCommands: readonly Command[] = [
  {
    ...inTabs,
    id: 'tab.next',
    title: 'Next tab',
    keys: ['tab'],
    hint: 0,
    short: 'Tabs',
  },
  {
    ...inTabs,
    id: 'tab.previous',
    title: 'Previous tab',
    keys: ['shift+tab'],
  },
  {
    ...inTabs,
    id: 'tab.pick',
    title: 'Tab by its number',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
];
