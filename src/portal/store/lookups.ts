/** The vendor's lists, kept so that forms and mapping need no request. */
import type { Lookups } from '../../connector/contract.ts';
import type { Statements } from './statements.ts';

export function read(statements: Statements, integration: string): { at: string; lists: Lookups } | null {
  const row = statements.sql('SELECT value, at FROM lookups WHERE integration = ?').get(integration);
  return row === undefined ? null : { at: row.at as string, lists: JSON.parse(row.value as string) as Lookups };
}

export function save(statements: Statements, integration: string, lists: Lookups, at: string): void {
  statements
    .sql(
      'INSERT INTO lookups (integration, value, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at',
    )
    .run(integration, JSON.stringify(lists), at);
}
