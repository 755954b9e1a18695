/** How far the statements of a store have been read. The store's times, never ours. Pure. */
import { z } from 'zod';
import { utcTime } from '../../../src/connector/values.ts';
import type { StatementPage } from './api.ts';
import type { Statement } from './statements.ts';

export interface FeedPosition {
  /** Everything stored until then has been read; ISO. Null: the store has not said how far it can be believed. */
  readonly at: string | null;
  /** Statements within the overlap that have been read. */
  readonly seen: readonly string[];
}

/** Read again each time, in case the store let something in late. */
const overlapMs = 60_000;
const mostSeen = 200;

/** Where a store stands: as far as it says that all is visible. */
export function startPosition({ consistentThrough }: StatementPage): FeedPosition {
  return { at: utcTime(consistentThrough), seen: [] };
}

export function sinceOf({ at }: FeedPosition): { since?: string } {
  return at === null ? {} : { since: new Date(Date.parse(at) - overlapMs).toISOString() };
}

/** Follows a walk: gives what is new of each page, and at the end where the next walk begins. */
export function afterWalk(before: FeedPosition) {
  const known = new Set(before.seen);
  const read: { id: string; stored: string }[] = [];
  let visible: string | null | undefined;
  return {
    take({ statements, consistentThrough }: StatementPage): Statement[] {
      // Of the first page: what is stored while we walk may come in behind us.
      if (visible === undefined) visible = utcTime(consistentThrough);
      for (const { id, stored } of statements) read.push({ id, stored: utcTime(stored) ?? stored });
      return statements.filter(({ id }) => !known.has(id));
    },
    position(): FeedPosition {
      const newest = read.reduce<string | null>((a, { stored }) => (a === null || stored > a ? stored : a), null);
      const reached = newest === null || visible == null ? newest : newest < visible ? newest : visible;
      const at = before.at === null || (reached !== null && reached > before.at) ? reached : before.at;
      const from = at === null ? '' : new Date(Date.parse(at) - overlapMs).toISOString();
      const seen = read.filter(({ stored }) => stored > from).map(({ id }) => id);
      return { at, seen: seen.slice(-mostSeen) };
    },
  };
}

const schema = z.object({ at: z.string().nullable(), seen: z.array(z.string()) });

export function parsePosition(text: string): FeedPosition {
  return schema.parse(JSON.parse(text));
}

export function positionText(position: FeedPosition): string {
  return JSON.stringify(position);
}
