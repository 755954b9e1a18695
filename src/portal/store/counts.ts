/** Live records per integration and type, kept by the writers so that nobody ever counts a million rows. */
import type { RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';

/** The key of the whole portal. */
export const WHOLE = '';

export function adjust(statements: Statements, integration: string, type: RecordType, by: number): void {
  if (by === 0) return;
  statements
    .sql(
      'INSERT INTO counts (integration, type, live) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET live = live + excluded.live',
    )
    .run(integration, type, by);
}

export function read(statements: Statements, integration: string = WHOLE): Partial<Record<RecordType, number>> {
  const rows = statements.sql('SELECT type, live FROM counts WHERE integration = ? AND live <> 0').all(integration);
  return Object.fromEntries(rows.map((row) => [row.type, row.live]));
}
