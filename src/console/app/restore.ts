/** The place kept between starts. What is read back was written by an older version perhaps, so nothing is taken on trust. */
import {
  activityTabs,
  type IssueGroupName,
  integrationTabs,
  matchingTabs,
  type Place,
  type View,
} from '../../commands/place.ts';
import { duplicateTypes } from '../../engine/duplicates/duplicate.ts';
import type { Preferences } from '../../engine/engine.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import { isReason } from '../../portal/issue-reasons.ts';
import { isRecordType } from '../../portal/records/names.ts';
import { type Entry, type History, home, startAt } from './history.ts';

/**
 * Not gone back to by themselves: the wizard, whose draft is offered when it is opened; a form, whose record may be another by then; a
 * preview, which reads everything.
 */
const notRestored: ReadonlySet<View> = new Set(['wizard', 'edit', 'preview']);

export function storedPlace(history: History): readonly Entry[] {
  return history.filter(({ place }) => !notRestored.has(place.view)).slice(-10);
}

/** Null: nothing usable was kept. */
export function restorePlace(preferences: Preferences, snapshot: Snapshot): History | null {
  const kept = preferences.place;
  if (!Array.isArray(kept)) return null;
  const known = new Set(snapshot.integrations.filter(({ available }) => available).map(({ id }) => id));
  const entries: Entry[] = [];
  for (const entry of kept as readonly unknown[]) {
    const place = isObject(entry) ? readPlace(entry.place, known) : null;
    if (place === null) break;
    const memory = isObject(entry) && isObject(entry.memory) ? entry.memory : {};
    entries.push({ place, memory });
  }
  if (entries.length === 0) return null;
  return entries[0]?.place.view === 'integrations'
    ? startAt(...entries)
    : startAt({ place: home, memory: {} }, ...entries);
}

function readPlace(value: unknown, known: ReadonlySet<string>): Place | null {
  if (!isObject(value)) return null;
  const { view, id, tab, type, integration, record, change } = value;
  const of = typeof integration === 'string' && known.has(integration) ? { integration } : {};
  switch (view) {
    case 'integrations':
      return { view };
    case 'integration':
    case 'guide':
      if (typeof id !== 'string' || !known.has(id)) return null;
      if (view === 'guide') return { view, id };
      return { view, id, tab: integrationTabs.find((name) => name === tab) ?? 'overview' };
    case 'records':
      return typeof type === 'string' && isRecordType(type) ? { view, type, ...of } : null;
    case 'company':
    case 'score':
      return typeof record === 'string' ? { view, record } : null;
    case 'activity':
      return { view, tab: activityTabs.find((name) => name === tab) ?? 'queue' };
    case 'billing':
    case 'settings':
      return { view };
    case 'duplicates':
      return { view, type: duplicateTypes.find((each) => each === type) ?? 'companies' };
    case 'doctor':
      return { view };
    case 'explain':
      return typeof type === 'string' && isRecordType(type) && typeof record === 'string'
        ? { view, type, record, ...of }
        : null;
    case 'matching':
      return { view, tab: matchingTabs.find((name) => name === tab) ?? 'waiting' };
    case 'conflict':
      return typeof change === 'string' ? { view, change } : null;
    case 'issues':
      return { view, ...of, ...readGroup(value.group) };
    case 'outbox':
    case 'logs':
      return { view, ...of };
    default:
      return null;
  }
}

function readGroup(value: unknown): { group?: IssueGroupName } {
  if (!isObject(value)) return {};
  const { reason, type } = value;
  const known = type === null || (typeof type === 'string' && isRecordType(type));
  return isReason(reason) && known ? { group: { reason, type } } : {};
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
