/** Full passes: what a complete pass did not see is gone at the vendor. */
import type { RecordType } from '../records/index.ts';
import * as counts from './counts.ts';
import * as links from './links.ts';
import type { Statements } from './statements.ts';

/** In the connection's own memory, so that a pass which is cut short leaves nothing behind. */
export function createSeen(statements: Statements): void {
  statements.database.exec(
    `CREATE TEMP TABLE seen (integration TEXT, type TEXT, external_id TEXT,
       PRIMARY KEY (integration, type, external_id)) WITHOUT ROWID`,
  );
}

export function forgetSeen(statements: Statements, integration: string, type: RecordType): void {
  statements.sql('DELETE FROM temp.seen WHERE integration = ? AND type = ?').run(integration, type);
}

export function see(statements: Statements, integration: string, type: RecordType): (externalId: string) => void {
  const insert = statements.sql('INSERT OR IGNORE INTO temp.seen VALUES (?, ?, ?)');
  return (externalId) => insert.run(integration, type, externalId);
}

const notSeen = (table: string): string =>
  `NOT EXISTS (SELECT 1 FROM temp.seen WHERE seen.integration = ${table}.integration AND seen.type = ${table}.type
     AND seen.external_id = ${table}.external_id)`;

/** `keep`: a JSON list of beginnings, bound as a parameter. */
const notKept = (table: string): string =>
  `NOT EXISTS (SELECT 1 FROM json_each(?) AS kept
     WHERE substr(${table}.external_id, 1, length(kept.value)) = kept.value)`;

export interface Unseen {
  readonly externalId: string;
  readonly recordId: string;
}

/** Live links that the pass did not see, and how many live links there are in all. */
export function unseen(
  statements: Statements,
  integration: string,
  type: RecordType,
  keep: readonly string[],
): { missing: Unseen[]; live: number } {
  const missing = statements
    .sql(
      `SELECT external_id AS externalId, record_id AS recordId FROM links
       WHERE integration = ? AND type = ? AND gone_at IS NULL AND ${notSeen('links')} AND ${notKept('links')}`,
    )
    .all(integration, type, JSON.stringify(keep)) as unknown as Unseen[];
  return { missing, live: counts.read(statements, integration)[type] ?? 0 };
}

/** Marks these links, in the caller's transaction. */
export function markGone(
  statements: Statements,
  integration: string,
  type: RecordType,
  missing: readonly Unseen[],
  at: string,
): void {
  let whole = 0;
  for (const { externalId, recordId } of missing) {
    if (links.markGone(statements, integration, type, externalId, recordId, at)) whole += 1;
  }
  counts.adjust(statements, counts.WHOLE, type, -whole);
  counts.adjust(statements, integration, type, -missing.length);
}

/** Issues of rows that the vendor no longer has are settled. Those of a whole part, and of changes of ours, are not of a row. */
export function settleUnseen(
  statements: Statements,
  integration: string,
  type: RecordType,
  keep: readonly string[],
): void {
  statements
    .sql(
      `DELETE FROM issues WHERE integration = ? AND type = ? AND external_id IS NOT NULL AND reason NOT IN ('part-failed', 'refused', 'conflict')
       AND ${notSeen('issues')} AND ${notKept('issues')}`,
    )
    .run(integration, type, JSON.stringify(keep));
}
