/**
 * A full pass beside a complete copy changes nothing until its last page is read: what differs from the copy is put aside in `staged`,
 * and taken all at once when the pass is complete. A staged row lives as long as the cursor of its type, which says how far the pass is.
 *
 * A staged row is the latest that the vendor has told of it. Whatever the vendor tells later (another page with the same row, the answer
 * to a write of ours) drops it, whether the stored row changes by that or not. So taking it never puts back what is older, and dropping it
 * loses nothing: what was told later has been stored or staged in the same transaction. Rows that were kept here (an issue's) are
 * older, and drop nothing.
 */
import type { SourceItem } from '../../connector/source-item.ts';
import type { RecordType } from '../records/index.ts';
import { noCounters } from '../run.ts';
import { applyItems } from './apply.ts';
import type { Applied, AppliedItems, Source } from './batch.ts';
import type { Statements } from './statements.ts';

/**
 * Puts aside what would change anything. Counts rows as read, and as unchanged or still held back; what becomes of the others is counted
 * when they are taken.
 */
export function stage(source: Source, items: readonly SourceItem[]): Applied {
  const { statements, integration, type } = source;
  const { writing: differing, standing } = rehearsed(source, items);
  dropRetold(statements, integration, type, items);
  const insert = statements.sql(
    'INSERT OR REPLACE INTO staged (integration, type, external_id, item) VALUES (?, ?, ?, ?)',
  );
  for (const item of differing) insert.run(integration, type, item.externalId, JSON.stringify(item));
  for (const item of items) if (item.kind !== 'gone') source.seen?.(item.externalId);
  const failed = standing.filter(({ outcome }) => outcome === 'failed').length;
  const unchanged = items.length - differing.length - standing.length;
  const counters = { ...noCounters(), read: items.length, unchanged, failed, held: standing.length - failed };
  return { counters, changes: standing, wrote: differing.length > 0 };
}

/** Found out by applying them and taking it all back: no second notion of what is the same that could stray from the first. */
function rehearsed(source: Source, items: readonly SourceItem[]): AppliedItems {
  const { database } = source.statements;
  database.exec('SAVEPOINT rehearsal');
  const applied = applyItems({ ...source, seen: null }, items);
  database.exec('ROLLBACK TO rehearsal');
  database.exec('RELEASE rehearsal');
  return applied;
}

/** Applies the first `limit` of what is staged. */
export function take(source: Source, limit: number): Applied {
  const { statements, integration, type } = source;
  const rows = statements
    .sql('SELECT seq, item FROM staged WHERE integration = ? AND type = ? ORDER BY seq LIMIT ?')
    .all(integration, type, limit) as { seq: number; item: string }[];
  const { counters, changes, wrote } = applyItems(
    source,
    rows.map(({ item }) => JSON.parse(item) as SourceItem),
  );
  forget(statements, integration, type, rows.at(-1)?.seq ?? 0);
  // They were counted as read when the vendor told them.
  return { counters: { ...counters, read: 0 }, changes, wrote: wrote || rows.length > 0 };
}

export function any(statements: Statements, integration: string, type: RecordType): boolean {
  const one = statements.sql('SELECT 1 FROM staged WHERE integration = ? AND type = ? LIMIT 1').get(integration, type);
  return one !== undefined;
}

/** The vendor has told these rows anew. */
export function dropRetold(
  statements: Statements,
  integration: string,
  type: RecordType,
  items: readonly SourceItem[],
): void {
  if (!any(statements, integration, type)) return;
  const drop = statements.sql('DELETE FROM staged WHERE integration = ? AND type = ? AND external_id = ?');
  for (const { externalId } of items) drop.run(integration, type, externalId);
}

/** The highest number given so far. */
export function last(statements: Statements): number {
  return (statements.sql('SELECT max(seq) AS seq FROM staged').get()?.seq as number | null) ?? 0;
}

/** The pass that staged them, as far as the number `last`, is given up. */
export function forget(statements: Statements, integration: string, type: RecordType, last: number): void {
  statements.sql('DELETE FROM staged WHERE integration = ? AND type = ? AND seq <= ?').run(integration, type, last);
}
