/** Where a sync issue is decided. */
import type { Place } from '../../../commands/place.ts';
import { heldValue } from '../../../engine/sync/unmapped.ts';
import { reasons } from '../../../portal/issue-reasons.ts';
import type { SyncIssue } from '../../../portal/portal.ts';
import type { ConsoleStore } from '../../app/store.ts';
import { rowKey } from '../mapping/rows.ts';

/** Goes there, or says that there is nothing to decide. */
export function decide(store: ConsoleStore, issue: SyncIssue): void {
  const place = placeOf(issue);
  if (place === null) store.say(`There is nothing to decide: ${reasons[issue.reason].todo}`);
  else store.open(place);
  const { type, detail } = issue;
  const value = issue.reason === 'unmapped-value' ? heldValue(detail) : null;
  // A list finds its cursor again by the key of the row.
  if (type !== null && value !== null)
    store.remember({ selected: rowKey({ type, field: value.field, vendor: value.value }), filter: '' });
}

function placeOf({ integration, reason }: SyncIssue): Place | null {
  switch (reason) {
    case 'doubtful-match':
      return { view: 'matching', tab: 'waiting' };
    // Issues of changes of ours.
    case 'conflict':
    case 'refused':
      return { view: 'outbox', integration };
    case 'unmapped-value':
      return { view: 'integration', id: integration, tab: 'mapping' };
    case 'not-selected':
      return { view: 'integration', id: integration, tab: 'settings' };
    default:
      return null;
  }
}
