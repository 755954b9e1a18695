import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { openPortalReader } from '../../src/portal/store/reader.ts';
import { temporaryFile } from './fixture.ts';

const pages = 120;
const size = 50;

/** Imports until `killAfter` pages are reported, then kills without warning. Returns whether it got to its end. */
async function importUntil(script: string, file: string, killAfter: number): Promise<boolean> {
  const child = spawn(process.execPath, [script, file, String(pages), String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stored = 0;
  child.stdout.on('data', (data: Buffer) => {
    stored += data.length;
    // The child goes on while this is delivered, so the kill lands anywhere in its work.
    if (stored >= killAfter) child.kill('SIGKILL');
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

test('killed again and again in mid-import: cursor, rows and counters always agree, and the import ends complete', async () => {
  const file = temporaryFile();
  const script = join(dirname(dirname(file)), 'importer.mjs');
  await build({
    entryPoints: [new URL('importer.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'error',
  });

  let kills = 0;
  for (const killAfter of [1, 2, 5, 9, 14, 3, 20, 7, Number.POSITIVE_INFINITY]) {
    if (!(await importUntil(script, file, killAfter))) kills += 1;
    const reader = openPortalReader({ file });
    const page = Number(reader.cursor('halo-psa', 'companies')?.page ?? 0);
    expect(reader.verify()).toEqual([]);
    expect(reader.count({ type: 'companies' })).toBe(page * size);
    const ids = reader
      .query({ type: 'companies', limit: pages * size })
      .records.map((record) => Number(record.externalId));
    expect(new Set(ids)).toEqual(new Set(Array.from({ length: page * size }, (_, n) => n)));
    const runs = reader.runs({ limit: 100 });
    expect(runs.reduce((sum, run) => sum + (run.types.companies?.created ?? 0), 0)).toBe(page * size);
    expect(runs.filter((run) => run.status === 'interrupted')).toHaveLength(runs.length - 1);
    reader.close();
  }
  expect(kills).toBeGreaterThan(4);
  const reader = openPortalReader({ file });
  expect(reader.cursor('halo-psa', 'companies')).toEqual({ page: pages });
  reader.close();
});
