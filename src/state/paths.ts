/** Where the program's files are. */
import { mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

export interface Paths {
  /** config.json: written by the operator only. */
  readonly config: string;
  /** The folder of everything worth a backup: state, database, key. */
  readonly data: string;
  readonly state: string;
  readonly database: string;
  /** Beside the database, not in a runtime folder: it guards this data, whoever opens it. */
  readonly lock: string;
  /** Where the process that holds the lock listens for other consoles and commands: JSON. */
  readonly endpoint: string;
  readonly keyFile: string;
  readonly logs: string;
  readonly log: string;
}

export interface Surroundings {
  /** `--data DIR`. Then, or with MSPORTAL_DATA, all files are in that one folder. */
  readonly dataDir?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The operator's home folder. */
  readonly home: string;
}

/** Follows the XDG base directories unless one folder is asked for. Touches nothing on disk. */
export function resolvePaths({ dataDir, env, home }: Surroundings): Paths {
  const single = dataDir || env.MSPORTAL_DATA;
  if (single) {
    const folder = resolve(single);
    return layout(folder, folder, join(folder, 'logs'));
  }
  // The XDG specification says that a relative value is to be ignored.
  const base = (name: string, fallback: string) => {
    const value = env[name];
    return join(value && isAbsolute(value) ? value : join(home, fallback), 'msportal');
  };
  const config = base('XDG_CONFIG_HOME', '.config');
  const data = base('XDG_DATA_HOME', '.local/share');
  return layout(config, data, base('XDG_STATE_HOME', '.local/state'));
}

function layout(config: string, data: string, logs: string): Paths {
  return {
    config: join(config, 'config.json'),
    data,
    state: join(data, 'state.json'),
    database: join(data, 'portal.db'),
    lock: join(data, 'engine.lock'),
    endpoint: join(data, 'engine.endpoint'),
    keyFile: join(data, 'secret.key'),
    logs,
    log: join(logs, 'msportal.log'),
  };
}

/** Makes the folders that are missing, for the operator's eyes only; those that exist keep their permissions. */
export function ensureFolders(paths: Paths): void {
  for (const folder of [dirname(paths.config), paths.data, paths.logs])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
}
