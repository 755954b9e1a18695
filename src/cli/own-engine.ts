/** An engine in this process, with everything it needs from the command line: paths, configuration, environment, HAR file, socket. */
import { accessSync, constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { catalogue } from '../../connectors/index.ts';
import { createHarRecorder } from '../connector/har.ts';
import { openEngine } from '../engine/create.ts';
import type { LocalEngine } from '../engine/local-engine.ts';
import type { LineSink } from '../log/log.ts';
import { type EngineServer, listen } from '../server/server.ts';
import { startNotifications } from '../service/notifications.ts';
import { type Config, loadConfig } from '../state/config.ts';
import type { Paths } from '../state/paths.ts';
import { createRedactor, type Redactor } from '../text/redact.ts';
import type { Mode } from './context.ts';
import { UsageError } from './exit.ts';
import { type Place, pathsOf } from './open.ts';
import type { OpenedEngine } from './open-engine.ts';
import { version } from './version.ts';
import { who } from './who.ts';

export interface OwnEngine extends OpenedEngine {
  readonly local: LocalEngine;
  /** Reads config.json again. @throws StateError when it is not valid; what held before holds on */
  reload(): void;
}

/** @param logTo log lines go here too. @throws Busy another process holds the data folder */
export async function openOwnEngine(place: Place, mode: Mode, logTo?: LineSink): Promise<OwnEngine> {
  const paths = pathsOf(place);
  const redactor = createRedactor();
  const har = place.har === undefined ? undefined : recorder(resolve(place.har), redactor);
  let config = readConfig(paths);
  const local = await openEngine({
    paths,
    config,
    catalogue,
    version,
    redactor,
    env: process.env,
    role: mode === 'look' ? 'reader' : 'owner',
    logTo,
    ...(har === undefined ? {} : { har }),
  });
  const server = mode === 'look' ? null : await openSocket(local, paths);
  let endNotifications = () => {};
  if (mode === 'run') {
    local.start();
    endNotifications = startNotifications(local, { config: () => config.notify, log: local.log });
  }
  return {
    local,
    reload() {
      config = readConfig(paths);
      local.reload(config);
    },
    engine: mode === 'look' ? local : local.actingFor(who()),
    async close() {
      endNotifications();
      server?.stopAccepting();
      await local.close();
      await server?.close();
      // After the engine, so that everything it sent is in it.
      await har?.write();
    },
  };
}

function readConfig(paths: Paths): Config {
  return loadConfig(
    paths.config,
    catalogue.map(({ id }) => id),
  );
}

/** Without a socket the engine works all the same; others then only look. */
async function openSocket(engine: LocalEngine, { endpoint }: Paths): Promise<EngineServer | null> {
  try {
    return await listen({ engine, endpointFile: endpoint, program: version, env: process.env });
  } catch (error) {
    engine.log.warn('no other console or command can attach to this process', { error: String(error) });
    return null;
  }
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
