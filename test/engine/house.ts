/** A whole house for tests: a real simulator over HTTP, a real data folder, the real engine. Only time is ours. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../connectors/index.ts';
import type { Clock } from '../../src/connector/clock.ts';
import { Cancelled } from '../../src/connector/errors.ts';
import { openEngine } from '../../src/engine/create.ts';
import type { LocalEngine } from '../../src/engine/local-engine.ts';
import type { RunningSimulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { Config } from '../../src/state/config.ts';
import { type Paths, resolvePaths } from '../../src/state/paths.ts';
import { createRedactor } from '../../src/text/redact.ts';
import { fastFolder } from '../fast-folder.ts';

/** Real time, but whoever sleeps gets there at once, and the clocks with them. */
export class HastyClock implements Clock {
  #skipped = 0;
  slept = 0;
  now = () => Date.now() + this.#skipped;
  monotonic = () => performance.now() + this.#skipped;
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new Cancelled();
    this.slept += ms;
    this.pass(ms);
    await new Promise((resolve) => setImmediate(resolve));
  }
  pass(ms: number): void {
    this.#skipped += ms;
  }
}

export interface House {
  readonly id: string;
  readonly engine: LocalEngine;
  readonly sim: RunningSimulator;
  readonly clock: HastyClock;
  readonly paths: Paths;
  /** The simulator's control surface. */
  control<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T>;
  /** Closes the engine and opens it again on the same folder, as a restart does. */
  reopen(): Promise<LocalEngine>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @param config as in config.json */
export async function openHouse(id: string, simulator: SimulatorOptions = {}, config: object = {}): Promise<House> {
  const entry = catalogue.find((each) => each.id === id);
  if (entry?.simulator === undefined) throw new Error(`${id} has no simulator.`);
  const clock = new HastyClock();
  const sim = await (await entry.simulator()).start({ scale: 200, now: clock.now, ...simulator });
  const dataDir = mkdtempSync(join(fastFolder, 'msportal-test-'));
  const paths = resolvePaths({ dataDir, env: {}, home: dataDir });
  const open = () =>
    openEngine({
      paths,
      config: Config.parse(config),
      catalogue,
      env: {},
      role: 'owner',
      version: '0.0.0',
      redactor: createRedactor(),
      clock,
    });
  let engine = await open();
  return {
    id,
    sim,
    clock,
    paths,
    get engine() {
      return engine;
    },
    async control<T>(path: string, body?: unknown) {
      const init =
        body === undefined
          ? {}
          : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const response = await fetch(`${sim.url}/__sim/${path}`, init);
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async reopen() {
      await engine.close();
      engine = await open();
      return engine;
    },
    async [Symbol.asyncDispose]() {
      await engine.close();
      await sim.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** A house with the integration connected, not synced yet. */
export async function connectedHouse(id: string, simulator: SimulatorOptions = {}): Promise<House> {
  const house = await openHouse(id, simulator);
  await house.engine.connect({ id, credentials: house.sim.credentials });
  return house;
}
