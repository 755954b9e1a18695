/** A vendor's simulator as its own tests meet it: from outside, a new one with each `run`, gone when the test ends. */
import { afterEach } from 'vitest';
import type { RunningSimulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulator/simulator.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of a foreign API, looked at field by field.
export type Json = any;

export class Simulated {
  readonly #definition: SimulatorDefinition;
  readonly #start: number;
  #running: RunningSimulator | null = null;
  /** The vendor's, in epoch milliseconds. It passes only when a test says so. */
  time = 0;

  constructor(definition: SimulatorDefinition, start = '2026-08-03T10:00:00Z') {
    this.#definition = definition;
    this.#start = Date.parse(start);
    afterEach(() => this.#running?.close());
  }

  run = async (options: SimulatorOptions = {}): Promise<void> => {
    this.time = this.#start;
    this.#running = await this.#definition.start({ scale: 400, now: () => this.time, ...options });
  };

  /** Asks the control surface; with a body, tells it. */
  control = async (path: string, body?: unknown): Promise<Json> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`${this.url}/__sim/${path}`, init)).json();
  };

  get #own(): RunningSimulator {
    if (this.#running === null) throw new Error('Run it first.');
    return this.#running;
  }
  get url() {
    return this.#own.url;
  }
  get credentials() {
    return this.#own.credentials;
  }
  totals = () => this.#own.totals();
  close = () => this.#own.close();
}
