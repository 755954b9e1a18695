import type { PortalReader } from '../../portal/portal.ts';
import type { StoredRecord } from '../../portal/query.ts';
import type { StoryLine } from './story.ts';

/** Runs that are looked through for the one under way at that time: about a month of them. */
const mostRuns = 10_000;

/** When a record came into the portal, and in which run. Its id knows: it begins with the time at which it was made (UUID 7). */
export function firstSeen({ id, provider }: StoredRecord, reader: PortalReader): StoryLine[] {
  const made = madeAt(id);
  if (made === null || typeof provider !== 'string') return [];
  const at = new Date(made).toISOString();
  const run = reader
    .runs({ integration: provider, limit: mostRuns })
    .find(({ startedAt, endedAt }) => startedAt <= at && (endedAt === null || at <= endedAt));
  const how = run === undefined ? '' : `, in the ${run.trigger} run ${run.id}`;
  return [{ topic: 'run', at, integration: provider, text: `First seen then${how}.` }];
}

/** Epoch milliseconds; null for an id of another kind. */
function madeAt(id: string): number | null {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/.exec(id);
  return found === null ? null : Number.parseInt(`${found[1]}${found[2]}`, 16);
}
