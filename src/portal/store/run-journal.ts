import type { Portal } from '../portal.ts';
import type { RecordType } from '../records/index.ts';
import type { RunRecord } from '../run.ts';
import type { Applied } from './batch.ts';
import type { Writer } from './owner.ts';
import * as runs from './runs.ts';

/** The runs begun here, and what they did so far. */
export class RunJournal implements Pick<Portal, 'beginRun' | 'endRun'> {
  readonly #writer: Writer;
  /** Ahead of the file by pages in which nothing changed: these write nothing. */
  readonly #counters = new Map<string, runs.Counters>();

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  beginRun: Portal['beginRun'] = (run) => {
    this.#writer.write(() => runs.begin(this.#writer.statements, run));
    this.#counters.set(run.id, {});
  };

  endRun: Portal['endRun'] = (id, end) => {
    const sums = this.#counters.get(id);
    const { statements } = this.#writer;
    this.#writer.write(() => {
      if (sums !== undefined) runs.saveCounters(statements, id, sums);
      runs.end(statements, id, end);
    });
    this.#counters.delete(id);
  };

  /** `work` in one transaction, with what it adds to the run's counters. */
  write(runId: string, type: RecordType, work: () => Applied): Applied {
    const { statements } = this.#writer;
    let sums: runs.Counters = {};
    const applied = this.#writer.write(() => {
      const result = work();
      sums = runs.add(this.#counters.get(runId) ?? runs.one(statements, runId)?.types ?? {}, type, result.counters);
      if (result.wrote) runs.saveCounters(statements, runId, sums);
      return result;
    });
    this.#counters.set(runId, sums);
    return applied;
  }

  /** The run with its counters as they are now. */
  current = (run: RunRecord): RunRecord => ({ ...run, types: this.#counters.get(run.id) ?? run.types });
}
