/**
 * Makes dist/ what is packed: the chunks of this build only, the manual page, and the licences of what is bundled.
 * Runs on the project's own Node, after the build.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtPackages, prune } from './build.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

prune({ maxAge: 0 });
writeFileSync(join(dist, 'msportal.1'), execFileSync(process.execPath, [join(dist, 'msportal.js'), 'man']));
writeFileSync(
  join(dist, 'licences.txt'),
  builtPackages()
    .map(notice)
    .join(`\n${'-'.repeat(80)}\n\n`),
);

/** A package's name, version and licence, in its own words where it has brought them. */
function notice(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
}
