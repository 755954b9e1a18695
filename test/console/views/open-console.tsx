import { App } from '../../../src/console/app/app.tsx';
import type { Clock } from '../../../src/console/app/context.ts';
import { ConsoleStore } from '../../../src/console/app/store.ts';
import { preloadViews } from '../../../src/console/app/views.tsx';
import type { Engine } from '../../../src/engine/engine.ts';
import { integration, now, snapshotOf } from '../examples.ts';
import { FakeEngine } from '../fake-engine.ts';
import { type MountedScreen, type MountOptions, mountScreen } from '../screen.ts';

export interface OpenConsole<E extends Engine = FakeEngine> {
  readonly screen: MountedScreen;
  readonly engine: E;
  readonly store: ConsoleStore;
  /** Ended by the operator. */
  left(): boolean;
}

const clock: Clock = { now: () => now, every: () => () => {} };

/** The whole console on an engine in memory, at a fixed time. */
export async function openConsole(
  size: MountOptions = { columns: 80, rows: 24 },
  engine: FakeEngine = new FakeEngine(snapshotOf([integration('halo-psa')])),
): Promise<OpenConsole> {
  return await openConsoleOn(engine, size);
}

/** The same on any engine. */
export async function openConsoleOn<E extends Engine>(engine: E, size: MountOptions): Promise<OpenConsole<E>> {
  await preloadViews();
  let left = false;
  const store = new ConsoleStore({
    onQuit: () => {
      left = true;
    },
  });
  await store.attach(engine);
  const screen = await mountScreen(<App store={store} clock={clock} />, size);
  return { screen, engine, store, left: () => left };
}
