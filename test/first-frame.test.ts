/** What the first frame and the small commands load. Their speed is shown by `npm run bench -- startup`; what would cost it is kept out here. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The packages that a module and everything it imports statically bring along. */
async function packagesOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'nowhere',
    write: false,
    metafile: true,
    treeShaking: true,
    external: ['ink-table', 'react-devtools-core'],
    loader: { '.md': 'text' },
    define: { MSPORTAL_VERSION: '"test"' },
    logLevel: 'silent',
  });
  const outputs = metafile.outputs;
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string) => {
    const output = outputs[path];
    if (output === undefined || seen.has(path)) return;
    seen.add(path);
    for (const input of Object.keys(output.inputs)) {
      const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(relative('', input))?.[1];
      if (name !== undefined) packages.add(name);
    }
    for (const { path: next, kind } of output.imports) if (kind === 'import-statement') visit(next);
  };
  const start = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === entry);
  visit(start ?? '');
  return [...packages];
}

const heavy = [
  'zod',
  'got',
  'pino',
  'p-queue',
  'node-cron',
  'lowdb',
  'csv-parse',
  'prom-client',
  'write-file-atomic',
  'birpc',
];

test('the first frame needs Ink and React, and no validator, client, logger or schedule', async () => {
  const packages = await packagesOf('src/console/app/start.tsx');
  expect(packages).toEqual(expect.arrayContaining(['ink', 'react']));
  expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
});

test('the command line itself needs none of them, and no screen', async () => {
  const packages = await packagesOf('src/cli/main.ts');
  expect(packages.filter((name) => [...heavy, 'ink', 'react'].includes(name))).toEqual([]);
});
