/** The engine for a command: that of the process which runs one on this data folder, or else our own. */
import { setTimeout as pause } from 'node:timers/promises';
import { catalogue } from '../../connectors/index.ts';
import type { Engine } from '../engine/engine.ts';
import { attach } from '../server/attach.ts';
import type { Paths } from '../state/paths.ts';
import type { Mode } from './context.ts';
import { type Place, pathsOf } from './open.ts';
import { note } from './output.ts';
import { version } from './version.ts';
import { who } from './who.ts';

export interface OpenedEngine {
  readonly engine: Engine;
  close(): Promise<void>;
}

/** A process that holds the folder but does not listen yet is just starting, or about to end: it is asked so often, 100 ms apart. */
const tries = 10;

/**
 * @param options.waitMs so long another process is waited for before an engine is opened here: one that ended may be starting again
 * @throws Busy another process holds the data folder and cannot be attached to
 * @throws VersionSkew, NoAnswer when there is one that cannot be talked to; with `look` the files are read beside it instead
 */
export async function openEngineAt(place: Place, mode: Mode, { waitMs = 0 } = {}): Promise<OpenedEngine> {
  const paths = pathsOf(place);
  // What is to be recorded is what this process sends.
  const attaches = place.har === undefined;
  const waitUntil = performance.now() + waitMs;
  for (let tried = 1; ; tried += 1) {
    const attached = attaches ? await attachTo(paths, mode) : null;
    if (attached !== null) return attached;
    if (performance.now() < waitUntil) {
      tried = 0;
      await pause(100);
      continue;
    }
    try {
      const { openOwnEngine } = await import('./own-engine.ts');
      return await openOwnEngine(place, mode);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Busy') || !attaches || tried === tries) throw error;
    }
    await pause(100);
  }
}

/** Null when there is no process to attach to, or when looking can do without it. */
export async function attachTo(paths: Paths, mode: Mode): Promise<OpenedEngine | null> {
  try {
    const attached = await attach({ endpointFile: paths.endpoint, program: version, who: who(), catalogue });
    return attached && { engine: attached.engine, close: () => attached.engine.close() };
  } catch (error) {
    if (mode !== 'look' || !(error instanceof Error)) throw error;
    note(`${error.message} Reading the files beside it.`);
    return null;
  }
}
