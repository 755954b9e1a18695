/** The outbox. Any program may put a row into `changes`; what it leaves out is filled in when the next run takes it up. */
import { z } from 'zod';
import type { FieldValue, FieldValues } from '../../connector/writer.ts';
import type { Change, ChangeFilter, ChangeState, ChangeStep, FieldConflict, NewChange } from '../change.ts';
import { isRecordType, type RecordType } from '../records/index.ts';
import { same } from '../same.ts';
import * as links from './links.ts';
import type { Statements } from './statements.ts';
import { type Cell, decode, labelOf, type Row, tableOf } from './tables.ts';

/** Of those that came to their end; the rest is never thrown away. */
const KEPT = 10_000;

const columns = `seq, id, integration, type, kind, record_id AS recordId, external_id AS externalId, fields, base, state, marker,
  attempts, reason, conflicts, author, created_at AS createdAt, updated_at AS updatedAt, sent_at AS sentAt, made_id AS madeId`;

const Fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const Kind = z.enum(['create', 'update', 'note']);

export function insert(statements: Statements, change: NewChange): void {
  const base = baseOf(statements, change);
  statements
    .sql(
      `INSERT INTO changes (id, integration, type, kind, record_id, external_id, fields, base, author, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      change.id,
      change.integration,
      change.type,
      change.kind,
      change.recordId,
      change.externalId,
      JSON.stringify(change.fields),
      JSON.stringify(base),
      change.author,
      change.at,
      change.at,
    );
}

export function list(statements: Statements, filter: ChangeFilter): Change[] {
  const parts: string[] = [];
  const values: Cell[] = [];
  const is = (column: string, value: string | undefined): void => {
    if (value === undefined) return;
    parts.push(`${column} = ?`);
    values.push(value);
  };
  is('id', filter.id);
  is('integration', filter.integration);
  is('type', filter.type);
  is('record_id', filter.recordId);
  is('external_id', filter.externalId);
  is('made_id', filter.madeId);
  if (filter.states !== undefined) {
    parts.push('state IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.states));
  }
  const where = parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '';
  return statements
    .sql(`SELECT ${columns} FROM changes ${where} ORDER BY seq ${filter.oldestFirst ? 'ASC' : 'DESC'} LIMIT ?`)
    .all(...values, filter.limit ?? 1000)
    .flatMap((row) => changeOf(statements, row as Row) ?? []);
}

export function one(statements: Statements, id: string): Change | null {
  return list(statements, { id })[0] ?? null;
}

/** How many are in each state that is not an end. */
export function counts(statements: Statements, integration: string): Partial<Record<ChangeState, number>> {
  const rows = statements
    .sql(
      `SELECT state, count(*) AS n FROM changes WHERE integration = ? AND state NOT IN ('confirmed', 'withdrawn') GROUP BY state`,
    )
    .all(integration);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** What was on its way when a process died: nobody knows what became of it. */
export function interrupt(statements: Statements, at: string): void {
  statements
    .sql(
      `UPDATE changes SET state = 'unconfirmed', updated_at = ?, reason = 'msportal ended while this was being sent.'
       WHERE state = 'sending'`,
    )
    .run(at);
}

/** Takes up the rows of other programs: checks their form, finds the record, notes what it says now. */
export function adopt(statements: Statements, integration: string, at: string): void {
  const rows = statements
    .sql(`SELECT ${columns} FROM changes WHERE integration = ? AND base IS NULL ORDER BY seq`)
    .all(integration) as Row[];
  for (const row of rows) {
    const taken = takeUp(statements, row);
    if (typeof taken === 'string') {
      statements
        .sql(`UPDATE changes SET state = 'refused', base = '{}', reason = ?, updated_at = ? WHERE seq = ?`)
        .run(taken, at, row.seq ?? 0);
      continue;
    }
    statements
      .sql(
        `UPDATE changes SET state = 'waiting', base = ?, record_id = ?, external_id = ?, updated_at = ? WHERE seq = ?`,
      )
      .run(JSON.stringify(taken.base), taken.recordId, taken.externalId, at, row.seq ?? 0);
  }
}

/** Forgets the oldest of those that came to their end. */
export function prune(statements: Statements, integration: string): void {
  statements
    .sql(
      `DELETE FROM changes WHERE integration = ?1 AND state IN ('confirmed', 'withdrawn') AND seq <= ifnull(
         (SELECT seq FROM changes WHERE integration = ?1 AND state IN ('confirmed', 'withdrawn')
          ORDER BY seq DESC LIMIT 1 OFFSET ${KEPT}), 0)`,
    )
    .run(integration);
}

/** What is wrong with a row, or what completes it. */
function takeUp(statements: Statements, row: Row): string | Pick<Change, 'recordId' | 'externalId' | 'base'> {
  const { type, integration } = row as { type: string; integration: string };
  if (!isRecordType(type)) return `There is no record type "${type}".`;
  const kind = Kind.safeParse(row.kind).data;
  if (kind === undefined) return 'The kind is create, update or note.';
  const fields = fieldsOf(row.fields);
  if (fields === null) return 'The fields must be one JSON object of texts, numbers, true, false and null.';
  if (kind === 'create') return { recordId: null, externalId: null, base: {} };
  const { recordId, externalId } = row as { recordId: string | null; externalId: string | null };
  const link = statements
    .sql(
      `SELECT record_id AS recordId, external_id AS externalId FROM links
       WHERE integration = ? AND type = ? AND (record_id = ? OR external_id = ?) ORDER BY gone_at IS NOT NULL LIMIT 1`,
    )
    .get(integration, type, recordId, recordId === null ? externalId : null) as
    | { recordId: string; externalId: string }
    | undefined;
  if (link === undefined) return 'No record with this record_id or external_id came from this integration.';
  return { ...link, base: baseOf(statements, { integration, type, kind, ...link, fields }) };
}

/** What the editor saw: the row, and over it what was wanted of it before and is still on its way. */
function baseOf(
  statements: Statements,
  change: Pick<NewChange, 'integration' | 'type' | 'kind' | 'recordId' | 'fields'>,
): FieldValues {
  if (change.kind !== 'update' || change.recordId === null) return {};
  const table = tableOf(change.type);
  const row = statements.sql(`SELECT ${table.columns} FROM "${change.type}" WHERE "id" = ?`).get(change.recordId);
  const record: Record<string, unknown> = row === undefined ? {} : { ...decode(table, row as Row) };
  const { integration, type, recordId } = change;
  const states = ['waiting', 'sending', 'unconfirmed', 'conflicted'] as const;
  for (const earlier of list(statements, { integration, type, recordId, states, oldestFirst: true })) {
    if (earlier.kind === 'update') Object.assign(record, earlier.fields);
  }
  return Object.fromEntries(Object.keys(change.fields).map((field) => [field, (record[field] as FieldValue) ?? null]));
}

/** Takes the step; null when the change is in none of the states it starts from. The caller has stored the item already. */
export function step(statements: Statements, id: string, to: ChangeStep): Change | null {
  const before = one(statements, id);
  if (before === null || !to.from.includes(before.state)) return null;
  const link =
    to.item === undefined ? undefined : links.find(statements, before.integration, before.type, to.item.externalId);
  statements
    .sql(
      `UPDATE changes SET state = ?, updated_at = ?, reason = ?, fields = ?, base = ?, conflicts = ?, marker = ?, made_id = ?,
         attempts = attempts + ?, sent_at = ?, record_id = ?, external_id = ? WHERE id = ?`,
    )
    .run(
      to.to,
      to.at,
      to.reason === undefined ? before.reason : to.reason,
      JSON.stringify(to.fields ?? before.fields),
      JSON.stringify(to.base ?? before.base),
      JSON.stringify(to.conflicts ?? before.conflicts),
      to.marker ?? before.marker,
      to.madeId ?? before.madeId,
      to.sent === true ? 1 : 0,
      to.sent === true ? to.at : before.sentAt,
      link?.recordId ?? before.recordId,
      to.item?.externalId ?? before.externalId,
      id,
    );
  const after = one(statements, id)!;
  rebaseLater(statements, before, after, to);
  return after;
}

/**
 * Who made a later change of the same record saw this one's values. Once it has an end, what stands instead of them is the
 * vendor's answer (which may be trimmed or rounded), or what was there before.
 */
function rebaseLater(statements: Statements, before: Change, after: Change, { item }: ChangeStep): void {
  const over = after.state === 'confirmed' || after.state === 'withdrawn' || after.state === 'refused';
  if (!over || before.kind !== 'update' || before.recordId === null) return;
  const told = item?.kind === 'record' ? (item.record as Readonly<Record<string, unknown>>) : {};
  const stands = after.state === 'confirmed' ? { ...before.fields, ...told } : before.base;
  const { integration, type, recordId } = before;
  for (const later of list(statements, { integration, type, recordId, states: ['waiting', 'conflicted'] })) {
    if (later.seq <= before.seq || later.kind !== 'update') continue;
    const moved = Object.keys(later.base).filter(
      (field) => field in before.fields && field in stands && same(later.base[field], before.fields[field]),
    );
    if (moved.length === 0) continue;
    const base = { ...later.base, ...Object.fromEntries(moved.map((field) => [field, stands[field]])) };
    statements.sql('UPDATE changes SET base = ? WHERE id = ?').run(JSON.stringify(base), later.id);
  }
}

function fieldsOf(json: Cell | undefined): FieldValues | null {
  try {
    return Fields.safeParse(JSON.parse(String(json))).data ?? null;
  } catch {
    return null;
  }
}

/** Null for a row of no known record type, which nothing can be done with. */
function changeOf(statements: Statements, row: Row): Change | null {
  const { type, integration } = row as { type: string; integration: string };
  if (!isRecordType(type)) return null;
  const fields = fieldsOf(row.fields) ?? {};
  return {
    ...(row as unknown as Change),
    integration,
    type,
    fields,
    base: fieldsOf(row.base) ?? {},
    conflicts: JSON.parse(row.conflicts as string) as FieldConflict[],
    label: labelOfRecord(statements, type, row, fields),
  };
}

function labelOfRecord(statements: Statements, type: RecordType, row: Row, fields: FieldValues): string {
  const table = tableOf(type);
  const id = row.recordId ?? null;
  const record =
    id === null ? undefined : statements.sql(`SELECT ${table.columns} FROM "${type}" WHERE "id" = ?`).get(id);
  return labelOf(table, (record as Row | undefined) ?? fields, String(row.externalId ?? row.id));
}
