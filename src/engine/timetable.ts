/** Which integration runs by itself, and when: ticks, what was missed, and patience with what fails. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { PortalReader } from '../portal/portal.ts';
import type { Integrations } from './integrations.ts';
import { Scheduler } from './scheduler.ts';
import { backoffMs } from './sync/backoff.ts';

export interface TimetableFacts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly integrations: Integrations;
  readonly reader: PortalReader;
  readonly now: () => number;
}

export class Timetable {
  readonly #facts: TimetableFacts;
  readonly #run: (id: string, trigger: 'scheduled' | 'initial') => void;
  readonly #scheduler = new Scheduler((id) => this.#tick(id));
  #started = false;

  constructor(facts: TimetableFacts, run: (id: string, trigger: 'scheduled' | 'initial') => void) {
    this.#facts = facts;
    this.#run = run;
  }

  start(): void {
    this.#started = true;
    this.refresh();
    // Whatever was missed while nothing ran is caught up with one run, not with many.
    for (const { id } of this.#facts.catalogue) if (this.#isDue(id)) this.#tick(id);
  }

  /** What was connected or switched on just now is read at once, and not only at its next tick. */
  soon(id: string): void {
    if (this.#started) this.#tick(id);
  }

  stop(): void {
    this.#scheduler.stop();
  }

  #tick(id: string): void {
    const stored = this.#facts.integrations.get(id);
    if (stored === null || !stored.enabled || !this.#facts.integrations.isConfigured(id)) return;
    if (stored.last.status === 'disconnected' || this.#facts.now() < this.#nextTry(id)) return;
    const trigger = stored.last.lastSync === null ? 'initial' : 'scheduled';
    this.#run(id, trigger);
  }

  /** Epoch milliseconds before which a failing integration is left alone. */
  #nextTry(id: string): number {
    const stored = this.#facts.integrations.get(id);
    const failures = stored?.last.failures ?? 0;
    if (stored === null || failures === 0) return 0;
    const lastRun = this.#facts.reader.runs({ integration: id, limit: 1 })[0];
    const from = Date.parse(lastRun?.endedAt ?? '') || this.#facts.now();
    // A little before the tick itself, else a run that took a second would lose the whole next slot.
    return from + backoffMs(failures, stored.settings.intervalMinutes) - 30_000;
  }

  #isDue(id: string): boolean {
    const stored = this.#facts.integrations.get(id);
    if (stored === null || !stored.enabled) return false;
    const last = Date.parse(stored.last.lastSync ?? '') || 0;
    return this.#facts.now() - last >= stored.settings.intervalMinutes * 60_000;
  }

  /** Makes the ticks follow what is connected, enabled and at which interval. */
  refresh(): void {
    if (!this.#started) return;
    const enabled = this.#facts.catalogue.flatMap(({ id }, slot) => {
      const stored = this.#facts.integrations.get(id);
      const runs = stored?.enabled === true && this.#facts.integrations.isConfigured(id);
      return runs ? [{ id, slot, intervalMinutes: stored.settings.intervalMinutes }] : [];
    });
    this.#scheduler.set(enabled);
  }

  /** Epoch milliseconds; null when nothing is planned. */
  nextSync(id: string): number | null {
    const stored = this.#facts.integrations.get(id);
    if (stored === null || !stored.enabled || stored.last.status === 'disconnected') return null;
    const tick = this.#scheduler.next(id);
    if (tick === null) return null;
    const interval = stored.settings.intervalMinutes * 60_000;
    // Ticks before the end of the back-off pass by unused.
    return tick + Math.max(0, Math.ceil((this.#nextTry(id) - tick) / interval)) * interval;
  }
}
