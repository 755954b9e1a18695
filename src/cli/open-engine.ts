/** Everything an engine needs from the command line: paths, configuration, environment, the HAR file. */
import { accessSync, constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { catalogue } from '../../connectors/index.ts';
import { createHarRecorder } from '../connector/har.ts';
import { openEngine } from '../engine/create.ts';
import type { Engine } from '../engine/engine.ts';
import { loadConfig } from '../state/config.ts';
import { createRedactor, type Redactor } from '../text/redact.ts';
import type { Mode } from './context.ts';
import { UsageError } from './exit.ts';
import { type Place, pathsOf } from './open.ts';
import { version } from './version.ts';

export interface OpenedEngine {
  readonly engine: Engine;
  /** After the engine is closed: writes the HAR file, when there is to be one. */
  finish(): Promise<void>;
}

export async function openEngineAt(place: Place, mode: Mode): Promise<OpenedEngine> {
  const paths = pathsOf(place);
  const redactor = createRedactor();
  const har = place.har === undefined ? undefined : recorder(resolve(place.har), redactor);
  const engine = await openEngine({
    paths,
    config: loadConfig(
      paths.config,
      catalogue.map(({ id }) => id),
    ),
    catalogue,
    version,
    redactor,
    env: process.env,
    role: mode === 'look' ? 'reader' : 'owner',
    ...(har === undefined ? {} : { har }),
  });
  if (mode === 'run') engine.start();
  return { engine, finish: async () => har?.write() };
}

/** Found out now rather than after an hour of syncing that the file cannot be written. */
function recorder(path: string, redactor: Redactor) {
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch {
    throw new UsageError(`--har: nothing can be written to the folder ${dirname(path)}. Name a file in another.`);
  }
  return createHarRecorder({ path, version, redactor });
}
