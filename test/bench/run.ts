/**
 * `npm run bench` runs all benches small; `npm run bench -- NAME [ARGS]` runs one as large as wished.
 * Figures depend on the machine: compare ratios, or two runs on the same one.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Name, and the arguments that keep it to some seconds. */
const benches: Readonly<Record<string, readonly string[]>> = {
  startup: ['9'],
  portal: ['50000'],
  attach: ['9'],
  lifecycle: ['10'],
  memory: ['300'],
};

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && !Object.hasOwn(benches, name)) {
  process.stderr.write(`There is no bench "${name}". Benches: ${Object.keys(benches).join(', ')}.\n`);
  process.exit(2);
}
for (const [each, small] of Object.entries(benches)) {
  if (name !== undefined && name !== each) continue;
  process.stdout.write(`\n${each}\n`);
  const file = fileURLToPath(new URL(`${each}.bench.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, ...(args.length > 0 ? args : small)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
