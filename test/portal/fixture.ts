import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { PageOutcome } from '../../src/portal/page.ts';
import type { Portal } from '../../src/portal/portal.ts';
import type { RecordType, SourceRecords } from '../../src/portal/records/index.ts';
import type { TypeCounters } from '../../src/portal/run.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { fastFolder } from '../fast-folder.ts';

export const at = '2026-03-01T10:00:00Z';

/** A path in a folder of its own, removed when the test ends. */
export function temporaryFile(): string {
  const folder = mkdtempSync(join(fastFolder, 'portal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'portal.db');
}

export function open(file: string = temporaryFile(), owner: string = 'test'): Portal {
  let ids = 0;
  const portal = openPortal({ file, owner, now: () => Date.parse(at), newId: () => `${owner}-${++ids}` });
  onTestFinished(() => portal.close());
  return portal;
}

export function record<T extends RecordType>(externalId: string, fields: SourceRecords[T]): SourceItem {
  return { kind: 'record', externalId, modifiedAt: null, record: fields } as SourceItem;
}
export const company = (externalId: string, fields: SourceRecords['companies']) =>
  record<'companies'>(externalId, fields);
export const ticket = (externalId: string, fields: SourceRecords['tickets']) => record<'tickets'>(externalId, fields);
export const gone = (externalId: string): SourceItem => ({ kind: 'gone', externalId });

export function apply(
  portal: Portal,
  type: RecordType,
  items: readonly SourceItem[],
  more: { integration?: string; cursor?: object; blanksErase?: boolean } = {},
): PageOutcome {
  const { integration = 'halo-psa', cursor = { page: 1 }, blanksErase = false } = more;
  return portal.apply({ integration, type, runId: 'run', items, cursor: { ...cursor }, at, blanksErase });
}

/** The counters that are not zero. */
export function sums(outcome: TypeCounters): Partial<TypeCounters> {
  const { read, created, updated, unchanged, held, failed, gone: lost } = outcome;
  const all = { read, created, updated, unchanged, held, failed, gone: lost };
  return Object.fromEntries(Object.entries(all).filter(([, n]) => n !== 0));
}

/** The only record of its type; fails when there is none or another. */
export function only(portal: Portal, type: RecordType) {
  const { records } = portal.query({ type, includeGone: true });
  if (records.length !== 1) throw new Error(`${records.length} ${type}`);
  return records[0]!;
}
