/** The progress of a run, on standard error: one line that is rewritten at a terminal, plain lines elsewhere. */
import type { Engine } from '../engine/engine.ts';
import type { RunProgress } from '../engine/snapshot.ts';
import { count, duration } from '../text/format.ts';
import { truncate } from '../text/width.ts';
import { plain } from './output.ts';

/** Elsewhere than at a terminal a line at least this often apart, milliseconds: a log should not drown in it. */
const plainEveryMs = 2_000;

/** Reports the run of an integration until the returned function is called. */
export function reportProgress(engine: Engine, id: string): () => void {
  const { say, end } = runProgress(id);
  const show = () => {
    const run = engine.getSnapshot().integrations.find((view) => view.id === id)?.run;
    if (run) say(run);
  };
  const unsubscribe = engine.subscribe(show);
  show();
  return () => {
    unsubscribe();
    end();
  };
}

export interface RunReport {
  readonly say: (run: RunProgress) => void;
  readonly end: () => void;
}

/** For a run that no snapshot shows, such as a preview. */
export function runProgress(id: string): RunReport {
  const write = process.stderr.isTTY ? rewriting() : lines();
  return { say: (run) => write.say(progressLine(id, run), run.type), end: () => write.end() };
}

/** `halo-psa: tickets, 4,200 of 20,000 read, 340/s, 47 s left`. */
export function progressLine(id: string, run: RunProgress): string {
  if (run.phase === 'waiting') return `${id}: waiting for its turn`;
  const parts = [`${id}: ${run.type ?? 'starting'}`];
  const current = run.type ? run.types[run.type] : undefined;
  if (current) {
    parts.push(
      current.total === null ? `${count(current.read)} read` : `${count(current.read)} of ${count(current.total)} read`,
    );
  }
  if (run.rate !== null) parts.push(`${count(run.rate)}/s`);
  if (run.remainingMs !== null) parts.push(`${duration(run.remainingMs)} left`);
  if (run.waiting) parts.push(`waiting until ${run.waiting.until.slice(11, 19)} UTC, ${plain(run.waiting.why)}`);
  return parts.join(', ');
}

function rewriting() {
  let shown = false;
  return {
    say(text: string) {
      shown = true;
      process.stderr.write(`\r\u001b[K${truncate(text, (process.stderr.columns ?? 80) - 1)}`);
    },
    end() {
      if (shown) process.stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}

function lines() {
  let lastAt = 0;
  let lastType: string | null | undefined;
  return {
    say(text: string, type: string | null) {
      const now = performance.now();
      if (type === lastType && now - lastAt < plainEveryMs) return;
      lastAt = now;
      lastType = type;
      process.stderr.write(`${text}\n`);
    },
    end() {},
  };
}
