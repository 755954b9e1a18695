/**
 * Ticks of node-cron, one task per enabled integration, spread so that integrations with the same
 * interval never fire in the same second. A tick only asks for a run; the queue decides.
 */
import cron, { type ScheduledTask } from 'node-cron';

export interface Scheduled {
  readonly id: string;
  readonly intervalMinutes: number;
  /** The integration's place in the catalogue: its slot within the interval. */
  readonly slot: number;
}

/** Cron with seconds: slot 0 at :00 of minute 0, slot 1 seven seconds into minute 1, and so on. */
export function cronExpression({ intervalMinutes, slot }: Omit<Scheduled, 'id'>): string {
  const second = (slot * 7) % 60;
  const minute = slot % intervalMinutes;
  return `${second} ${minute}-59/${intervalMinutes} * * * *`;
}

export class Scheduler {
  readonly #tasks = new Map<string, { task: ScheduledTask; expression: string }>();
  readonly #tick: (id: string) => void;

  constructor(tick: (id: string) => void) {
    this.#tick = tick;
  }

  /** Makes the tasks match the list; tasks that are right already keep their rhythm. */
  set(wanted: readonly Scheduled[]): void {
    const ids = new Set(wanted.map(({ id }) => id));
    for (const id of [...this.#tasks.keys()]) if (!ids.has(id)) this.#remove(id);
    for (const entry of wanted) {
      const expression = cronExpression(entry);
      if (this.#tasks.get(entry.id)?.expression === expression) continue;
      this.#remove(entry.id);
      const task = cron.schedule(expression, () => this.#tick(entry.id), { name: entry.id, noOverlap: true });
      this.#tasks.set(entry.id, { task, expression });
    }
  }

  /** Epoch milliseconds of the next tick; null when the integration has none. */
  next(id: string): number | null {
    return this.#tasks.get(id)?.task.getNextRun()?.getTime() ?? null;
  }

  stop(): void {
    for (const id of [...this.#tasks.keys()]) this.#remove(id);
  }

  #remove(id: string): void {
    void this.#tasks.get(id)?.task.destroy();
    this.#tasks.delete(id);
  }
}
