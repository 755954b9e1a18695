import type { CommandContext } from '../../commands/command.ts';
import type { ActivityTab, IntegrationTab, IssueGroupName, MatchingTab, Place } from '../../commands/place.ts';
import { reasons } from '../../portal/issue-reasons.ts';
import { labelOf } from '../../portal/records/names.ts';

export const tabLabels: Readonly<Record<IntegrationTab, string>> = {
  overview: 'Overview',
  runs: 'Runs',
  issues: 'Issues',
  settings: 'Settings',
  mapping: 'Mapping',
  logs: 'Log',
  checks: 'Checks',
  guide: 'Guide',
};

export const activityLabels: Readonly<Record<ActivityTab, string>> = {
  queue: 'Queue',
  runs: 'Runs',
  actions: 'Actions',
};

export const matchingLabels: Readonly<Record<MatchingTab, string>> = {
  waiting: 'Rows that wait',
  grid: 'Companies by integrations',
};

/** The way to a place, in words; `title`: what a view of one record has found it to be called: `Integrations`, `Halo PSA`, `Runs`. */
export function crumbs(
  { place, integration }: Pick<CommandContext, 'place' | 'integration'>,
  title: string | null = null,
): readonly string[] {
  const name = integration?.name ?? '';
  switch (place.view) {
    case 'integrations':
      return ['Integrations'];
    case 'integration':
      return ['Integrations', name, tabLabels[place.tab]];
    case 'wizard':
      return ['Integrations', ...(place.id === undefined ? [] : [name]), 'Connect'];
    case 'preview':
      return ['Integrations', name, 'Preview'];
    case 'guide':
      return ['Integrations', name, 'Guide'];
    case 'records':
      return ['Records', labelOf(place.type), ...of(place, name)];
    case 'company':
      return ['Records', 'Companies', title ?? 'Company'];
    case 'score':
      return ['Records', 'Secure scores', title ?? 'Score'];
    case 'billing':
      return ['Billing'];
    case 'activity':
      return ['Activity', activityLabels[place.tab]];
    case 'settings':
      return ['Settings'];
    case 'duplicates':
      return ['Likely twice', labelOf(place.type)];
    case 'doctor':
      return ['Doctor'];
    case 'explain':
      return ['Records', labelOf(place.type), place.record, 'Why'];
    case 'issues':
      return ['Sync issues', ...of(place, name), ...(place.group === undefined ? [] : [groupLabel(place.group)])];
    case 'outbox':
      return ['Outbox', ...of(place, name)];
    case 'matching':
      return ['Matching', matchingLabels[place.tab]];
    case 'edit': {
      const what = { create: 'New', update: 'Change', note: 'Note' }[place.kind];
      if (place.change !== undefined) return ['Outbox', ...(title === null ? [] : [title]), what];
      return ['Records', labelOf(place.type), ...(title === null ? [] : [title]), what];
    }
    case 'conflict':
      return ['Outbox', 'Conflict', ...(title === null ? [] : [title])];
    case 'logs':
      return ['Log', ...of(place, name)];
  }
}

/** `company missing: Tickets`. */
const groupLabel = ({ reason, type }: IssueGroupName) =>
  type === null ? reasons[reason].label : `${reasons[reason].label}: ${labelOf(type)}`;

const of = (place: Place & { readonly integration?: string }, name: string) =>
  place.integration === undefined ? [] : [name];
