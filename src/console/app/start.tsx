import { setFlagsFromString } from 'node:v8';
import type { Engine } from '../../engine/engine.ts';
import type { Snapshot } from '../../engine/snapshot.ts';
import type { ConsoleSettings } from '../settings.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { renderConsole } from '../terminal/render.tsx';
import { App } from './app.tsx';
import type { Leaving } from './quitting.ts';
import { ConsoleStore } from './store.ts';
import { preloadViews } from './views.tsx';

/**
 * An engine, or how to open one: called once the first frame is out, because loading the engine takes longer than drawing, and
 * again (`lost`) when the process that ran it is gone.
 */
export type EngineSource = Engine | ((lost: boolean) => Promise<Engine>);

export interface StartOptions {
  readonly engine: EngineSource;
  readonly firstPaint: Snapshot | null;
  readonly background: boolean;
  readonly settings: ConsoleSettings;
  readonly capabilities: Capabilities;
}

/** Draws at once, attaches the engine when it is there, and resolves when the console was left. */
export async function start({
  engine,
  firstPaint,
  background,
  settings,
  capabilities,
}: StartOptions): Promise<Leaving> {
  let left: Leaving = 'quit';
  const store = new ConsoleStore({
    firstPaint,
    background,
    settings,
    onQuit(how) {
      left = how;
      instance.unmount();
    },
  });
  const instance = renderConsole(<App store={store} />, {
    stdin: process.stdin,
    stdout: process.stdout,
    capabilities,
    onSignal: () => store.leave(),
  });
  const firstFrame = instance.settled().then(collectOften);
  const open = async (lost: boolean): Promise<void> => {
    const ready = typeof engine === 'function' ? await engine(lost) : engine;
    if (store.getState().closing) return;
    await store.attach(ready);
    const again = () => {
      store.detach(ready.lost.reason);
      open(true).catch(fail);
    };
    if (ready.lost.aborted) again();
    else ready.lost.addEventListener('abort', again, { once: true });
    // A view that cannot be loaded says so when it is opened.
    preloadViews().catch(() => {});
  };
  const fail = (error: unknown) => instance.unmount(error instanceof Error ? error : new Error(String(error)));
  (typeof engine === 'function' ? firstFrame : Promise.resolve()).then(() => open(false)).catch(fail);
  await instance.waitUntilExit();
  return left;
}

/**
 * A frame leaves much behind. Left to itself, V8 lets that grow to a quarter of a gigabyte before it looks for what is still needed,
 * which is a tenth of it. Every collection looks at these flags, so they work in a process that runs. Not before the first frame: they
 * cost a twentieth of the way there, and what entry.ts does for that is of no use beyond it.
 */
function collectOften(): void {
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--semi-space-growth-factor=2');
}
