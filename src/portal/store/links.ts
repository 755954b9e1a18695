/**
 * Links tie a vendor's row to a portal record. A record whose every link is gone is gone itself; links that only point to it
 * (an RMM's organization, a payer) neither keep it nor take it along.
 */
import type { Link } from '../link-commands.ts';
import type { RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';

export interface StoredLink {
  readonly recordId: string;
  /** Of what the vendor told last; null when applying the same again could still change something. */
  readonly hash: string | null;
  readonly goneAt: string | null;
  readonly pointsOnly: boolean;
}

export function find(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
): StoredLink | undefined {
  const row = statements
    .sql(
      `SELECT record_id AS recordId, hash, gone_at AS goneAt, points_only AS pointsOnly FROM links
       WHERE integration = ? AND type = ? AND external_id = ?`,
    )
    .get(integration, type, externalId) as (Omit<StoredLink, 'pointsOnly'> & { pointsOnly: number }) | undefined;
  return row === undefined ? undefined : { ...row, pointsOnly: row.pointsOnly === 1 };
}

export function save(
  statements: Statements,
  link: Omit<Link, 'goneAt'> & { readonly hash: string | null; readonly pointsOnly?: boolean },
): void {
  statements
    .sql(
      `INSERT INTO links (integration, type, external_id, record_id, hash, modified_at, points_only) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET hash = excluded.hash, modified_at = excluded.modified_at,
         points_only = excluded.points_only, gone_at = NULL`,
    )
    .run(
      link.integration,
      link.type,
      link.externalId,
      link.recordId,
      link.hash,
      link.modifiedAt,
      link.pointsOnly === true ? 1 : 0,
    );
}

/** Returns whether the record has gone with it. */
export function markGone(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
  recordId: string,
  at: string,
): boolean {
  statements
    .sql('UPDATE links SET gone_at = ? WHERE integration = ? AND type = ? AND external_id = ?')
    .run(at, integration, type, externalId);
  const carried = `SELECT 1 FROM links WHERE type = ? AND record_id = ? AND points_only = 0`;
  return (
    statements
      .sql(
        `UPDATE "${type}" SET gone_at = ? WHERE "id" = ? AND gone_at IS NULL
         AND EXISTS (${carried}) AND NOT EXISTS (${carried} AND gone_at IS NULL)`,
      )
      .run(at, recordId, type, recordId, type, recordId).changes > 0
  );
}

/** A record that was gone is there again; how many that were (0 or 1). */
export function revive(statements: Statements, type: RecordType, recordId: string): number {
  const back = statements
    .sql(`UPDATE "${type}" SET gone_at = NULL WHERE "id" = ? AND gone_at IS NOT NULL`)
    .run(recordId);
  return Number(back.changes);
}

export function ofRecord(statements: Statements, type: RecordType, id: string): Link[] {
  return statements
    .sql(
      `SELECT integration, type, external_id AS externalId, record_id AS recordId,
         modified_at AS modifiedAt, gone_at AS goneAt
       FROM links WHERE type = ? AND record_id = ? ORDER BY integration, external_id`,
    )
    .all(type, id) as unknown as Link[];
}

/** Null: the row was never taken. */
export function ofRow(statements: Statements, integration: string, type: RecordType, externalId: string): Link | null {
  const row = statements
    .sql(
      `SELECT integration, type, external_id AS externalId, record_id AS recordId,
         modified_at AS modifiedAt, gone_at AS goneAt
       FROM links WHERE integration = ? AND type = ? AND external_id = ?`,
    )
    .get(integration, type, externalId);
  return (row as Link | undefined) ?? null;
}
