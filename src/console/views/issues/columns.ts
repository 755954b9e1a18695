/** How sync issues look, alone and in groups. */

import type { IssueGroup, SyncIssue } from '../../../portal/issue.ts';
import { reasons, todoOf } from '../../../portal/issue-reasons.ts';
import { definitionOf } from '../../../portal/records/index.ts';
import { labelOf } from '../../../portal/records/names.ts';
import { count, counted, relativeTime } from '../../../text/format.ts';
import { sanitise } from '../../../text/sanitise.ts';
import type { NameOf } from '../../app/context.ts';
import { stamp } from '../../app/wording.ts';
import type { Column } from '../../widgets/columns.ts';
import type { TextStyle, Theme } from '../../widgets/theme.ts';
import { type Line, pair } from '../lines.tsx';

export const groupKey = ({ integration, type, reason }: Pick<SyncIssue, 'integration' | 'type' | 'reason'>): string =>
  `${integration} ${type ?? ''} ${reason}`;

/** What is left out on purpose does not look like something that is wrong. */
const styleOf = ({ style }: Theme, { reason }: Pick<SyncIssue, 'reason'>): TextStyle => {
  const { rank } = reasons[reason];
  return rank === 1 ? style.danger : rank === 5 ? style.muted : style.warning;
};

/** @param nameOf absent: the list is of one integration */
export function groupColumns(theme: Theme, now: number, nameOf?: NameOf): readonly Column<IssueGroup>[] {
  const { style } = theme;
  const integration: Column<IssueGroup> = {
    key: 'integration',
    title: 'Integration',
    min: 18,
    priority: 6,
    value: ({ integration }) => nameOf?.(integration) ?? integration,
  };
  return [
    {
      key: 'reason',
      title: 'Reason',
      min: 17,
      priority: 9,
      value: ({ reason }) => reasons[reason].label,
      style: (group) => styleOf(theme, group),
    },
    { key: 'type', title: 'Type', min: 11, priority: 7, value: ({ type }) => (type === null ? '' : labelOf(type)) },
    ...(nameOf === undefined ? [] : [integration]),
    {
      key: 'count',
      title: 'Issues',
      min: 7,
      priority: 8,
      align: 'right',
      value: (group) => count(group.count),
      raw: (group) => group.count,
    },
    {
      key: 'since',
      title: 'Since',
      min: 10,
      priority: 5,
      value: ({ since }) => relativeTime(since, now),
      raw: ({ since }) => since,
      style: () => style.muted,
    },
    {
      key: 'records',
      title: 'Records',
      min: 16,
      max: Number.POSITIVE_INFINITY,
      priority: 4,
      value: ({ examples }) => examples.map(({ label }) => sanitise(label)).join(', '),
    },
  ];
}

export function issueColumns({ style }: Theme, now: number): readonly Column<SyncIssue>[] {
  return [
    {
      key: 'label',
      title: 'Record',
      min: 24,
      max: 48,
      priority: 9,
      value: ({ label }) => sanitise(label),
      style: ({ dismissed }) => (dismissed ? style.muted : undefined),
    },
    {
      key: 'detail',
      title: 'Why',
      min: 20,
      max: Number.POSITIVE_INFINITY,
      priority: 7,
      value: ({ detail }) => sanitise(detail),
      style: () => style.muted,
    },
    {
      key: 'firstSeen',
      title: 'Since',
      min: 10,
      priority: 5,
      value: ({ firstSeen }) => relativeTime(firstSeen, now),
      raw: ({ firstSeen }) => firstSeen,
      style: () => style.muted,
    },
    {
      key: 'lastSeen',
      title: 'Seen',
      min: 10,
      priority: 6,
      value: ({ lastSeen }) => relativeTime(lastSeen, now),
      raw: ({ lastSeen }) => lastSeen,
      style: () => style.muted,
    },
  ];
}

const labels = 10;

export function issueLines(issue: SyncIssue, width: number, { style }: Theme): readonly Line[] {
  const at = { width, labels, muted: style.muted };
  return [
    ...pair('Record', sanitise(issue.label), { ...at, style: style.strong }),
    ...pair('Why', sanitise(issue.detail), at),
    ...pair('To do', todoOf(issue), at),
    ...pair(
      'Seen',
      `first ${stamp(issue.firstSeen)}, last ${stamp(issue.lastSeen)}${issue.dismissed ? ', dismissed' : ''}`,
      { ...at, style: style.muted },
    ),
  ];
}

/** Of one issue: the issue itself. */
export function groupLines(group: IssueGroup, width: number, theme: Theme): readonly Line[] {
  const { type, reason, examples, since } = group;
  const [first] = examples;
  if (first !== undefined && group.count === 1) return issueLines(first, width, theme);
  const { style } = theme;
  const at = { width, labels, muted: style.muted };
  const { singular = 'issue', label = 'issues' } = type === null ? {} : definitionOf(type);
  const what = `${counted(group.count, singular, label.toLowerCase())}, ${reasons[reason].label}, since ${stamp(since)}`;
  return [
    ...pair('What', what, { ...at, style: style.strong }),
    ...pair('To do', todoOf({ reason, type }), at),
    ...examples.map(
      ({ label, detail }, index): Line => [
        { text: (index === 0 ? 'Such as' : '').padEnd(labels), style: style.muted },
        { text: sanitise(label) },
        { text: `  ${sanitise(detail)}`, style: style.muted },
      ],
    ),
  ];
}
