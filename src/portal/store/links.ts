/** Links tie a vendor's row to a portal record. A record whose every link is gone is gone itself. */
import type { Link } from '../portal.ts';
import type { RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';

export interface StoredLink {
  readonly recordId: string;
  /** Of what the vendor told last; null when applying the same again could still change something. */
  readonly hash: string | null;
  readonly goneAt: string | null;
}

export function find(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
): StoredLink | undefined {
  return statements
    .sql(
      `SELECT record_id AS recordId, hash, gone_at AS goneAt FROM links
       WHERE integration = ? AND type = ? AND external_id = ?`,
    )
    .get(integration, type, externalId) as StoredLink | undefined;
}

export function save(statements: Statements, link: Omit<Link, 'goneAt'> & { readonly hash: string | null }): void {
  statements
    .sql(
      `INSERT INTO links (integration, type, external_id, record_id, hash, modified_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET hash = excluded.hash, modified_at = excluded.modified_at, gone_at = NULL`,
    )
    .run(link.integration, link.type, link.externalId, link.recordId, link.hash, link.modifiedAt);
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
  return (
    statements
      .sql(
        `UPDATE "${type}" SET gone_at = ? WHERE "id" = ? AND gone_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM links WHERE type = ? AND record_id = ? AND gone_at IS NULL)`,
      )
      .run(at, recordId, type, recordId).changes > 0
  );
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
