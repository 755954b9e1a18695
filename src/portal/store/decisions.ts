/** What people decided about single rows of a vendor that are linked to nothing. */
import type { RowRef } from '../link-commands.ts';
import type { RecordType } from '../records/index.ts';
import type { Statements } from './statements.ts';

/** `ignore`: never take it. `ask`: never link it by itself. */
export type Decision = 'ignore' | 'ask';

export function find(statements: Statements, { integration, type, externalId }: RowRef): Decision | null {
  const row = statements
    .sql('SELECT decision FROM decisions WHERE integration = ? AND type = ? AND external_id = ?')
    .get(integration, type, externalId);
  return (row?.decision as Decision | undefined) ?? null;
}

/** Most types have none: then no row looks for its own. */
export function any(statements: Statements, integration: string, type: RecordType): boolean {
  return (
    statements.sql('SELECT 1 FROM decisions WHERE integration = ? AND type = ? LIMIT 1').get(integration, type) !==
    undefined
  );
}

export function save(statements: Statements, { integration, type, externalId }: RowRef, decision: Decision): void {
  statements
    .sql(
      'INSERT INTO decisions (integration, type, external_id, decision) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET decision = excluded.decision',
    )
    .run(integration, type, externalId, decision);
}

export function forget(statements: Statements, { integration, type, externalId }: RowRef): void {
  statements
    .sql('DELETE FROM decisions WHERE integration = ? AND type = ? AND external_id = ?')
    .run(integration, type, externalId);
}
