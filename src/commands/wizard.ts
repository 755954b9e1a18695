/** Commands of the wizard that connects, of what comes of it, and of the settings it leaves behind. */
import type { Command } from './command.ts';

const inWizard = { dangerous: 'none', scope: ['wizard'] } as const;

export const wizardCommands: readonly Command[] = [
  { ...inWizard, id: 'wizard.next', title: 'Continue', keys: ['enter'], hint: 1 },
  { ...inWizard, id: 'wizard.back', title: 'One step back', short: 'Back', keys: ['escape'], hint: 2 },
  { ...inWizard, id: 'wizard.down', title: 'Next line', keys: ['down', 'tab'], hint: 3 },
  { ...inWizard, id: 'wizard.up', title: 'Line before', keys: ['up', 'shift+tab'] },
  {
    ...inWizard,
    id: 'wizard.advanced',
    title: 'More or fewer fields',
    keys: ['ctrl+o'],
  },
  { ...inWizard, id: 'wizard.test', title: 'Test again', keys: ['t'] },
  { ...inWizard, id: 'wizard.accept', title: 'Use the suggested value', keys: ['y'] },
  { ...inWizard, id: 'wizard.anew', title: 'Start anew', keys: ['ctrl+n'] },
  { ...inWizard, id: 'wizard.preview', title: 'See first what would come', keys: ['p'] },
  {
    ...inWizard,
    changes: true,
    id: 'preview.apply',
    title: 'Go on and do it',
    short: 'Do it',
    keys: ['enter'],
    scope: ['preview'],
    hint: 1,
  },
  {
    ...inWizard,
    id: 'form.change',
    title: 'Change the value',
    short: 'Change',
    keys: ['space', 'right'],
    scope: ['wizard', 'integration'],
    hint: 0,
    cli: 'configure',
  },
  {
    ...inWizard,
    id: 'form.change-back',
    title: 'Change it the other way',
    keys: ['left'],
    scope: ['wizard', 'integration'],
  },
];
