/** Runs from the wish, or the clock, to their end: what asks for one, waits in the queue, and is carried out. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { Log } from '../log/log.ts';
import type { Portal, PortalReader } from '../portal/portal.ts';
import type { RunTrigger } from '../portal/run.ts';
import type { Config } from '../state/config.ts';
import type { Connections } from './connections.ts';
import { type Engine, InvalidInput, type RunResult, type SyncRequest } from './engine.ts';
import { configured } from './input.ts';
import type { Integrations } from './integrations.ts';
import { RunQueue } from './queue.ts';
import { type RunListener, Runner } from './runner.ts';
import type { RunProgress, Snapshot } from './snapshot.ts';
import { Timetable } from './timetable.ts';

export interface SyncingParts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly integrations: Integrations;
  readonly connections: Connections;
  readonly reader: PortalReader;
  readonly log: Log;
  readonly config: Config;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly now: () => number;
  readonly newId: () => string;
  readonly changed: () => void;
}

const hourMs = 3_600_000;

export class Syncing implements Pick<Engine, 'sync' | 'cancel' | 'runFirst'> {
  readonly #parts: SyncingParts;
  readonly #queue: RunQueue;
  readonly #timetable: Timetable;
  readonly #listeners = new Set<RunListener>();
  #config: Config;
  /** Made for the first run: a process that only looks needs none. */
  #runner: Runner | null = null;

  constructor(parts: SyncingParts) {
    this.#parts = parts;
    this.#config = parts.config;
    this.#queue = new RunQueue(parts.config.sync.concurrency);
    this.#timetable = new Timetable(parts, (id, trigger) => {
      this.#enqueue(id, trigger, {}).catch((error: unknown) => {
        parts.log.error('a scheduled run could not be started', { integration: id, error: String(error) });
      });
    });
  }

  async sync(id: string, request: SyncRequest = {}): Promise<RunResult> {
    this.#parts.own();
    const { connections, integrations } = this.#parts;
    configured(id, integrations);
    const { manifest } = await connections.connector(id);
    const unknown = (request.types ?? []).find((type) => !manifest.recordTypes.some((spec) => spec.type === type));
    if (unknown !== undefined) {
      const known = manifest.recordTypes.map(({ type }) => type).join(', ');
      throw new InvalidInput([{ path: 'type', message: `${manifest.name} has no ${unknown}. It has: ${known}.` }]);
    }
    return await this.#enqueue(id, integrations.get(id)?.last.lastSync === null ? 'initial' : 'manual', request);
  }

  async cancel(id: string): Promise<void> {
    this.#queue.cancel(id);
    this.#parts.changed();
  }

  async runFirst(id: string): Promise<boolean> {
    this.#parts.own();
    const moved = this.#queue.first(id);
    this.#parts.changed();
    return moved;
  }

  /** From now on runs start by themselves. */
  start(): void {
    this.#timetable.start();
  }

  /** Makes the ticks follow what is connected, enabled and at which interval. */
  refresh(): void {
    this.#timetable.refresh();
  }

  /** What was connected or switched on just now is read at once, and not only at its next tick. */
  soon(id: string): void {
    this.#timetable.soon(id);
  }

  /** Epoch milliseconds; null when nothing is planned. */
  nextSync(id: string): number | null {
    return this.#timetable.nextSync(id);
  }

  /** Of the run that waits or is under way. */
  progress(id: string): RunProgress | null {
    return this.#runner?.progress(id)?.view() ?? null;
  }

  get queue(): Snapshot['queue'] {
    return { running: this.#queue.running, waiting: this.#queue.waiting, order: this.#queue.order };
  }

  /** Called at the end of every run. Returns what ends that. */
  onRunEnd(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs under way end as they began. */
  reload(config: Config): void {
    this.#config = config;
    this.#queue.concurrency = config.sync.concurrency;
  }

  /** Resolves when nothing is queued or running. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** No new runs; resolves when those under way have stopped at their next page. */
  async close(): Promise<void> {
    this.#timetable.stop();
    await this.#queue.drain();
  }

  #enqueue(id: string, trigger: RunTrigger, request: SyncRequest): Promise<RunResult> {
    const portal = this.#parts.own();
    this.#runner ??= this.#newRunner(portal);
    const runner = this.#runner;
    const announced = this.#queue.has(id) ? null : runner.announce(id, trigger, request);
    const progress = async () => await (announced ?? runner.announce(id, trigger, request));
    const priority = trigger === 'scheduled' ? 'scheduled' : 'manual';
    const result = this.#queue.add(id, priority, {
      work: async (signal) => await runner.run(id, await progress(), request, signal),
      dropped: async () => runner.dropped(id, await progress()),
    });
    this.#parts.changed();
    return result.finally(() => this.#parts.changed());
  }

  #newRunner(portal: Portal): Runner {
    const fullEveryMs = () => this.#config.sync.fullEveryHours * hourMs;
    const ended: RunListener = (...run) => {
      for (const listener of this.#listeners) listener(...run);
    };
    return new Runner({ ...this.#parts, portal, fullEveryMs, ended });
  }
}
