/** Figures for the screen while a run is under way: counters per type, rate, remaining time. Pure but for the clock given. */

import type { HttpStats } from '../../connector/http.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { RecordType } from '../../portal/records/index.ts';
import { noCounters, type RunTrigger, type TypeCounters } from '../../portal/run.ts';
import type { RunProgress, TypeProgress } from '../snapshot.ts';

/** The rate is that of the last ten seconds: long enough to be calm, short enough to be true. */
const windowMs = 10_000;

export class Progress {
  readonly #types = new Map<RecordType, TypeProgress>();
  readonly #samples: { at: number; read: number }[] = [];
  readonly #now: () => number;
  readonly #base: Pick<RunProgress, 'runId' | 'trigger' | 'startedAt'>;
  #read = 0;
  #current: RecordType | null = null;
  #waiting: RunProgress['waiting'] = null;
  phase: RunProgress['phase'] = 'waiting';
  stats: Readonly<HttpStats> | null = null;

  constructor(runId: string, trigger: RunTrigger, types: readonly RecordTypeSpec[], now: () => number) {
    this.#now = now;
    this.#base = { runId, trigger, startedAt: new Date(now()).toISOString() };
    for (const { type } of types) this.#types.set(type, { ...noCounters(), state: 'pending', total: null });
  }

  begin(type: RecordType): void {
    this.#current = type;
    this.#patch(type, { state: 'running' });
  }

  page(type: RecordType, counted: TypeCounters, total: number | null): void {
    const before = this.#types.get(type);
    if (before === undefined) return;
    const after: Record<keyof TypeCounters, number> = noCounters();
    for (const key of Object.keys(after) as (keyof TypeCounters)[]) after[key] = before[key] + counted[key];
    this.#patch(type, { ...after, total: total ?? before.total });
    this.#read += counted.read;
    const at = this.#now();
    this.#samples.push({ at, read: this.#read });
    while ((this.#samples[0]?.at ?? at) < at - windowMs && this.#samples.length > 2) this.#samples.shift();
  }

  end(type: RecordType, state: 'done' | 'failed' | 'skipped'): void {
    this.#patch(type, { state });
    this.#current = null;
  }

  wait(waiting: { untilMs: number; why: string } | null): void {
    this.#waiting = waiting === null ? null : { until: new Date(waiting.untilMs).toISOString(), why: waiting.why };
  }

  counters(): Partial<Record<RecordType, TypeCounters>> {
    const plain = [...this.#types].map(([type, { state: _, total: __, ...counters }]) => [type, counters] as const);
    return Object.fromEntries(plain);
  }

  view(): RunProgress {
    const rate = this.#rate();
    return {
      ...this.#base,
      phase: this.phase,
      type: this.#current,
      types: Object.fromEntries(this.#types),
      requests: this.stats?.requests ?? 0,
      waiting: this.#waiting,
      rate,
      remainingMs: this.#remaining(rate),
    };
  }

  #patch(type: RecordType, change: Partial<TypeProgress>): void {
    const before = this.#types.get(type);
    if (before !== undefined) this.#types.set(type, { ...before, ...change });
  }

  #rate(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 500) return null;
    return ((last.read - first.read) * 1000) / (last.at - first.at);
  }

  /** Only of the types whose total is known; a type that has not begun tells none. */
  #remaining(rate: number | null): number | null {
    if (rate === null || rate === 0) return null;
    let left = 0;
    let known = false;
    for (const { state, total, read } of this.#types.values()) {
      if (state !== 'running' || total === null) continue;
      known = true;
      left += Math.max(0, total - read);
    }
    return known ? Math.round((left / rate) * 1000) : null;
  }
}
