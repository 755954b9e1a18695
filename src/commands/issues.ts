/** Commands on sync issues. */
import type { Command } from './command.ts';

const inIssues = { dangerous: 'none', scope: ['issues'] } as const;

export const issueCommands: readonly Command[] = [
  {
    ...inIssues,
    id: 'issues.open',
    title: 'Open the group, or go where the issue is settled',
    short: 'Open',
    keys: ['enter'],
    scope: ['issues', 'explain'],
    hint: 0,
  },
  {
    ...inIssues,
    changes: true,
    id: 'issues.retry',
    title: 'Try it again: the marked ones, or the whole group',
    short: 'Again',
    keys: ['a'],
    hint: 1,
    shell: ({ integration, place }) => {
      const { type = null, reason } = (place.view === 'issues' ? place.group : undefined) ?? {};
      const of = Object.entries({ integration: integration?.id, type, reason });
      return ['msportal issues retry', ...of.flatMap(([name, value]) => (value ? [`--${name} ${value}`] : []))].join(
        ' ',
      );
    },
  },
  {
    ...inIssues,
    changes: true,
    id: 'issues.dismiss',
    title: 'Dismiss it, or take that back',
    short: 'Dismiss',
    keys: ['d'],
    hint: 2,
  },
  {
    ...inIssues,
    id: 'issues.dismissed',
    title: 'Show or hide dismissed',
    short: 'Dismissed',
    keys: ['h'],
    hint: 5,
  },
];
