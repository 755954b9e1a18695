import { recordTypeNames } from '../records/index.ts';
import * as counts from './counts.ts';
import type { Statements } from './statements.ts';

/** Says in plain sentences what is wrong with the file; empty when all is well. Reads all of it: seconds per million records. */
export function verify(statements: Statements): string[] {
  const { database } = statements;
  const problems: string[] = [];
  for (const { quick_check } of database.prepare('PRAGMA quick_check').all()) {
    if (quick_check !== 'ok') problems.push(`The file is damaged: ${quick_check}`);
  }
  if (problems.length > 0) return problems;

  for (const row of database.prepare('PRAGMA foreign_key_check').all()) {
    problems.push(`A row of ${row.table} refers to a record in ${row.parent} that does not exist.`);
  }
  for (const type of recordTypeNames) {
    const orphans = one(
      statements,
      `SELECT count(*) FROM links WHERE type = ? AND record_id NOT IN (SELECT "id" FROM "${type}")`,
      type,
    );
    if (orphans > 0) problems.push(`${orphans} links of ${type} lead to no record.`);

    const live = one(statements, `SELECT count(*) FROM "${type}" WHERE gone_at IS NULL`);
    const kept = counts.read(statements)[type] ?? 0;
    if (live !== kept) problems.push(`There are ${live} ${type}, but the portal counts ${kept}.`);
  }
  const linked = database.prepare(
    `SELECT integration, type, sum(n) AS n, sum(live) AS live FROM (
       SELECT integration, type, count(*) AS n, 0 AS live FROM links WHERE gone_at IS NULL GROUP BY integration, type
       UNION ALL SELECT integration, type, 0, live FROM counts WHERE integration <> ''
     ) GROUP BY integration, type HAVING sum(n) <> sum(live)`,
  );
  for (const row of linked.all()) {
    problems.push(`${row.integration} has ${row.n} ${row.type}, but the portal counts ${row.live}.`);
  }
  return problems;
}

function one(statements: Statements, sql: string, ...values: string[]): number {
  return Object.values(statements.database.prepare(sql).get(...values)!)[0] as number;
}
