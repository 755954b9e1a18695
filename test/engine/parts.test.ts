/** A vendor that is read part by part, with a part that fails: a scripted connection on the real store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection, PagePart } from '../../src/connector/contract.ts';
import { Forbidden } from '../../src/connector/errors.ts';
import type { RecordTypeSpec } from '../../src/connector/manifest.ts';
import type { SourceItem } from '../../src/connector/source-item.ts';
import { pull } from '../../src/engine/sync/pull.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { openPortal } from '../../src/portal/store/open.ts';
import { fastFolder } from '../fast-folder.ts';

const spec: RecordTypeSpec = {
  type: 'companies',
  direction: 'pull',
  vendorName: 'Clients',
  changes: 'compare',
  permission: '',
};
const error = new Forbidden('clients', { reason: 'It may not be read.', fix: 'Grant it.' });

let folder: string;
let portal: Portal;
let runs = 0;
beforeEach(() => {
  folder = mkdtempSync(join(fastFolder, 'msportal-parts-'));
  portal = openPortal({
    file: join(folder, 'portal.db'),
    now: Date.now,
    newId: () => crypto.randomUUID(),
    owner: 'test',
  });
});
afterEach(() => {
  portal.close();
  rmSync(folder, { recursive: true });
});

const rows = (part: string, count: number): SourceItem[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'record' as const,
    externalId: `${part}_${i}`,
    modifiedAt: null,
    record: { name: `${part} ${i}` },
  }));
const read = (key: string): PagePart => ({ key, label: key, prefix: `${key}_`, status: 'read' });
const failed = (key: string, change: Partial<Extract<PagePart, { status: 'failed' }>> = {}): PagePart => ({
  key,
  label: key,
  prefix: `${key}_`,
  status: 'failed',
  error,
  whole: true,
  ...change,
});

async function pass(items: SourceItem[], parts: PagePart[]): Promise<number> {
  const runId = `run-${runs++}`;
  portal.beginRun({ id: runId, integration: 'many', trigger: 'manual', startedAt: new Date().toISOString() });
  const connection: Connection = {
    checks: () => [],
    async *read() {
      yield { items, next: null, parts };
    },
  };
  const { counters } = await pull(
    spec,
    { full: true, manual: true, acceptDeletions: true, fullEveryMs: 1, selection: '', history: true },
    {
      integration: 'many',
      runId,
      connection,
      http: { vendorNow: () => null } as never,
      portal,
      now: Date.now,
      signal: new AbortController().signal,
      onPage: () => {},
    },
  );
  return counters.gone;
}

const issues = () => portal.issues({ integration: 'many', includeDismissed: true });

test('the rows of a part that failed stay, those of the others are compared as ever', async () => {
  await pass([...rows('a', 3), ...rows('b', 3)], [read('a'), read('b')]);
  expect(await pass(rows('a', 2), [read('a'), failed('b')])).toBe(1);
  expect(portal.counts('many')).toEqual({ companies: 5 });
  expect(issues()).toMatchObject([
    { reason: 'part-failed', type: null, label: 'b', detail: 'It may not be read. Grant it.' },
  ]);

  // Nothing is known of which rows are its own: then nothing can be taken for gone.
  expect(await pass(rows('a', 1), [read('a'), failed('b', { prefix: '' })])).toBe(0);
  // Read again, with fewer rows: now they are gone, and the issue is.
  expect(await pass([...rows('a', 1), ...rows('b', 1)], [read('a'), read('b')])).toBe(3);
  expect(issues()).toEqual([]);
});

test('one issue per part or per part and type; it stays dismissed, and a part without the type is none', async () => {
  await pass(rows('a', 1), [read('a'), failed('b', { whole: false })]);
  expect(issues()).toMatchObject([{ type: 'companies', label: 'b: Clients' }]);
  portal.dismissIssues({ ids: [issues()[0]!.id] });
  await pass(rows('a', 1), [read('a'), failed('b', { whole: false })]);
  expect(issues()).toMatchObject([{ dismissed: true }]);
  await pass(rows('a', 1), [read('a'), failed('b')]);
  expect(issues().map(({ type, dismissed }) => [type, dismissed])).toContainEqual([null, false]);
  await pass(rows('a', 1), [read('a'), { ...read('b'), status: 'unavailable' } as PagePart]);
  expect(issues()).toEqual([]);
});
