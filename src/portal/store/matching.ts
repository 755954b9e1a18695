/** What people decide about links. Every decision is one transaction of the caller's, and holds against every later read. */
import type { SourceItem } from '../../connector/source-item.ts';
import type { Grid, GridQuery, MatchCandidate, MatchFilter, PendingMatch, RowRef } from '../link-commands.ts';
import { type Condition, InvalidQuery } from '../query.ts';
import { definitionOf, type RecordType } from '../records/index.ts';
import * as counts from './counts.ts';
import * as decisions from './decisions.ts';
import { type KeptRow, keptRow } from './issues.ts';
import * as links from './links.ts';
import { match } from './match.ts';
import { query } from './query.ts';
import { copyTo, pointTo } from './references.ts';
import type { Statements } from './statements.ts';
import { labelOf, type Row, tableOf } from './tables.ts';
import { encoded } from './told.ts';

const sure = { name: 1, email: 1, domain: 0.9, similar: 0.8 } as const;

export function pending(statements: Statements, filter: MatchFilter): PendingMatch[] {
  const rows = statements
    .sql(
      `SELECT integration, type, external_id AS externalId, label, detail, payload FROM issues
       WHERE external_id IS NOT NULL AND (reason = 'doubtful-match' OR (payload IS NOT NULL AND wants_type IS NULL))
         AND dismissed = 0 AND (?1 IS NULL OR integration = ?1) AND (?2 IS NULL OR type = ?2) ORDER BY id`,
    )
    .all(filter.integration ?? null, filter.type ?? null) as unknown as (RowRef & {
    label: string;
    detail: string;
    payload: string | null;
  })[];
  const similar = new SimilarNames(statements);
  return rows.map(({ payload, ...row }) => ({
    ...row,
    hasRow: payload !== null,
    unlinked: decisions.find(statements, row) === 'ask',
    candidates: payload === null ? [] : candidatesFor(statements, row, keptRow(payload).item, similar),
  }));
}

/** The row that an issue keeps; null when there is none. */
export function heldRow(statements: Statements, { integration, type, externalId }: RowRef): KeptRow | null {
  const row = statements
    .sql(
      `SELECT payload FROM issues WHERE integration = ? AND ifnull(type, '') = ? AND ifnull(external_id, '') = ?
       AND payload IS NOT NULL LIMIT 1`,
    )
    .get(integration, type, externalId);
  return row === undefined ? null : keptRow(row.payload as string);
}

function candidatesFor(
  statements: Statements,
  { integration, type }: RowRef,
  item: SourceItem,
  similar: SimilarNames,
): MatchCandidate[] {
  if (item.kind !== 'record') return [];
  const table = tableOf(type);
  const record = item.record as Readonly<Record<string, unknown>>;
  const found = match(statements, { integration, type, exclusive: false }, encoded(table, record));
  const exact = found.kind === 'none' ? [] : found.kind === 'certain' ? [found.recordId] : found.recordIds;
  if (found.kind !== 'none') return exact.map((id) => candidate(statements, type, id, found.by));
  const [field] = table.title;
  if (field === undefined) return [];
  const ids = similar.called(type, field, String(record[field] ?? ''));
  return ids.slice(0, 10).map((id) => candidate(statements, type, id, 'similar'));
}

/** Records by their plain names: read once, however many rows look for theirs. */
class SimilarNames {
  readonly #statements: Statements;
  readonly #types = new Map<RecordType, ReadonlyMap<string, readonly string[]>>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** Ids of the records whose `field` says the same plainly; none for a name without any word. */
  called(type: RecordType, field: string, name: string): readonly string[] {
    const wanted = plainName(name);
    if (wanted === '') return [];
    let names = this.#types.get(type);
    if (names === undefined) {
      const rows = this.#statements.sql(`SELECT "id", "${field}" AS name FROM "${type}" WHERE gone_at IS NULL`).all();
      const groups = Map.groupBy(rows, (row) => plainName(String(row.name ?? '')));
      names = new Map([...groups].map(([plain, same]) => [plain, same.map(({ id }) => String(id))]));
      this.#types.set(type, names);
    }
    return names.get(wanted) ?? [];
  }
}

function candidate(
  statements: Statements,
  type: RecordType,
  recordId: string,
  by: MatchCandidate['by'],
): MatchCandidate {
  const label = labelOf(tableOf(type), rowOf(statements, type, recordId), recordId);
  return { recordId, label, by, confidence: sure[by] };
}

const legalForms =
  /\b(ltd|limited|inc|incorporated|llc|llp|plc|gmbh|ag|bv|sa|srl|corp|corporation|company|co|pty|as|ab|oy)\b/g;

/** `Acme Dental, Ltd.` and `ACME Dental` are one name. */
function plainName(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
  return words.replace(legalForms, ' ').replace(/\s+/g, ' ').trim();
}

/** Ties a row to a record, whatever it was tied to before. */
export function link(
  statements: Statements,
  { integration, type, externalId }: RowRef,
  recordId: string,
  at: string,
): void {
  const row = rowOf(statements, type, recordId);
  const before = links.find(statements, integration, type, externalId);
  if (before?.recordId !== recordId && before !== undefined) remove(statements, { integration, type, externalId });
  const live = before !== undefined && before.recordId === recordId && before.goneAt === null;
  links.save(statements, { integration, type, externalId, recordId, hash: null, modifiedAt: null });
  if (!live) counts.adjust(statements, integration, type, 1);
  counts.adjust(statements, counts.WHOLE, type, links.revive(statements, type, recordId));
  pointTo(statements, integration, type, externalId, row);
  decisions.forget(statements, { integration, type, externalId });
  if (before !== undefined && before.recordId !== recordId) leaveBehind(statements, type, before.recordId, at);
}

/**
 * The row is nobody's from now on; it is taken again only when somebody says so. What the record was called, for the row itself is not
 * kept; null: it was not linked.
 */
export function unlink(statements: Statements, row: RowRef): string | null {
  const before = links.find(statements, row.integration, row.type, row.externalId);
  if (before === undefined) return null;
  const label = labelOf(tableOf(row.type), rowOf(statements, row.type, before.recordId), row.externalId);
  remove(statements, row);
  promote(statements, row, before.recordId);
  decisions.save(statements, row, 'ask');
  return label;
}

/** Two records become one: every link, every reference and every change of `drop` is `keep`'s, and what `keep` lacks is filled. */
export function merge(statements: Statements, type: RecordType, keep: string, drop: string): void {
  if (keep === drop) throw new InvalidQuery('A record cannot be merged with itself.');
  const [kept, dropped] = [rowOf(statements, type, keep), rowOf(statements, type, drop)];
  const filled = Object.entries(dropped).filter(
    ([field, value]) => field !== 'gone_at' && value !== null && (kept[field] ?? null) === null,
  );
  for (const [field, value] of filled) {
    statements.sql(`UPDATE "${type}" SET "${field}" = ? WHERE "id" = ?`).run(value, keep);
  }
  statements.sql('UPDATE links SET record_id = ? WHERE type = ? AND record_id = ?').run(keep, type, drop);
  statements.sql('UPDATE changes SET record_id = ? WHERE type = ? AND record_id = ?').run(keep, type, drop);
  copyTo(statements, type, drop, rowOf(statements, type, keep));
  // Two live ones become one; a gone one comes back with the links of a live one.
  const lives = [kept, dropped].filter((row) => row.gone_at === null).length;
  if (lives === 2) counts.adjust(statements, counts.WHOLE, type, -1);
  statements.sql(`DELETE FROM "${type}" WHERE "id" = ?`).run(drop);
  if (lives > 0) statements.sql(`UPDATE "${type}" SET gone_at = NULL WHERE "id" = ?`).run(keep);
}

/** Throws InvalidQuery. */
export function grid(statements: Statements, request: GridQuery): Grid {
  const { type = 'companies', integrations, search, missingOnly = false, descending = false } = request;
  const [field = 'id'] = definitionOf(type).title;
  const named: Condition[] = search === undefined ? [] : [{ field, op: 'contains', value: search }];
  const { records, next } = query(statements, {
    type,
    where: [...named, ...(request.where ?? [])],
    sort: { field, descending },
    limit: request.limit ?? 100,
    after: request.after ?? null,
    ...(missingOnly ? { lacking: integrations } : {}),
  });
  return {
    rows: records.map(({ id, [field]: name }) => ({
      recordId: id,
      label: typeof name === 'string' && name !== '' ? name : id,
      links: linksByIntegration(statements, type, id),
    })),
    next,
  };
}

function linksByIntegration(statements: Statements, type: RecordType, id: string): Record<string, string[]> {
  const live = links.ofRecord(statements, type, id).filter(({ goneAt }) => goneAt === null);
  const grouped = Object.entries(Object.groupBy(live, ({ integration }) => integration));
  return Object.fromEntries(
    grouped.map(([integration, of = []]) => [integration, of.map(({ externalId }) => externalId)]),
  );
}

/** @throws InvalidQuery when there is no such record */
function rowOf(statements: Statements, type: RecordType, id: string): Row {
  const row = statements.sql(`SELECT ${tableOf(type).columns}, gone_at FROM "${type}" WHERE "id" = ?`).get(id);
  if (row === undefined) throw new InvalidQuery(`There is no ${definitionOf(type).singular} ${id} in the portal.`);
  return row as Row;
}

function remove(statements: Statements, { integration, type, externalId }: RowRef): void {
  const before = links.find(statements, integration, type, externalId);
  statements
    .sql('DELETE FROM links WHERE integration = ? AND type = ? AND external_id = ?')
    .run(integration, type, externalId);
  if (before?.goneAt === null) counts.adjust(statements, integration, type, -1);
}

/** A record follows the row it came from; when that one leaves, another of its rows leads. */
function promote(statements: Statements, { integration, type, externalId }: RowRef, recordId: string): void {
  const row = rowOf(statements, type, recordId);
  if (row.provider !== integration || row.externalId !== externalId) return;
  const next = links.ofRecord(statements, type, recordId).find(({ goneAt }) => goneAt === null);
  if (next === undefined) return;
  statements
    .sql(`UPDATE "${type}" SET "provider" = ?, "externalId" = ? WHERE "id" = ?`)
    .run(next.integration, next.externalId, recordId);
  statements
    .sql('UPDATE links SET hash = NULL WHERE integration = ? AND type = ? AND external_id = ?')
    .run(next.integration, type, next.externalId);
}

/** A record that has lost its last link to another one was the same thing twice. */
function leaveBehind(statements: Statements, type: RecordType, id: string, at: string): void {
  if (links.ofRecord(statements, type, id).length > 0) return;
  const gone = statements.sql(`UPDATE "${type}" SET gone_at = ? WHERE "id" = ? AND gone_at IS NULL`).run(at, id);
  counts.adjust(statements, counts.WHOLE, type, -Number(gone.changes));
}
