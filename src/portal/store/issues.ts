/** Sync issues: what did not sync, why, and what to do. One per row and reason. */
import type { SourceItem } from '../../connector/source-item.ts';
import type { IssueFilter, IssueGroup, IssuePage, IssueSum, IssueToRaise, SyncIssue } from '../issue.ts';
import type { RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';
import type { Cell } from './tables.ts';

/** What a held row waits for, and the row itself, so that it can be applied without asking the vendor again. */
export interface Waiting {
  readonly payload: string;
  /** Null: it waits for a person. */
  readonly wantsType: RecordType | null;
  readonly wantsId: string | null;
}

/** A row as it is kept with its issue. */
export interface KeptRow {
  readonly item: SourceItem;
  /** Whoever told it makes no records: it is only tied to one that is there. */
  readonly linkOnly: boolean;
}

export const kept = ({ item, linkOnly }: KeptRow): string => JSON.stringify(linkOnly ? { ...item, linkOnly } : item);

export function keptRow(payload: string): KeptRow {
  const { linkOnly = false, ...item } = JSON.parse(payload) as SourceItem & { linkOnly?: boolean };
  return { item, linkOnly };
}

export function raise(statements: Statements, issue: IssueToRaise): void {
  put(statements, issue, null, '');
}

/** For a row that is held back. False: it was before, for the same reason, and nothing was written; a quiet run leaves no trace. */
export function hold(statements: Statements, issue: IssueToRaise, waiting: Waiting | null): boolean {
  const differs = ['label', 'detail', 'payload', 'wants_type', 'wants_id'].map(
    (name) => `${name} IS NOT excluded.${name}`,
  );
  return put(statements, issue, waiting, `WHERE ${differs.join(' OR ')}`);
}

/** @param only which of the issues that stand already are written anew; empty: all. Whether anything was written. */
function put(statements: Statements, issue: IssueToRaise, waiting: Waiting | null, only: string): boolean {
  const { changes } = statements
    .sql(
      `INSERT INTO issues
         (integration, type, external_id, reason, label, detail, first_seen, last_seen, payload, wants_type, wants_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (integration, ifnull(type, ''), ifnull(external_id, ''), reason) DO UPDATE SET
         label = excluded.label, detail = excluded.detail, last_seen = excluded.last_seen,
         payload = excluded.payload, wants_type = excluded.wants_type, wants_id = excluded.wants_id ${only}`,
    )
    .run(
      issue.integration,
      issue.type,
      issue.externalId,
      issue.reason,
      issue.label,
      issue.detail,
      issue.at,
      issue.at,
      waiting?.payload ?? null,
      waiting?.wantsType ?? null,
      waiting?.wantsId ?? null,
    );
  return changes > 0;
}

export function anyOfRows(statements: Statements, integration: string, type: RecordType): boolean {
  return (
    statements
      .sql("SELECT 1 FROM issues WHERE integration = ? AND ifnull(type, '') = ? AND external_id IS NOT NULL LIMIT 1")
      .get(integration, type) !== undefined
  );
}

/**
 * A row was read well, or is held for `except` now: what stood against it before is settled. `refused` stays:
 * the vendor refused a write of ours, and only the next write can settle that. Returns whether there was any.
 */
export function settle(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
  except: string = '',
): boolean {
  const { changes } = statements
    .sql(
      `DELETE FROM issues WHERE integration = ? AND ifnull(type, '') = ? AND ifnull(external_id, '') = ?
       AND external_id IS NOT NULL AND reason NOT IN ('refused', ?)`,
    )
    .run(integration, type, externalId, except);
  return changes > 0;
}

/** Rows that wait for a record which is there by now, oldest first. */
export function ready(statements: Statements, integration: string, type: RecordType): KeptRow[] {
  const rows = statements
    .sql(
      `SELECT issues.payload FROM issues JOIN links
         ON links.integration = issues.integration AND links.type = issues.wants_type
         AND links.external_id = issues.wants_id
       WHERE issues.integration = ? AND issues.type = ? AND issues.payload IS NOT NULL ORDER BY issues.id`,
    )
    .all(integration, type) as { payload: string }[];
  return rows.map(({ payload }) => keptRow(payload));
}

/** Dismissed ones are removed as well: what comes back later is news. */
export function clear(statements: Statements, filter: IssueFilter): number {
  const { where, values } = conditions({ ...filter, includeDismissed: true });
  return Number(statements.sql(`DELETE FROM issues ${where}`).run(...values).changes);
}

/** The ids of those that were not dismissed before. */
export function dismiss(statements: Statements, filter: IssueFilter): number[] {
  const { where, values } = conditions({ ...filter, includeDismissed: false });
  const rows = statements.sql(`UPDATE issues SET dismissed = 1 ${where} RETURNING id`).all(...values);
  return rows.map(({ id }) => id as number);
}

/** The ids of those that were dismissed. */
export function restore(statements: Statements, filter: IssueFilter): number[] {
  const { where, values } = conditions({ ...filter, includeDismissed: true });
  const only = where === '' ? 'WHERE dismissed = 1' : `${where} AND dismissed = 1`;
  const rows = statements.sql(`UPDATE issues SET dismissed = 0 ${only} RETURNING id`).all(...values);
  return rows.map(({ id }) => id as number);
}

export function dismissRow(
  statements: Statements,
  integration: string,
  type: RecordType,
  externalId: string,
  reason: string,
): void {
  statements
    .sql(
      `UPDATE issues SET dismissed = 1
       WHERE integration = ? AND ifnull(type, '') = ? AND ifnull(external_id, '') = ? AND reason = ? AND dismissed = 0`,
    )
    .run(integration, type, externalId, reason);
}

export function sums(statements: Statements): IssueSum[] {
  return statements
    .sql(
      `SELECT integration, reason, count(*) AS count FROM issues WHERE dismissed = 0
       GROUP BY integration, reason ORDER BY count DESC, integration, reason`,
    )
    .all() as unknown as IssueSum[];
}

const columns = `id, integration, type, external_id AS externalId, reason, label, detail,
  first_seen AS firstSeen, last_seen AS lastSeen, dismissed`;
const orders = { lastSeen: 'last_seen', firstSeen: 'first_seen', label: 'label COLLATE NOCASE' } as const;

/** Newest first, where no other order is asked for. */
export function list(statements: Statements, filter: IssueFilter & IssuePage): SyncIssue[] {
  const { where, values } = conditions(filter);
  const { by, descending } = filter.sort ?? { by: 'lastSeen', descending: true };
  const direction = descending ? 'DESC' : 'ASC';
  return statements
    .sql(`SELECT ${columns} FROM issues ${where} ORDER BY ${orders[by]} ${direction}, id ${direction} LIMIT ? OFFSET ?`)
    .all(...values, filter.limit ?? 100, filter.offset ?? 0)
    .map(decode);
}

/** How many records of a group are told with it. */
const examples = 3;

/** In no order of importance: the store does not know which reason is worse. */
export function groups(statements: Statements, filter: IssueFilter): IssueGroup[] {
  const { where, values } = conditions(filter);
  const sums = statements
    .sql(
      `SELECT integration, type, reason, count(*) AS count, min(first_seen) AS since FROM issues ${where}
       GROUP BY integration, reason, type ORDER BY count DESC, integration, type, reason`,
    )
    .all(...values) as unknown as Omit<IssueGroup, 'examples'>[];
  return sums.map((group) => {
    const { integration, type, reason } = group;
    return { ...group, examples: list(statements, { ...filter, integration, type, reason, limit: examples }) };
  });
}

const decode = (row: Record<string, unknown>) => ({ ...row, dismissed: row.dismissed === 1 }) as unknown as SyncIssue;

function conditions(filter: IssueFilter): { where: string; values: Cell[] } {
  const parts: string[] = [];
  const values: Cell[] = [];
  const add = (sql: string, value: string | undefined): void => {
    if (value === undefined) return;
    parts.push(sql);
    values.push(value);
  };
  if (filter.includeDismissed !== true) parts.push('dismissed = 0');
  add('integration = ?', filter.integration);
  if (filter.type === null) parts.push('type IS NULL');
  else add('type = ?', filter.type);
  add('reason = ?', filter.reason);
  add('external_id = ?', filter.externalId);
  add('id IN (SELECT value FROM json_each(?))', filter.ids && JSON.stringify(filter.ids));
  for (const { not, value } of filter.words ?? []) {
    add(`${not ? 'NOT ' : ''}instr(lower(label || ' ' || detail || ' ' || ifnull(external_id, '')), lower(?))`, value);
  }
  if (filter.label !== undefined) {
    parts.push('(label = ? COLLATE NOCASE OR substr(label, 1, ?) = ?)');
    values.push(filter.label, filter.label.length + 1, `${filter.label} `);
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', values };
}
