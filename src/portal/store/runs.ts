/** Run history. */

import type { RecordType } from '../records/index.ts';
import { noCounters, type RunEnd, type RunRecord, type RunTrigger, type TypeCounters } from '../run.ts';
import type { Statements } from './statements.ts';

/** Per integration: about five weeks at a run every five minutes. */
const KEPT = 10_000;

export type Counters = Partial<Record<RecordType, TypeCounters>>;

export function add(counters: Counters, type: RecordType, more: TypeCounters): Counters {
  const sum = { ...noCounters(), ...counters[type] };
  for (const key of Object.keys(sum) as (keyof TypeCounters)[]) sum[key] += more[key];
  return { ...counters, [type]: sum };
}

export function begin(
  statements: Statements,
  run: { id: string; integration: string; trigger: RunTrigger; startedAt: string },
): void {
  statements
    .sql(
      `INSERT INTO runs (id, integration, "trigger", started_at, status, counters) VALUES (?, ?, ?, ?, 'running', '{}')`,
    )
    .run(run.id, run.integration, run.trigger, run.startedAt);
}

export function saveCounters(statements: Statements, id: string, counters: Counters): void {
  statements.sql('UPDATE runs SET counters = ? WHERE id = ?').run(JSON.stringify(counters), id);
}

export function end(statements: Statements, id: string, end: RunEnd): void {
  statements
    .sql(`UPDATE runs SET status = ?, ended_at = ?, requests = ?, waited_ms = ?, bytes = ?, failure = ? WHERE id = ?`)
    .run(
      end.status,
      end.endedAt,
      end.requests,
      end.waitedMs,
      end.bytes,
      end.failure === null ? null : JSON.stringify(end.failure),
      id,
    );
  statements
    .sql(
      `DELETE FROM runs WHERE integration = (SELECT integration FROM runs WHERE id = ?1) AND started_at <
         (SELECT started_at FROM runs WHERE integration = (SELECT integration FROM runs WHERE id = ?1)
          ORDER BY started_at DESC LIMIT 1 OFFSET ${KEPT})`,
    )
    .run(id);
}

/** What a process that died left open. */
export function interrupt(statements: Statements, at: string): void {
  statements.sql(`UPDATE runs SET status = 'interrupted', ended_at = ? WHERE status = 'running'`).run(at);
}

/** Newest first. */
export function list(statements: Statements, filter: { integration?: string; limit?: number }): RunRecord[] {
  const limit = filter.limit ?? 20;
  const rows =
    filter.integration === undefined
      ? statements.sql('SELECT * FROM runs ORDER BY started_at DESC, id DESC LIMIT ?').all(limit)
      : statements
          .sql('SELECT * FROM runs WHERE integration = ? ORDER BY started_at DESC, id DESC LIMIT ?')
          .all(filter.integration, limit);
  return rows.map(decode);
}

export function one(statements: Statements, id: string): RunRecord | null {
  const row = statements.sql('SELECT * FROM runs WHERE id = ?').get(id);
  return row === undefined ? null : decode(row);
}

function decode(row: Record<string, unknown>): RunRecord {
  return {
    id: row.id as string,
    integration: row.integration as string,
    trigger: row.trigger as RunTrigger,
    startedAt: row.started_at as string,
    endedAt: row.ended_at as string | null,
    status: row.status as RunRecord['status'],
    types: countersOf(row.counters as string),
    requests: row.requests as number,
    waitedMs: row.waited_ms as number,
    bytes: row.bytes as number,
    failure: row.failure === null ? null : (JSON.parse(row.failure as string) as RunRecord['failure']),
  };
}

/** Runs from before a counter existed have it at nothing. */
function countersOf(json: string): Counters {
  const stored = Object.entries(JSON.parse(json) as Counters);
  return Object.fromEntries(stored.map(([type, counters]) => [type, { ...noCounters(), ...counters }]));
}
