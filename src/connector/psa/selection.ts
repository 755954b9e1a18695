/**
 * What an operator chooses to import from a PSA, and how a row that was not chosen is held back. The same for
 * all PSAs, so that the words and the options are the same on every screen.
 */
import type { OptionField, Options } from '../manifest.ts';
import type { SourceItem } from '../source-item.ts';

const day = 86_400_000;

/** Boards, queues, ticket types: what the vendor groups its tickets by. */
export interface Grouping {
  /** Option key: `boards`, `queues`, `ticketTypes`. */
  readonly key: string;
  /** One of them, in the vendor's word: `board`. */
  readonly singular: string;
  /** Shown: `Service boards`. */
  readonly label: string;
}

export interface PsaSelection {
  readonly includeInactive: boolean;
  /** Tickets closed longer ago are not wanted; 0: all are. */
  readonly closedWithinDays: number;
  /** Ids of the chosen boards, queues or types; empty: all. */
  readonly groups: readonly string[];
}

/** The options every PSA has. `grouping` null: the vendor has no boards or the like. */
export function psaOptions(product: string, grouping: Grouping | null): OptionField[] {
  const groups: OptionField[] =
    grouping === null
      ? []
      : [
          {
            kind: 'choices',
            key: grouping.key,
            label: grouping.label,
            help: 'Only tickets of these are imported. None chosen: all.',
            fallback: [],
            choices: 'vendor',
            rereads: ['tickets'],
          },
        ];
  return [
    ...groups,
    {
      kind: 'boolean',
      key: 'includeInactive',
      label: 'Inactive companies and contacts',
      help: `Imports those too that are marked inactive in ${product}; their old tickets need them.`,
      fallback: true,
      rereads: ['companies', 'contacts'],
    },
    {
      kind: 'integer',
      key: 'closedWithinDays',
      label: 'Closed tickets of the last days',
      help: 'Tickets closed longer ago are not imported. 0 imports all.',
      fallback: 0,
      min: 0,
      max: 3650,
      unit: 'days',
      rereads: ['tickets'],
    },
  ];
}

/** @param options as `parseOptions` gave them */
export function psaSelection(options: Options, grouping: Grouping | null): PsaSelection {
  const chosen = grouping === null ? [] : options[grouping.key];
  const days = options.closedWithinDays;
  return {
    includeInactive: options.includeInactive !== false,
    closedWithinDays: typeof days === 'number' ? days : 0,
    groups: Array.isArray(chosen) ? chosen.map(String) : [],
  };
}

/** Why a ticket is not wanted, as a sentence; null when it is. */
export function whyNotWanted(
  selection: PsaSelection,
  grouping: Grouping | null,
  ticket: {
    readonly group: { readonly id: string | null; readonly name: string | null };
    readonly closedAt: string | null;
  },
  now: number,
): string | null {
  const { group, closedAt } = ticket;
  if (grouping !== null && selection.groups.length > 0 && (group.id === null || !selection.groups.includes(group.id))) {
    return `Its ${grouping.singular} (${group.name ?? group.id ?? 'none'}) is not among the chosen ones.`;
  }
  const { closedWithinDays } = selection;
  if (closedWithinDays > 0 && closedAt !== null && now - Date.parse(closedAt) > closedWithinDays * day) {
    return `It was closed more than ${closedWithinDays} days ago.`;
  }
  return null;
}

/** A company or contact that is inactive and not wanted. */
export const inactiveNotWanted = (what: 'company' | 'contact') =>
  `The ${what} is inactive, and inactive ${what === 'company' ? 'companies' : 'contacts'} are not wanted.`;

/** Held back, not dropped: what was not chosen stays visible, with the reason, and is never taken for deleted. */
export function notSelected(
  externalId: string,
  label: string,
  detail: string,
  modifiedAt: string | null = null,
): Extract<SourceItem, { kind: 'held' }> {
  return { kind: 'held', externalId, label, reason: 'not-selected', detail, modifiedAt };
}
