import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const root = new URL('../', import.meta.url);

/** The Node that everything of this project runs on: a locked development dependency, whatever Node the machine has. */
export const node = fileURLToPath(
  new URL(process.platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/node/bin/node', root),
);

/**
 * Installs the locked packages when they are missing or differ from package-lock.json; otherwise does nothing.
 * Everything it says goes to standard error, because the caller's standard output belongs to the program.
 * Throws an Error whose message says what went wrong and what to do.
 */
export async function setup() {
  if (installed()) return;
  await withLock(new URL('.setup.lock', root), async () => {
    if (!installed()) await install();
  });
}

/** npm keeps the lock of what it put into node_modules beside it; a tree that was cut short has none. */
function installed() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (wanted === undefined || present === undefined || !existsSync(node)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // The root itself, and builds for other platforms, are never in node_modules.
    if (path === '' || entry.optional) return true;
    return present[path]?.version === entry.version && present[path]?.integrity === entry.integrity;
  });
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(new URL(path, root), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function install() {
  const started = Date.now();
  process.stderr.write('Installing the packages of this project into node_modules (once; about half a minute) ...\n');
  const { code, errors } = await npm([
    'ci',
    // Settings of the machine that would leave out what the build needs, or refuse the Node that only starts us.
    '--include=dev',
    '--ignore-scripts=false',
    '--engine-strict=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  if (code === 0 && existsSync(node)) {
    process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
    return;
  }
  const said = errors.trim().split('\n').slice(0, 12).join('\n');
  throw new Error(`${said ? `${said}\n\n` : ''}The packages could not be installed: ${causeOf(errors)}`);
}

/** Runs the npm that started us, or the one in the PATH. */
function npm(args) {
  const own = process.env.npm_execpath;
  const [command, prefix] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  return new Promise((resolve) => {
    let errors = '';
    const child = spawn(command, [...prefix, ...args], {
      cwd: fileURLToPath(root),
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32' && prefix.length === 0,
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.on('error', (error) => resolve({ code: 1, errors: `${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, errors }));
  });
}

const causes = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    'the package registry cannot be reached. Check the network, or set HTTPS_PROXY where one is needed, and try again.',
  ],
  [
    /CERT|SELF_SIGNED|certificate/i,
    'the registry’s certificate is not trusted here. Behind a proxy that replaces certificates, name its CA file in NODE_EXTRA_CA_CERTS.',
  ],
  [/E401|E403/, 'the package registry refused access. Check the registry and its sign-in with `npm config list`.'],
  [/ENOSPC/, 'the disk is full. About 600 MB are needed.'],
  [/EACCES|EPERM|EROFS/, 'this folder cannot be written to. Clone the project into a folder of your own.'],
  [/EUSAGE/, 'package-lock.json does not fit package.json. Run `npm install` and commit the lock.'],
  [/ENOENT.*npm|spawn npm/, 'npm is not in the PATH.'],
];

function causeOf(errors) {
  const known = causes.find(([pattern]) => pattern.test(errors));
  return known ? known[1] : 'npm’s own words are above. `npm ci --loglevel=verbose` tells more.';
}
