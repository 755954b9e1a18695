/** Which devices changed since the last look, from the feed of activities. There is no other trace of changes. */
import { NotFound } from '../../src/connector/errors.ts';
import type { Activity, NinjaApi } from './api.ts';

/** What the feed tells of the devices. */
export interface News {
  /** `unknown`: there is no feed, or too much in it to be worth reading. */
  readonly changed: ReadonlySet<number> | 'unknown';
  readonly deleted: readonly number[];
  /** Where the feed stood before any device was read. */
  readonly position: string;
}

const pageSize = 1000;
/** Busy fleets log a lot besides; beyond this, reading all devices costs less. */
const mostPages = 10;
/** More changed devices than this are read with the whole list rather than by id. */
const mostChanged = 1000;
const noFeed = 'none';

const changes = new Set([
  'NODE_CREATED',
  'NODE_UPDATED',
  'NODE_RE_ENROLLED',
  'NODE_IDENTIFICATION_UPDATED',
  'NODE_MANUALLY_APPROVED',
  'NODE_AUTOMATICALLY_APPROVED',
  'NODE_MANUALLY_REJECTED',
  'NODE_AUTOMATICALLY_REJECTED',
]);
const deletions = new Set(['NODE_DELETED', 'MOBILE_DEVICE_UNREGISTERED']);

/** The id of the account's newest activity, as text. */
export async function feedPosition(api: NinjaApi, signal: AbortSignal): Promise<string> {
  try {
    const { lastActivityId, activities } = await api.activities({ pageSize: 10 }, signal);
    return String(Math.max(lastActivityId ?? 0, ...activities.map(({ id }) => id)));
  } catch (error) {
    if (error instanceof NotFound) return noFeed;
    throw error;
  }
}

/** @param since a position as `feedPosition` gave it */
export async function newsSince(api: NinjaApi, since: string | null, signal: AbortSignal): Promise<News> {
  const mark = since === null ? Number.NaN : Number(since);
  if (Number.isNaN(mark)) return { changed: 'unknown', deleted: [], position: await feedPosition(api, signal) };

  const newest = new Map<number, 'changed' | 'deleted'>();
  let position = mark;
  let olderThan: number | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { lastActivityId, activities } = await api.activities({ pageSize, newerThan: mark, olderThan }, signal);
    const fresh = activities.filter(({ id }) => id > mark && (olderThan === undefined || id < olderThan));
    // The account's newest id may run ahead of its devices'; what comes later has a greater one still.
    if (page === 0) position = Math.max(mark, lastActivityId ?? 0, ...fresh.map(({ id }) => id));
    if (fresh.length === 0) return { ...sorted(newest), position: String(position) };
    for (const each of fresh.sort((a, b) => b.id - a.id)) note(newest, each);
    olderThan = Math.min(...fresh.map(({ id }) => id));
  }
  return { changed: 'unknown', deleted: [], position: String(position) };
}

/** Of several activities of a device the newest counts, and they come newest first. */
function note(newest: Map<number, 'changed' | 'deleted'>, { deviceId, statusCode }: Activity): void {
  if (deviceId == null || statusCode == null || newest.has(deviceId)) return;
  if (deletions.has(statusCode)) newest.set(deviceId, 'deleted');
  else if (changes.has(statusCode)) newest.set(deviceId, 'changed');
}

function sorted(newest: ReadonlyMap<number, 'changed' | 'deleted'>): Pick<News, 'changed' | 'deleted'> {
  const of = (what: 'changed' | 'deleted') => [...newest].filter(([, kind]) => kind === what).map(([id]) => id);
  const changed = of('changed');
  return { changed: changed.length > mostChanged ? 'unknown' : new Set(changed), deleted: of('deleted') };
}
