/** Puts the engine together on a data folder: the only place that knows all its parts. */
import crypto from 'node:crypto';
import { hostname } from 'node:os';
import type { CatalogueEntry } from '../connector/catalogue.ts';
import { type Clock, systemClock } from '../connector/clock.ts';
import type { HarRecorder } from '../connector/har.ts';
import { createLog, type LineSink } from '../log/log.ts';
import { logFiles } from '../log/log-file.ts';
import { openPortal } from '../portal/store/open.ts';
import { openPortalReader } from '../portal/store/reader.ts';
import type { Config } from '../state/config.ts';
import { acquireLock, Held, type Lock, readHolder } from '../state/lock.ts';
import { ensureFolders, type Paths } from '../state/paths.ts';
import { hasSealed } from '../state/schema.ts';
import { openState } from '../state/state-file.ts';
import { openVault, type Vault } from '../state/vault.ts';
import type { Redactor } from '../text/redact.ts';
import { Connections } from './connections.ts';
import { Busy } from './engine.ts';
import { Integrations } from './integrations.ts';
import { LocalEngine } from './local-engine.ts';
import { removeCopies } from './preview-copy.ts';
import type { Notice, Snapshot } from './snapshot.ts';

export interface EngineOptions {
  readonly paths: Paths;
  readonly config: Config;
  readonly catalogue: readonly CatalogueEntry[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `owner`: may write and run syncs; throws Busy when another process does. `reader`: only looks, works beside an owner. */
  readonly role: 'owner' | 'reader';
  /** Ours, for the user agent. */
  readonly version: string;
  readonly har?: HarRecorder;
  /** Shared with the HAR recorder, so that both know every secret. */
  readonly redactor: Redactor;
  /** Log lines go here too. */
  readonly logTo?: LineSink | undefined;
  readonly clock?: Clock;
  readonly newId?: () => string;
}

/** Ids that grow with time keep SQLite's inserts at the end of its indexes: an import is three times as fast. Node has them since 24.16. */
const timeOrderedId = () => crypto.randomUUIDv7?.() ?? crypto.randomUUID();

export async function openEngine(options: EngineOptions): Promise<LocalEngine> {
  const { paths, config, env, catalogue, role, redactor, clock = systemClock, newId = timeOrderedId } = options;
  const now = () => clock.now();
  ensureFolders(paths);
  const lock = role === 'owner' ? takeLock(paths, now()) : null;
  try {
    const state = await openState(paths.state, now);
    const log = createLog({ file: paths.log, level: config.log.level, redactor, now, also: options.logTo });
    const notices: Notice[] = [];
    const vault = openedOnce(async () => {
      const opened = await openVault({ env, keyFile: paths.keyFile, existingSealed: hasSealed(state.read()) });
      if (opened.madeKey) notices.push(madeKey(opened));
      return opened;
    });
    const integrations = new Integrations(state, vault);
    const connections = new Connections({
      catalogue,
      integrations,
      config,
      env,
      clock,
      redactor,
      har: options.har,
      version: options.version,
    });
    const id = newId();
    if (lock !== null) removeCopies(paths.database);
    const portal = lock === null ? null : openPortal({ file: paths.database, now, newId, owner: id });
    return new LocalEngine({
      catalogue,
      state,
      integrations,
      connections,
      portal,
      reader: portal ?? openPortalReader({ file: paths.database }),
      owner:
        lock === null
          ? holderOf(paths)
          : { access: 'own', pid: process.pid, host: hostname(), since: new Date(now()).toISOString() },
      log,
      logFiles: logFiles(paths.log),
      paths,
      env,
      notices: () => [...state.notices, ...notices],
      now,
      newId,
      config,
      release: () => lock?.release(),
    });
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function takeLock(paths: Paths, now: number): Lock {
  try {
    return acquireLock(paths.lock, { pid: process.pid, host: hostname(), now: new Date(now) });
  } catch (error) {
    if (error instanceof Held) throw new Busy(error.holder);
    throw error;
  }
}

function holderOf(paths: Paths): Snapshot['owner'] {
  const holder = readHolder(paths.lock);
  return holder === null ? null : { access: 'look', ...holder };
}

function madeKey(vault: Vault): Notice {
  return {
    id: 'key-made',
    level: 'info',
    text: `A key for your credentials was made: ${vault.keySource.path}. Keep a copy of it; without it they cannot be opened.`,
  };
}

/** Opened when first needed; a failure is not kept, so that a mended key file works without a restart. */
function openedOnce(open: () => Promise<Vault>): () => Promise<Vault> {
  let opened: Promise<Vault> | null = null;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}
