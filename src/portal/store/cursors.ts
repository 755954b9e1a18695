import type { Cursor } from '../page.ts';
import type { RecordType } from '../records/index.ts';
import { canonicalJson } from './canonical.ts';
import type { Statements } from './statements.ts';

export function read(statements: Statements, integration: string, type: RecordType): Cursor | null {
  const value = stored(statements, integration, type);
  return value === null ? null : (JSON.parse(value) as Cursor);
}

/** Returns whether there was anything to write. */
export function save(statements: Statements, integration: string, type: RecordType, cursor: Cursor | null): boolean {
  const before = stored(statements, integration, type);
  const value = cursor === null ? null : canonicalJson(cursor);
  if (value === before) return false;
  if (value === null) {
    statements.sql('DELETE FROM cursors WHERE integration = ? AND type = ?').run(integration, type);
  } else {
    statements
      .sql(
        'INSERT INTO cursors (integration, type, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      )
      .run(integration, type, value);
  }
  return true;
}

function stored(statements: Statements, integration: string, type: RecordType): string | null {
  const row = statements.sql('SELECT value FROM cursors WHERE integration = ? AND type = ?').get(integration, type);
  return (row?.value as string | undefined) ?? null;
}
