import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('../..', import.meta.url).pathname;

/**
 * Bundles one of `programs/` as the product is bundled: ESM in one file. It lies inside the project, so that what the
 * bundle requires at run time is found. Returns the file and what removes it.
 */
export async function bundleProgram(name: string): Promise<{ file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(root, 'node_modules', '.console-test-'));
  const file = join(folder, 'program.mjs');
  await build({
    entryPoints: [join(root, 'test/console/programs', name)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '""' },
    alias: { 'react-devtools-core': join(root, '.scripts/empty.mjs') },
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { file, remove: () => rm(folder, { recursive: true }) };
}
