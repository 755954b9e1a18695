/** Commands of single views; the view that is open does them. */
import type { Command } from './command.ts';

const plain = { dangerous: 'none' } as const;

export const viewCommands: readonly Command[] = [
  {
    ...plain,
    id: 'tab.next',
    title: 'Next tab',
    keys: ['tab'],
    scope: ['integration', 'records', 'activity'],
    hint: 0,
    short: 'Tabs',
  },
  {
    ...plain,
    id: 'tab.previous',
    title: 'Previous tab',
    keys: ['shift+tab'],
    scope: ['integration', 'records', 'activity'],
  },
  {
    ...plain,
    id: 'tab.pick',
    title: 'Tab by its number',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    scope: ['integration', 'records', 'activity'],
  },

  { ...plain, id: 'wizard.next', title: 'Continue', keys: ['enter'], scope: ['wizard'], hint: 1 },
  { ...plain, id: 'wizard.back', title: 'One step back', short: 'Back', keys: ['escape'], scope: ['wizard'], hint: 2 },
  { ...plain, id: 'wizard.down', title: 'Next line', keys: ['down', 'tab'], scope: ['wizard'], hint: 3 },
  { ...plain, id: 'wizard.up', title: 'Line before', keys: ['up', 'shift+tab'], scope: ['wizard'] },
  {
    ...plain,
    id: 'wizard.advanced',
    title: 'More or fewer fields',
    keys: ['ctrl+o'],
    scope: ['wizard'],
  },
  { ...plain, id: 'wizard.test', title: 'Test again', keys: ['t'], scope: ['wizard'] },
  { ...plain, id: 'wizard.accept', title: 'Use the suggested value', keys: ['y'], scope: ['wizard'] },
  { ...plain, id: 'wizard.anew', title: 'Start anew', keys: ['ctrl+n'], scope: ['wizard'] },
  {
    ...plain,
    id: 'form.change',
    title: 'Change the value',
    short: 'Change',
    keys: ['space', 'right'],
    scope: ['wizard', 'integration'],
  },
  {
    ...plain,
    id: 'form.change-back',
    title: 'Change it the other way',
    keys: ['left'],
    scope: ['wizard', 'integration'],
  },

  {
    ...plain,
    id: 'records.open',
    title: 'Open',
    keys: ['enter'],
    scope: ['records', 'company', 'score', 'billing'],
    hint: 1,
  },
  { ...plain, id: 'records.fields', title: 'All fields', short: 'Fields', keys: ['v'], scope: ['records'], hint: 2 },
  {
    ...plain,
    id: 'records.refresh',
    title: 'Read the list again',
    short: 'Refresh',
    keys: ['ctrl+r'],
    scope: ['records', 'company', 'score', 'billing', 'issues', 'doctor'],
    hint: 40,
  },

  {
    ...plain,
    id: 'record.explain',
    title: 'Why it is so, or is not here',
    short: 'Why',
    keys: ['w'],
    scope: ['records', 'issues'],
    hint: 3,
    cli: 'explain',
  },

  {
    ...plain,
    changes: true,
    id: 'issues.dismiss',
    title: 'Dismiss the issue',
    short: 'Dismiss',
    keys: ['d'],
    scope: ['issues'],
    hint: 1,
  },
  {
    ...plain,
    id: 'issues.dismissed',
    title: 'Show or hide dismissed',
    short: 'Dismissed',
    keys: ['h'],
    scope: ['issues'],
    hint: 2,
  },

  { ...plain, id: 'logs.follow', title: 'Follow the newest', short: 'Follow', keys: ['f'], scope: ['logs'], hint: 1 },
  { ...plain, id: 'logs.level', title: 'Next level', short: 'Level', keys: ['v'], scope: ['logs'], hint: 2 },
];
