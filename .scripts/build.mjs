import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, 'inputs.json');
/** Besides the sources themselves: what the bundle is made from and how. */
const recipe = ['package-lock.json', 'package.json', 'tsconfig.json', '.scripts/build.mjs'];
const day = 24 * 60 * 60 * 1000;

/**
 * Bundles the program into dist/ when a source has changed since the last time; otherwise returns at once.
 * Needs the installed packages (see setup.mjs). Throws an Error with esbuild's messages.
 */
export async function build() {
  if (upToDate()) return;
  await withLock(new URL('../.build.lock', import.meta.url), async () => {
    if (!upToDate()) await bundle();
  });
}

/**
 * The layout engine carries its WebAssembly as a data URL and would `fetch` it, which loads Node's whole HTTP client: 60 ms
 * of every start. Without fetch it decodes the text itself.
 */
const yogaWithoutFetch = {
  name: 'yoga-without-fetch',
  setup(builder) {
    builder.onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
      loader: 'js',
    }));
  },
};

/** Half of zod is its messages in fifty languages; we write our own. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup(builder) {
    builder.onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('/zod/') ? { path: join(root, '.scripts/empty.mjs') } : undefined,
    );
  },
};

/**
 * ink-table requires Ink, which waits at its top level and so cannot be required. In the sources its loader seeds Node's module
 * cache; in the bundle both are at hand, and nothing is looked up in node_modules.
 */
const inkTableInside = {
  name: 'ink-table-inside',
  setup(builder) {
    const handedOver = "globalThis[Symbol.for('msportal.ink')]";
    builder.onLoad({ filter: /src\/console\/widgets\/ink-table\.ts$/ }, () => ({
      contents: `import * as ink from 'ink';\n${handedOver} = ink;\nexport const InkTable = require('ink-table').default;`,
      resolveDir: root,
      loader: 'js',
    }));
    builder.onResolve({ filter: /^ink$/ }, ({ importer }) =>
      importer.includes('/ink-table/') ? { path: 'ink', namespace: 'handed-over' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'handed-over' }, () => ({ contents: `module.exports = ${handedOver};` }));
    // It names rows by SHA-1, for which it loads Node's cryptography: 10 ms of every start, and a hash per row and frame.
    builder.onResolve({ filter: /^object-hash$/ }, () => ({ path: 'object-hash', namespace: 'row-names' }));
    builder.onLoad({ filter: /.*/, namespace: 'row-names' }, () => ({ contents: 'exports.sha1 = JSON.stringify;' }));
  },
};

/**
 * Loading a built-in module from outside reads every one of its exports, and so loads parts of Node that nothing asked for: node:util
 * alone takes 30 ms of a start. These are loaded when something of theirs is first used. Only modules that are plain
 * collections of functions: what stands in for them is another object.
 */
const onDemand = [
  'child_process',
  'crypto',
  'fs/promises',
  'sqlite',
  'stream/consumers',
  'stream/promises',
  'timers/promises',
  'util',
];
const builtinsOnDemand = {
  name: 'builtins-on-demand',
  setup(builder) {
    // Asked of the Node that the program runs on; this script may run on an older one.
    const list = `Object.fromEntries(${JSON.stringify(onDemand)}.map((name) => [name, Object.keys(require('node:' + name))]))`;
    const node = join(root, 'node_modules/.bin/node');
    const exported = JSON.parse(execFileSync(node, ['-p', `JSON.stringify(${list})`], { encoding: 'utf8' }));
    const names = new Map(
      onDemand.flatMap((name) => [
        [name, name],
        [`node:${name}`, name],
      ]),
    );
    builder.onResolve({ filter: /^[a-z]/ }, ({ path, kind }) =>
      kind === 'import-statement' && names.has(path) ? { path: names.get(path), namespace: 'builtin' } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const module = `node:${path}`;
      return {
        contents: `let loaded;
const get = (key) => (loaded ??= process.getBuiltinModule(${JSON.stringify(module)}))[key];
for (const key of ${JSON.stringify(exported[path])}) Object.defineProperty(exports, key, { enumerable: true, get: () => get(key) });`,
      };
    });
  },
};

/** React's reconciler is published unminified; short names halve it. Our own code keeps its names for stack traces. */
const smallReconciler = (esbuild) => ({
  name: 'small-reconciler',
  setup(builder) {
    builder.onLoad({ filter: /react-reconciler\.production\.js$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, 'utf8'), { minify: true, target: 'node24' });
      return { contents: code, loader: 'js' };
    });
  },
});

/**
 * esbuild makes a file of every set of modules that the same parts use: fifty small ones for the first frame, each a millisecond.
 * What is loaded on demand imports again what is there by then in any case: so that belongs to all, and is one file.
 */
const fewFiles = (onDemand) => ({
  name: 'few-files',
  setup(builder) {
    const [entry, commandLine, screen] = ['src/cli/entry.ts', 'src/cli/main.ts', 'src/console/app/start.tsx'];
    builder.onLoad({ filter: /\/(src|connectors)\/.*\.tsx?$/ }, ({ path }) => {
      const name = relative(root, path);
      if (!onDemand.has(name) || name === commandLine || name === entry) return undefined;
      const there = name.startsWith('src/console/views/') ? screen : commandLine;
      const contents = `import ${JSON.stringify(join(root, there))};\n${readFileSync(path, 'utf8')}`;
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});

async function bundle() {
  const esbuild = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const plan = await run(esbuild, version, []);
  const onDemand = Object.values(plan.metafile.outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  const built = await run(esbuild, version, [fewFiles(new Set(onDemand))]);
  write(built.outputFiles);

  const all = Object.keys(built.metafile.inputs).filter((path) => !path.includes(':'));
  const inputs = all.filter((path) => !path.startsWith('node_modules/'));
  const packages = all.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const chunks = built.outputFiles.map((file) => basename(file.path));
  replace(
    stamp,
    JSON.stringify({ fingerprint: fingerprint(inputs), inputs, chunks, packages: [...new Set(packages)].sort() }),
  );
  prune();
}

function run(esbuild, version, plugins) {
  return esbuild
    .build({
      absWorkingDir: root,
      entryPoints: { msportal: 'src/cli/entry.ts' },
      outdir: 'dist',
      chunkNames: 'chunks/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: 'none',
      loader: { '.md': 'text' },
      define: {
        'process.env.NODE_ENV': '"production"',
        // With DEV=true in the environment, Ink would look for developer tools at every start.
        'process.env.DEV': '""',
        MSPORTAL_VERSION: JSON.stringify(version),
      },
      alias: {
        // Ink reaches for it in development only, and it is not installed.
        'react-devtools-core': './.scripts/empty.mjs',
        // The one that Ink has; ink-text-input brings another.
        chalk: createRequire(join(root, 'node_modules/ink/package.json')).resolve('chalk'),
        // One quick one in place of the six copies that Ink and its parts bring.
        'string-width': './.scripts/string-width.cjs',
      },
      plugins: [...plugins, builtinsOnDemand, yogaWithoutFetch, zodInEnglish, inkTableInside, smallReconciler(esbuild)],
      // What CommonJS parts (ink-table, the React reconciler, write-file-atomic) take for given.
      banner: {
        js: "import { createRequire as msportalRequire } from 'node:module'; const require = msportalRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
      },
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
    .catch(async (error) => {
      const messages = await esbuild.formatMessages(error.errors ?? [], { kind: 'error', color: process.stderr.isTTY });
      throw new Error(
        messages.length > 0 ? `The build failed.\n${messages.join('')}` : `The build failed: ${error.message}`,
      );
    });
}

/** Chunks first, the entry that names them last: a program started meanwhile sees the old build or the new one. */
function write(files) {
  mkdirSync(join(dist, 'chunks'), { recursive: true });
  const isChunk = (file) => file.path.startsWith(join(dist, 'chunks'));
  for (const file of [...files.filter(isChunk), ...files.filter((each) => !isChunk(each))])
    replace(file.path, file.contents);
}

function replace(path, contents) {
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, contents, { mode: 0o755 });
  renameSync(temporary, path);
}

/** A console that is still running may want a chunk of the build before: chunks stay for a day. */
export function prune({ maxAge = day } = {}) {
  const { chunks } = JSON.parse(readFileSync(stamp, 'utf8'));
  for (const name of readdirSync(join(dist, 'chunks'))) {
    const path = join(dist, 'chunks', name);
    if (!chunks.includes(name) && Date.now() - statSync(path).mtimeMs >= maxAge) rmSync(path, { force: true });
  }
}

/** The packages that are in the bundle. */
export function builtPackages() {
  return JSON.parse(readFileSync(stamp, 'utf8')).packages;
}

function upToDate() {
  try {
    const last = JSON.parse(readFileSync(stamp, 'utf8'));
    statSync(join(dist, 'msportal.js'));
    return last.fingerprint === fingerprint(last.inputs);
  } catch {
    return false;
  }
}

/** Changes when any input is edited, replaced or removed. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const path of inputs) {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  }
  for (const path of recipe) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex');
}
