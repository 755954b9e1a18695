import type { Engine } from '../../engine/engine.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { renderConsole } from '../terminal/render.tsx';
import { App } from './app.tsx';
import { ConsoleStore } from './store.ts';
import { preloadViews } from './views.tsx';

/** An engine, or how to open one: called once the first frame is out, because loading the engine takes longer than drawing. */
export type EngineSource = Engine | Promise<Engine> | (() => Promise<Engine>);

export interface StartOptions {
  readonly engine: EngineSource;
  readonly firstPaint: Snapshot | null;
  readonly capabilities: Capabilities;
}

/** Draws at once, attaches the engine when it is there, and resolves when the console was left. */
export async function start({ engine, firstPaint, capabilities }: StartOptions): Promise<void> {
  const store = new ConsoleStore({ firstPaint, onQuit: () => instance.unmount() });
  const instance = renderConsole(<App store={store} />, {
    stdin: process.stdin,
    stdout: process.stdout,
    capabilities,
    onSignal: () => store.leave(),
  });
  const opening = typeof engine === 'function' ? instance.settled().then(engine) : Promise.resolve(engine);
  opening.then(
    async (ready) => {
      await store.attach(ready);
      // A view that cannot be loaded says so when it is opened.
      preloadViews().catch(() => {});
    },
    (error: unknown) => instance.unmount(error instanceof Error ? error : new Error(String(error))),
  );
  await instance.waitUntilExit();
}
