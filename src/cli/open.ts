/** Opens the engine for a command, on the folder that was asked for, and closes it when the command ends. */
import { homedir } from 'node:os';
import type { Engine } from '../engine/engine.ts';
import { type Paths, resolvePaths } from '../state/paths.ts';
import type { Context } from './context.ts';
import type { Invocation } from './parse.ts';

export type Place = Pick<Invocation, 'data' | 'har'>;

export function pathsOf({ data }: Place): Paths {
  return resolvePaths({ dataDir: data, env: process.env, home: homedir() });
}

/** Loads the engine only now, so that verbs without one start without it. */
export function engineOpener(place: Place): { open: Context['open']; close(): Promise<void> } {
  let opened: { engine: Engine; finish(): Promise<void> } | undefined;
  return {
    async open(mode) {
      const { openEngineAt } = await import('./open-engine.ts');
      opened = await openEngineAt(place, mode);
      return opened.engine;
    },
    async close() {
      await opened?.engine.close();
      await opened?.finish();
    },
  };
}
