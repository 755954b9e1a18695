/** Opens the engine for a command, on the folder that was asked for, and closes it when the command ends. */
import { homedir } from 'node:os';
import { type Paths, resolvePaths } from '../state/paths.ts';
import type { Context } from './context.ts';
import type { OpenedEngine } from './open-engine.ts';
import type { Invocation } from './parse.ts';

export type Place = Pick<Invocation, 'data' | 'har'>;

export function pathsOf({ data }: Place): Paths {
  return resolvePaths({ dataDir: data, env: process.env, home: homedir() });
}

/** Loads the engine only now, so that verbs without one start without it. */
export function engineOpener(place: Place): Pick<Context, 'open' | 'close'> {
  let opened: OpenedEngine | undefined;
  return {
    async open(mode, options) {
      const { openEngineAt } = await import('./open-engine.ts');
      opened = await openEngineAt(place, mode, options);
      return opened.engine;
    },
    async close() {
      const closing = opened;
      opened = undefined;
      await closing?.close();
    },
  };
}
