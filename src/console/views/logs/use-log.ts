import { useEffect, useMemo, useState } from 'react';
import type { Engine, LogEntry, LogFilter } from '../../../engine/engine.ts';
import { useEngine, useSnapshot, useStore } from '../../app/context.ts';
import { joined, most, overlapOf } from './model.ts';

const none: readonly LogEntry[] = [];

/** The newest lines that fit, newest last. What was read stays until what another filter asks for is there. */
export function useLog(filter: Omit<LogFilter, 'limit'>): readonly LogEntry[] {
  const engine = useEngine();
  const store = useStore();
  const [entries, setEntries] = useState(none);
  // Every change of the engine may have written lines; the snapshot's own pace keeps this calm.
  const revision = useSnapshot((snapshot) => snapshot?.revision ?? 0);
  const key = JSON.stringify(filter);
  const tail = useMemo(() => new LogTail(engine, JSON.parse(key) as LogFilter, setEntries), [engine, key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `revision` says when to look again.
  useEffect(() => {
    tail.look().catch((error: unknown) => store.failed(error));
  }, [tail, store, revision]);
  useEffect(() => () => tail.end(), [tail]);
  return entries;
}

/** Reads a log once, and from then on only what is new: a log of ten thousand lines is megabytes. One reading at a time. */
class LogTail {
  readonly #engine: Engine;
  readonly #filter: LogFilter;
  readonly #tell: (entries: readonly LogEntry[]) => void;
  #entries: readonly LogEntry[] | null = null;
  #reading = false;
  #again = false;
  #ended = false;

  constructor(engine: Engine, filter: LogFilter, tell: (entries: readonly LogEntry[]) => void) {
    this.#engine = engine;
    this.#filter = filter;
    this.#tell = tell;
  }

  async look(): Promise<void> {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again && !this.#ended) await this.#read();
    } finally {
      this.#reading = false;
    }
  }

  /** Nothing is told any more. */
  end(): void {
    this.#ended = true;
  }

  async #read(): Promise<void> {
    this.#again = false;
    const held = this.#entries ?? none;
    const from = overlapOf(held);
    const since = [this.#filter.since, from]
      .filter((time) => time != null)
      .sort()
      .at(-1);
    const read = await this.#engine.logs({ ...this.#filter, ...(since === undefined ? {} : { since }), limit: most });
    if (this.#ended) return;
    const entries = joined(held, from, read);
    if (entries !== this.#entries) this.#tell(entries);
    this.#entries = entries;
  }
}
