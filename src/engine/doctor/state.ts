/** config.json, state.json and the key: read as they are, set right by nobody here. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { CatalogueEntry } from '../../connector/catalogue.ts';
import { type Config, loadConfig } from '../../state/config.ts';
import { findKeySource, readKey } from '../../state/key-file.ts';
import { migrate } from '../../state/migrations.ts';
import type { Paths } from '../../state/paths.ts';
import { hasSealed, State } from '../../state/schema.ts';
import { StateError } from '../../state/state-error.ts';
import { openVault } from '../../state/vault.ts';
import { type Finding, findings, type House, type Look, type Settings } from './finding.ts';

const { ok, warning, failed } = findings('state');

export async function readSettings({ paths, catalogue }: Pick<House, 'paths' | 'catalogue'>): Promise<Settings> {
  const [state, copy] = await Promise.all([readState(paths.state), readState(`${paths.state}.bak`)]);
  const config = configOf(paths, catalogue);
  return {
    // What the next start would use.
    state: state.kind === 'good' ? state.state : copy.kind === 'good' ? copy.state : null,
    config: config instanceof Error ? null : config,
  };
}

export const lookAtState: Look = async (house, settings) => [
  lookAtConfig(house),
  ...(await lookAtStateFile(house)),
  ...(await lookAtKey(house, settings)),
];

function configOf(paths: Paths, catalogue: readonly CatalogueEntry[]): Config | Error {
  try {
    return loadConfig(
      paths.config,
      catalogue.map(({ id }) => id),
    );
  } catch (error) {
    return error as Error;
  }
}

function lookAtConfig({ paths, catalogue }: House): Finding {
  const config = configOf(paths, catalogue);
  if (!(config instanceof Error)) return ok('config', 'Configuration', paths.config);
  const words =
    config instanceof StateError
      ? { cause: config.reason.trimEnd(), fix: config.fix }
      : { cause: `${paths.config} cannot be read: ${config.message}`, fix: 'Mend its permissions.' };
  return failed('config', 'Configuration', { ...words, command: `"\${EDITOR:-vi}" ${paths.config}` });
}

async function lookAtStateFile({ paths }: House): Promise<readonly Finding[]> {
  const file = await readState(paths.state);
  const copy = await readState(`${paths.state}.bak`);
  const aside = await asides(paths.state);
  const left: Finding[] = aside.map((name) =>
    warning(`state-aside:${name}`, 'State set aside', {
      cause: `${name} could not be read once and was put out of the way.`,
      fix: 'Compare it with what is set now; when nothing is missing, remove it.',
      command: `rm ${dirname(paths.state)}/${name}`,
    }),
  );
  return [stateFinding(paths.state, file, copy), ...left];
}

function stateFinding(path: string, file: Found, copy: Found): Finding {
  const title = 'State file';
  if (file.kind === 'good') return ok('state', title, `${Object.keys(file.state.integrations).length} integrations`);
  if (file.kind === 'absent' && copy.kind === 'absent') return ok('state', title, 'none yet: nothing was set up');
  const cause = file.kind === 'absent' ? `${path} is missing.` : `${path} is corrupt: ${file.why}.`;
  if (copy.kind === 'good') {
    return failed('state', title, {
      cause,
      fix: 'The next start takes the copy from before the last change and keeps the broken file beside it. Check the last thing you changed.',
      command: 'msportal status',
    });
  }
  return failed('state', title, {
    cause: `${cause} Its copy cannot be used either.`,
    fix: `Put ${basename(path)} back from a backup; without one, connect each integration again. The records are still there.`,
    command: 'msportal connect ID --credentials FILE',
  });
}

async function lookAtKey({ paths, env }: House, { state }: Settings): Promise<readonly Finding[]> {
  const sealed = state !== null && hasSealed(state);
  const id = 'key';
  const title = 'Key file';
  try {
    const source = await findKeySource(env, paths.keyFile);
    const key = await readKey(source);
    if (key === null && !sealed && source.kind === 'file')
      return [ok(id, title, 'none yet: made with the first credentials')];
    // With a key, or with something sealed, this makes no new one.
    const vault = await openVault({ env, keyFile: paths.keyFile, existingSealed: true });
    const unopened: Finding[] = [];
    for (const [integration, { credentials }] of Object.entries(state?.integrations ?? {})) {
      for (const [field, value] of Object.entries(credentials)) {
        if (typeof value === 'string') continue;
        try {
          vault.open(value.sealed, { integration, field });
        } catch (error) {
          unopened.push(
            fromError(
              `sealed:${integration}`,
              'Sealed credentials',
              error,
              `msportal connect ${integration} --credentials FILE`,
            ),
          );
        }
      }
    }
    return [ok(id, title, source.path), ...unopened.slice(0, 1)];
  } catch (error) {
    return [fromError(id, title, error)];
  }
}

function fromError(id: string, title: string, error: unknown, command?: string): Finding {
  const extra = command === undefined ? {} : { command };
  if (error instanceof StateError) return failed(id, title, { cause: error.reason, fix: error.fix, ...extra });
  return failed(id, title, { cause: String(error), fix: 'Mend the permissions of the file.', ...extra });
}

type Found =
  | { readonly kind: 'absent' }
  | { readonly kind: 'good'; readonly state: State }
  | { readonly kind: 'broken'; readonly why: string };

async function readState(path: string): Promise<Found> {
  try {
    return { kind: 'good', state: State.parse(migrate(JSON.parse(await readFile(path, 'utf8')))) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'absent' };
    if (error instanceof StateError) return { kind: 'broken', why: error.reason };
    // The words of a parser would quote the content.
    return {
      kind: 'broken',
      why: error instanceof SyntaxError ? 'it is not whole JSON' : 'its content has another shape',
    };
  }
}

async function asides(path: string): Promise<string[]> {
  const names = await readdir(dirname(path)).catch(() => []);
  return names.filter((name) => name.startsWith(`${basename(path)}.`) && name.includes('.broken-'));
}
