/** Where one can go. */
import { exists, owns } from './availability.ts';
import type { Command, CommandContext } from './command.ts';

const onIntegration = ['integrations', 'integration'] as const;
const about = ({ integration }: CommandContext) => (integration === null ? {} : { integration: integration.id });

export const navigationCommands: readonly Command[] = [
  {
    id: 'go.records',
    title: 'Its records',
    short: 'Records',
    keys: ['r'],
    scope: onIntegration,
    dangerous: 'none',
    hint: 6,
    when: exists,
    cli: 'records',
    run: (actions, context) =>
      actions.open({ view: 'records', type: context.integration?.types[0] ?? 'companies', ...about(context) }),
  },
  {
    id: 'go.issues',
    title: 'Its sync issues',
    short: 'Issues',
    keys: ['i'],
    scope: onIntegration,
    dangerous: 'none',
    hint: 7,
    when: exists,
    run: (actions, context) => actions.open({ view: 'issues', ...about(context) }),
  },
  {
    id: 'go.logs',
    title: 'Its log',
    short: 'Log',
    keys: ['l'],
    scope: onIntegration,
    dangerous: 'none',
    hint: 8,
    when: exists,
    cli: 'logs',
    run: (actions, context) => actions.open({ view: 'logs', ...about(context) }),
  },
  {
    id: 'go.guide',
    title: 'Its guide',
    short: 'Guide',
    keys: ['g'],
    scope: onIntegration,
    dangerous: 'none',
    hint: 9,
    when: exists,
    cli: 'guide',
    run: (actions, context) => {
      if (context.integration) actions.open({ view: 'guide', id: context.integration.id });
    },
  },
  {
    id: 'go.connect',
    title: 'Connect another integration',
    keys: ['C'],
    scope: ['global'],
    dangerous: 'none',
    when: owns,
    run: (actions) => actions.open({ view: 'wizard' }),
  },
  {
    id: 'go.integrations',
    title: 'Integrations',
    keys: ['I'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'integrations' }),
  },
  {
    id: 'go.all-records',
    title: 'All records',
    keys: ['R'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'records', type: 'companies' }),
  },
  {
    id: 'go.all-issues',
    title: 'All sync issues',
    keys: ['U'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'issues' }),
  },
  {
    id: 'go.all-logs',
    title: 'Whole log',
    keys: ['L'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'logs' }),
  },
];
