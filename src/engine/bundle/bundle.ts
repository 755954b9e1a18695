/** What support needs to see of an installation, in one archive: gathered first, so that it can be looked at before it is written. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import { logFiles } from '../../log/log-file.ts';
import { readLog } from '../../log/read.ts';
import type { PortalReader } from '../../portal/portal.ts';
import { openPortalReader } from '../../portal/store/reader.ts';
import { openVault } from '../../state/vault.ts';
import { createRedactor, type Redactor } from '../../text/redact.ts';
import { diagnose } from '../doctor/doctor.ts';
import type { Finding, House, Settings } from '../doctor/finding.ts';
import { readSettings } from '../doctor/state.ts';
import { stripEntry, stripHar, stripRun, stripState, withoutQuotes } from './strip.ts';
import { type TarFile, tar } from './tar.ts';

export interface BundleOptions {
  readonly version: string;
  /** Names, titles and words of customers too. */
  readonly withContent: boolean;
  /** A recording made before with `--har`. */
  readonly har?: string | undefined;
}

const mostLines = 20_000;
const mostRuns = 500;

/** Everything that would go into the archive. What cannot be read is in it as the reason why. */
export async function gatherBundle(house: House, options: BundleOptions): Promise<readonly TarFile[]> {
  const settings = await readSettings(house);
  const redactor = await redactorOf(house, settings);
  const { withContent } = options;
  const file = async (name: string, make: () => unknown): Promise<TarFile> => {
    const value = await Promise.resolve()
      .then(make)
      .catch((error: unknown) => ({ unreadable: withoutQuotes(String(error)) }));
    const lines = Array.isArray(value) && name.endsWith('.jsonl');
    const safe = redactor.redactDeep(value);
    const text = lines
      ? (safe as unknown[]).map((line) => JSON.stringify(line)).join('\n')
      : JSON.stringify(safe, null, 2);
    return { name, text: `${text}\n` };
  };
  const { paths } = house;
  return await Promise.all([
    file('versions.json', () => versions(house, options)),
    file('config.json', () => settings.config ?? 'not readable'),
    file('state.json', () => (settings.state === null ? 'none' : stripState(settings.state))),
    file('doctor.json', async () =>
      (await diagnose(house)).map((finding) => (withContent ? finding : stripFinding(finding))),
    ),
    file('runs.json', () =>
      reading(house, (reader) => reader.runs({ limit: mostRuns }).map(withContent ? same : stripRun)),
    ),
    file('counts.json', () => reading(house, (reader) => ({ records: reader.counts(), issues: reader.issueSums() }))),
    file('log.jsonl', async () =>
      (await readLog(logFiles(paths.log), { limit: mostLines })).map(withContent ? same : stripEntry),
    ),
    ...(withContent
      ? [file('issues.json', () => reading(house, (reader) => reader.issues({ limit: 1000, includeDismissed: true })))]
      : []),
    ...(options.har === undefined ? [] : [file('traffic.har', () => traffic(options.har!, withContent))]),
  ]);
}

/** Readable by its owner only; whole or not at all. */
export async function writeBundle(path: string, files: readonly TarFile[], at: number): Promise<number> {
  const folder = files.map(({ name, text }) => ({ name: `msportal-support/${name}`, text }));
  const archive = await promisify(gzip)(tar(folder, at));
  await writeFileAtomic(path, archive, { mode: 0o600 });
  return archive.length;
}

function versions({ env, now }: House, { version, withContent }: BundleOptions) {
  const { node, sqlite, openssl, uv, v8 } = process.versions;
  const proxied = Boolean(env.https_proxy ?? env.HTTPS_PROXY);
  return {
    msportal: version,
    at: new Date(now()).toISOString(),
    platform: `${process.platform} ${process.arch}`,
    versions: { node, sqlite, openssl, uv, v8 },
    terminal: { term: env.TERM ?? null, lang: env.LANG ?? null },
    proxied,
    withContent,
  };
}

/** Every secret that is stored, so that none can stand in any file, wherever it came from. */
async function redactorOf({ paths, env }: House, { state }: Settings): Promise<Redactor> {
  const redactor = createRedactor();
  for (const name of ['https_proxy', 'HTTPS_PROXY']) {
    const password = URL.parse(env[name] ?? '')?.password;
    if (password) redactor.add(decodeURIComponent(password));
  }
  const sealed = Object.entries(state?.integrations ?? {}).flatMap(([integration, { credentials }]) =>
    Object.entries(credentials).flatMap(([field, value]) =>
      typeof value === 'string' ? [] : [{ integration, field, ...value }],
    ),
  );
  if (sealed.length === 0) return redactor;
  // Without the key nothing is known to look for; what we write ourselves never has a secret in it.
  const vault = await openVault({ env, keyFile: paths.keyFile, existingSealed: true }).catch(() => null);
  for (const { integration, field, sealed: text } of sealed) {
    redactor.add(text);
    try {
      if (vault !== null) redactor.add(vault.open(text, { integration, field }));
    } catch {
      // The doctor tells of values that do not open.
    }
  }
  return redactor;
}

function stripFinding(finding: Finding): Finding {
  const { cause, detail } = finding;
  return {
    ...finding,
    cause: cause === null ? null : withoutQuotes(cause),
    detail: detail === null ? null : withoutQuotes(detail),
  };
}

function reading<T>({ paths }: House, read: (reader: PortalReader) => T): T {
  const reader = openPortalReader({ file: paths.database });
  try {
    return read(reader);
  } finally {
    reader.close();
  }
}

async function traffic(path: string, withContent: boolean): Promise<unknown> {
  const har: unknown = JSON.parse(await readFile(path, 'utf8'));
  return withContent ? har : stripHar(har);
}

const same = <T>(value: T): T => value;
