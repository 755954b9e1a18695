/** Where a sync issue is settled. */
import type { Place } from '../../../commands/place.ts';
import { heldValue } from '../../../engine/sync/unmapped.ts';
import { changeOf } from '../../../portal/change.ts';
import type { SyncIssue } from '../../../portal/issue.ts';
import { isIgnored, waitsForMatch } from '../../../portal/issue-reasons.ts';
import type { Memory } from '../../app/history.ts';
import type { ConsoleStore } from '../../app/store.ts';
import { rowKey } from '../mapping/rows.ts';

export interface Way {
  readonly place: Place;
  /** For the hint bar. */
  readonly word: string;
  /** What the view there is to find: the row under its cursor. */
  readonly memory?: Memory;
}

/** Null: nothing is to be settled here, and only the story of the record says more. */
export function wayOf(issue: SyncIssue): Way | null {
  const { integration: id, reason, type, externalId, detail } = issue;
  if (waitsForMatch(issue)) return { place: { view: 'matching', tab: 'waiting' }, word: 'match' };
  const change = externalId === null ? null : changeOf(externalId);
  switch (reason) {
    case 'conflict':
      if (change !== null) return { place: { view: 'conflict', change }, word: 'settle' };
      return { place: { view: 'outbox', integration: id }, word: 'outbox' };
    case 'refused':
      return {
        place: { view: 'outbox', integration: id },
        word: 'outbox',
        ...(change === null ? {} : { memory: { selected: change, filter: '' } }),
      };
    case 'unmapped-value': {
      const value = heldValue(detail);
      const place = { view: 'integration', id, tab: 'mapping' } as const;
      if (type === null || value === null) return { place, word: 'mapping' };
      const selected = rowKey({ type, field: value.field, vendor: value.value });
      return { place, word: 'mapping', memory: { selected, filter: '' } };
    }
    case 'not-selected':
      if (isIgnored(issue)) return { place: { view: 'matching', tab: 'grid' }, word: 'link' };
      // It is approved at the vendor, and no setting here brings it.
      if (type === 'devices') return null;
      return { place: { view: 'integration', id, tab: 'settings' }, word: 'settings' };
    case 'no-permission':
    case 'part-failed':
      return { place: { view: 'integration', id, tab: 'checks' }, word: 'checks' };
    case 'run-failed':
    case 'deletion-guard':
      return { place: { view: 'integration', id, tab: 'overview' }, word: 'overview' };
    default:
      return null;
  }
}

/** The story of the record; null where the issue is of no record. */
export function storyOf({ type, externalId, label, integration }: SyncIssue): Place | null {
  if (type === null) return null;
  // A change that was refused is no record; its label says which one it is of.
  const record = externalId === null || changeOf(externalId) !== null ? label : externalId;
  return { view: 'explain', type, record, integration };
}

export function go(store: ConsoleStore, { place, memory }: Pick<Way, 'place' | 'memory'>): void {
  store.open(place);
  if (memory !== undefined) store.remember(memory);
}
