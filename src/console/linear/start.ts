import type { Snapshot } from '../../engine/snapshot.ts';
import type { Leaving } from '../app/quitting.ts';
import type { EngineSource } from '../app/start.tsx';
import { ConsoleStore } from '../app/store.ts';
import type { ConsoleSettings } from '../settings.ts';
import { runLinear } from './session.ts';

/** Opens the engine, and the console as lines on this terminal; resolves when the operator has left it. */
export async function startLinear(options: {
  readonly engine: EngineSource;
  readonly firstPaint: Snapshot | null;
  readonly background: boolean;
  readonly settings: ConsoleSettings;
}): Promise<Leaving> {
  const { engine: source, ...given } = options;
  let left: Leaving = 'quit';
  const store = new ConsoleStore({
    ...given,
    onQuit(how) {
      left = how;
    },
  });
  const engine = typeof source === 'function' ? await source(false) : source;
  await store.attach(engine);
  await runLinear({ store, engine, input: process.stdin, output: process.stdout });
  return left;
}
