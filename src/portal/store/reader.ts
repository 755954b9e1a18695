import type { PortalReader } from '../portal.ts';
import * as changes from './changes.ts';
import * as counts from './counts.ts';
import * as cursors from './cursors.ts';
import { openForReading } from './database.ts';
import * as issues from './issues.ts';
import * as links from './links.ts';
import * as lookups from './lookups.ts';
import * as matching from './matching.ts';
import * as records from './query.ts';
import * as runs from './runs.ts';
import { scan } from './scan.ts';
import type { Statements } from './statements.ts';
import { verify } from './verify.ts';

/**
 * Opens the store to look only; works while another process writes. A file that does not exist (yet) reads as empty.
 * Calls throw StoreNotUsable when the file is of another version than this program, or not a database.
 */
export function openPortalReader({ file }: { file: string }): PortalReader {
  let statements: Statements | null = null;
  const connect = (): Statements | null => {
    statements ??= openForReading(file);
    return statements;
  };
  connect();
  return { ...reading(connect), close: () => statements?.close() };
}

/** The reading half, over a connection that may not be there yet. */
export function reading(connect: () => Statements | null): Omit<PortalReader, 'close'> {
  const from = <T>(empty: T, read: (statements: Statements) => T): T => {
    const statements = connect();
    return statements === null ? empty : read(statements);
  };
  return {
    cursor: (integration, type) => from(null, (s) => cursors.read(s, integration, type)),
    counts: (integration) => from({}, (s) => counts.read(s, integration)),
    issueSums: () => from([], issues.sums),
    issues: (filter) => from([], (s) => issues.list(s, filter)),
    issueGroups: (filter) => from([], (s) => issues.groups(s, filter)),
    runs: (filter) => from([], (s) => runs.list(s, filter)),
    run: (id) => from(null, (s) => runs.one(s, id)),
    query: (query) => from({ records: [], next: null }, (s) => records.query(s, query)),
    count: (query) => from(0, (s) => records.count(s, query)),
    get: (type, id) => from(null, (s) => records.get(s, type, id)),
    links: (type, id) => from([], (s) => links.ofRecord(s, type, id)),
    linkOf: (integration, type, externalId) => from(null, (s) => links.ofRow(s, integration, type, externalId)),
    scan: (type, fields, after, limit) => from([], (s) => scan(s, type, fields, after, limit)),
    pendingMatches: (filter) => from([], (s) => matching.pending(s, filter)),
    grid: (query) => from({ rows: [], next: null }, (s) => matching.grid(s, query)),
    lookups: (integration) => from(null, (s) => lookups.read(s, integration)),
    changes: (filter) => from([], (s) => changes.list(s, filter)),
    changeCounts: (integration) => from({}, (s) => changes.counts(s, integration)),
    verify: () => from([], verify),
  };
}
