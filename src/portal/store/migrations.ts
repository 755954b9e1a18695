/**
 * The tables around the records, by schema version (`user_version`). Add a step at the end to change them;
 * never change one that was released. Columns of record types need no step: see `tables.ts`.
 */
import { StoreNotUsable } from '../portal.ts';
import type { Statements } from './statements.ts';

export const migrations: readonly string[] = [
  `
  CREATE TABLE owner (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    epoch INTEGER NOT NULL,
    name TEXT NOT NULL,
    since TEXT NOT NULL
  );
  CREATE TABLE links (
    integration TEXT NOT NULL,
    type TEXT NOT NULL,
    external_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    hash TEXT,
    modified_at TEXT,
    gone_at TEXT,
    PRIMARY KEY (integration, type, external_id)
  ) WITHOUT ROWID;
  CREATE INDEX links_record ON links (type, record_id, integration, gone_at);
  CREATE TABLE cursors (
    integration TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (integration, type)
  ) WITHOUT ROWID;
  -- Live records; integration '' is the whole portal.
  CREATE TABLE counts (
    integration TEXT NOT NULL,
    type TEXT NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (integration, type)
  ) WITHOUT ROWID;
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    integration TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    status TEXT NOT NULL,
    counters TEXT NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    waited_ms INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    failure TEXT
  );
  CREATE INDEX runs_time ON runs (started_at, id);
  CREATE INDEX runs_integration ON runs (integration, started_at, id);
  -- payload: the held row itself, with the type and id of the record it waits for.
  CREATE TABLE issues (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    integration TEXT NOT NULL,
    type TEXT,
    external_id TEXT,
    reason TEXT NOT NULL,
    label TEXT NOT NULL,
    detail TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    dismissed INTEGER NOT NULL DEFAULT 0,
    payload TEXT,
    wants_type TEXT,
    wants_id TEXT
  );
  CREATE UNIQUE INDEX issues_row ON issues (integration, ifnull(type, ''), ifnull(external_id, ''), reason);
  CREATE INDEX issues_open ON issues (dismissed, integration);
  CREATE INDEX issues_waiting ON issues (integration, type, wants_type, wants_id) WHERE payload IS NOT NULL;
  `,
  `
  -- The outbox. Other programs may insert: integration, type, kind, fields (JSON), and record_id or external_id are enough.
  -- base is null until a run has taken the row up.
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    integration TEXT NOT NULL,
    type TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT,
    external_id TEXT,
    fields TEXT NOT NULL,
    base TEXT,
    state TEXT NOT NULL DEFAULT 'waiting',
    marker TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    conflicts TEXT NOT NULL DEFAULT '[]',
    author TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    sent_at TEXT,
    made_id TEXT
  );
  CREATE INDEX changes_open ON changes (integration, type, state, seq);
  CREATE INDEX changes_record ON changes (type, record_id, state);
  `,
  `
  -- What people decided about rows that are linked to nothing.
  CREATE TABLE decisions (
    integration TEXT NOT NULL,
    type TEXT NOT NULL,
    external_id TEXT NOT NULL,
    decision TEXT NOT NULL,
    PRIMARY KEY (integration, type, external_id)
  ) WITHOUT ROWID;
  -- The vendor's lists: statuses, priorities, queues.
  CREATE TABLE lookups (
    integration TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    at TEXT NOT NULL
  ) WITHOUT ROWID;
  `,
  `
  -- A link of a type that is only tied to what the portal has; set anew by the next full read where it is old.
  ALTER TABLE links ADD COLUMN points_only INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- What a full pass found differing, until the pass is complete; item is the row as the vendor told it, in JSON.
  CREATE TABLE staged (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    integration TEXT NOT NULL,
    type TEXT NOT NULL,
    external_id TEXT NOT NULL,
    item TEXT NOT NULL,
    UNIQUE (integration, type, external_id)
  ) STRICT;
  `,
  `
  -- Counts issues that are alike and pages through them, newest first, without a look at the issues themselves: there may be very many.
  CREATE INDEX issues_alike ON issues (dismissed, integration, reason, type, last_seen, first_seen);
  DROP INDEX issues_open;
  `,
];

export function schemaVersion(statements: Statements): number {
  return statements.database.prepare('PRAGMA user_version').get()!.user_version as number;
}

/** Throws StoreNotUsable when a newer program has written the file. */
export function refuseNewer(version: number): void {
  if (version > migrations.length) {
    throw new StoreNotUsable(
      `The portal store was written by a newer msportal (its schema is version ${version}, this program knows ${migrations.length}). Update msportal on this machine; nothing was changed.`,
    );
  }
}

/** Brings the file to the present version, inside the caller's transaction. */
export function migrate(statements: Statements): void {
  const version = schemaVersion(statements);
  refuseNewer(version);
  for (const step of migrations.slice(version)) statements.database.exec(step);
  if (version < migrations.length) statements.database.exec(`PRAGMA user_version = ${migrations.length}`);
}
