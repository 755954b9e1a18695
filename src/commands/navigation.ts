/** Where one can go. */
import { labelOf, type RecordType, recordTypeNames } from '../portal/records/names.ts';
import { all, configured, exists, owns } from './availability.ts';
import type { Command, CommandContext } from './command.ts';

const onIntegration = ['integrations', 'integration', 'activity'] as const;
const about = ({ integration }: CommandContext) => (integration === null ? {} : { integration: integration.id });
/** Records of one of these types are in the portal. */
const has =
  (types: readonly RecordType[], otherwise: string) =>
  ({ snapshot }: CommandContext) =>
    snapshot?.integrations.some(({ records }) => types.some((type) => (records[type] ?? 0) > 0)) || otherwise;

export const navigationCommands: readonly Command[] = [
  {
    id: 'go.records',
    title: 'Its records',
    short: 'Records',
    keys: ['r'],
    scope: onIntegration,
    dangerous: 'none',
    argument: 'integration',
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
    argument: 'integration',
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
    argument: 'integration',
    hint: 8,
    when: exists,
    cli: 'logs',
    run: (actions, context) => actions.open({ view: 'logs', ...about(context) }),
  },
  {
    id: 'go.mapping',
    title: 'Its mapping',
    short: 'Mapping',
    also: 'status priority board queue values names called unmapped',
    keys: ['m'],
    scope: onIntegration,
    dangerous: 'none',
    argument: 'integration',
    hint: 9,
    when: all(
      configured,
      ({ integration }) =>
        integration?.family === 'psa' || 'Only what goes both ways has values with names of their own.',
    ),
    run: (actions, context) => {
      if (context.integration) actions.open({ view: 'integration', id: context.integration.id, tab: 'mapping' });
    },
  },
  {
    id: 'go.guide',
    title: 'Its guide',
    short: 'Guide',
    keys: ['g'],
    scope: onIntegration,
    dangerous: 'none',
    argument: 'integration',
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
    id: 'go.activity',
    title: 'Activity: queue, runs, actions',
    keys: ['A'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'activity', tab: 'queue' }),
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
    id: 'go.types',
    title: 'Choose a record type',
    short: 'Types',
    keys: ['T'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.overlay('types'),
  },
  {
    id: 'record.find',
    title: 'Find a record, or why it is missing',
    also: 'where search not here lost a is my ticket company contact',
    keys: ['W'],
    scope: ['global'],
    dangerous: 'none',
    argument: 'text',
    run: (actions, { place }, text) => {
      const type = place.view === 'records' ? place.type : 'tickets';
      const find = (typed: string) => actions.open({ view: 'explain', ...recordNamed(typed, type) });
      if (text !== '') find(text);
      else
        actions.askText(
          {
            title: 'Find a record, or why it is missing',
            detail: `Its number, name or e-mail address among ${labelOf(type).toLowerCase()}; of others with their type: ticket 48213, company Acme.`,
            value: '',
          },
          find,
        );
    },
  },
  {
    id: 'go.scores',
    title: 'Secure Scores',
    keys: ['M'],
    scope: ['global'],
    dangerous: 'none',
    when: has(['secureScores'], 'No Secure Score is here yet: connect Microsoft 365.'),
    run: (actions) => actions.open({ view: 'records', type: 'secureScores' }),
  },
  {
    id: 'go.billing',
    title: 'Billing: who pays and owes what',
    also: 'owes invoices unpaid overdue debt money stripe',
    keys: ['B'],
    scope: ['global'],
    dangerous: 'none',
    when: has(['invoices', 'subscriptions'], 'No invoice is here yet: connect Stripe.'),
    run: (actions) => actions.open({ view: 'billing' }),
  },
  {
    id: 'go.settings',
    title: 'Settings and files',
    keys: [','],
    scope: ['global'],
    dangerous: 'none',
    early: true,
    run: (actions) => actions.open({ view: 'settings' }),
  },
  {
    id: 'go.duplicates',
    title: 'Records that are likely twice',
    keys: [],
    scope: ['global'],
    dangerous: 'none',
    cli: 'duplicates',
    run: (actions) => actions.open({ view: 'duplicates', type: 'companies' }),
  },
  {
    id: 'go.doctor',
    title: 'Doctor: what is wrong with this installation',
    also: 'broken problem diagnose failing not working',
    short: 'Doctor',
    keys: ['d'],
    scope: ['global'],
    dangerous: 'none',
    cli: 'doctor',
    run: (actions) => actions.open({ view: 'doctor' }),
  },
  {
    id: 'go.all-issues',
    title: 'All sync issues',
    also: 'missing held back failed errors not synced why',
    keys: ['U'],
    scope: ['global'],
    dangerous: 'none',
    cli: 'issues',
    run: (actions) => actions.open({ view: 'issues' }),
  },
  {
    id: 'go.outbox',
    cli: 'outbox',
    title: 'Outbox: changes on their way',
    also: 'edits sent refused conflicts not written',
    keys: ['P'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'outbox' }),
  },
  {
    id: 'go.matches',
    title: 'Matching: rows that wait for a decision',
    keys: ['H'],
    scope: ['global'],
    dangerous: 'none',
    cli: 'matches',
    run: (actions) => actions.open({ view: 'matching', tab: 'waiting' }),
  },
  {
    id: 'go.links',
    title: 'Companies by integrations: their links',
    also: 'grid missing link unlinked',
    keys: ['K'],
    scope: ['global'],
    dangerous: 'none',
    cli: 'links',
    run: (actions) => actions.open({ view: 'matching', tab: 'grid' }),
  },
  {
    id: 'go.all-logs',
    title: 'Whole log',
    also: 'events errors history',
    keys: ['L'],
    scope: ['global'],
    dangerous: 'none',
    run: (actions) => actions.open({ view: 'logs' }),
  },
];

/** `company Acme` names another type than the one that is meant without it. */
function recordNamed(text: string, otherwise: RecordType): { type: RecordType; record: string } {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  const stem = first.toLowerCase().replace(/y$/, 'i');
  const type = recordTypeNames.find((each) => stem.length > 2 && labelOf(each).toLowerCase().startsWith(stem));
  return type === undefined || rest.length === 0
    ? { type: otherwise, record: text.trim() }
    : { type, record: rest.join(' ') };
}

/** One per record type: `:tickets printer` opens the tickets, filtered. */
export const recordTypeCommands: readonly Command[] = recordTypeNames.map((type) => ({
  id: `records.of.${type}`,
  title: labelOf(type),
  keys: [],
  scope: ['global'],
  dangerous: 'none',
  argument: 'text',
  shell: () => `msportal records ${type}`,
  when: has([type], 'There are none in the portal yet.'),
  run: (actions, _context, filter) => actions.open({ view: 'records', type, ...(filter === '' ? {} : { filter }) }),
}));
