/** Every screen there is, and how to get to it: of each a picture is kept, and each is tried at many sizes. */
import type { Place, View } from '../../../src/commands/place.ts';

export interface Picture {
  readonly place: Place;
  /** Pressed there, one after the other. */
  readonly keys?: readonly string[];
  /** What shows that all of it is there. */
  readonly awaited: string;
}

const id = 'halo-psa';
const edit = { view: 'edit', kind: 'update', type: 'tickets', integration: id, record: 't47990' } as const;

/** One per view, which the compiler sees to. */
const views: Readonly<Record<View, Picture>> = {
  integrations: { place: { view: 'integrations' }, awaited: 'In the portal' },
  integration: { place: { view: 'integration', id, tab: 'overview' }, awaited: 'Account' },
  wizard: { place: { view: 'wizard', id: 'syncro' }, awaited: '[2 Credentials]' },
  records: { place: { view: 'records', type: 'tickets' }, awaited: '1 of 3' },
  company: { place: { view: 'company', record: 'c1' }, awaited: 'Owes' },
  score: { place: { view: 'records', type: 'secureScores' }, keys: ['enter'], awaited: 'Gain' },
  billing: { place: { view: 'billing' }, awaited: 'open invoice' },
  activity: { place: { view: 'activity', tab: 'queue' }, awaited: 'per minute' },
  settings: { place: { view: 'settings' }, awaited: 'Characters' },
  issues: { place: { view: 'issues' }, awaited: 'Such as' },
  outbox: { place: { view: 'outbox' }, awaited: 'at the vendor' },
  edit: { place: edit, awaited: 'Status' },
  conflict: { place: { view: 'conflict', change: 'ch1' }, awaited: 'theirs' },
  matching: { place: { view: 'matching', tab: 'waiting' }, awaited: 'same web address' },
  logs: { place: { view: 'logs' }, awaited: 'refused the key' },
  duplicates: { place: { view: 'duplicates', type: 'companies' }, awaited: 'same domain' },
  doctor: { place: { view: 'doctor' }, awaited: 'revoked' },
  explain: { place: { view: 'explain', type: 'tickets', record: '48310' }, awaited: 'held back' },
  preview: { place: { view: 'preview', id }, awaited: 'would do this' },
  guide: { place: { view: 'guide', id }, awaited: 'Halo' },
};

export const pictures: Readonly<Record<string, Picture>> = {
  ...views,
  mapping: { place: { view: 'integration', id, tab: 'mapping' }, awaited: 'no name here' },
  checks: { place: { view: 'integration', id, tab: 'checks' }, keys: ['t'], awaited: 'read:tickets:all' },
  links: { place: { view: 'matching', tab: 'grid' }, awaited: 'Harbour Freight' },
  ticket: { place: { view: 'records', type: 'tickets' }, keys: ['enter'], awaited: 'Company' },
  types: { place: { view: 'integrations' }, keys: ['T'], awaited: 'Service desk' },
  help: { place: { view: 'integrations' }, keys: ['?'], awaited: 'msportal sync' },
};
