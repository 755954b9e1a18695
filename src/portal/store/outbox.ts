/** Changes of ours on their way to a vendor; what the vendor answered is stored with the step it led to. */
import type { Change } from '../change.ts';
import type { Portal } from '../portal.ts';
import { noCounters } from '../run.ts';
import { applyItems } from './apply.ts';
import type { Applied } from './batch.ts';
import * as changes from './changes.ts';
import type { Writer } from './owner.ts';
import type { RunJournal } from './run-journal.ts';
import * as staging from './staging.ts';

export interface OutboxParts {
  readonly writer: Writer;
  readonly journal: RunJournal;
  /** Ours, ISO. */
  readonly clock: () => string;
  readonly newId: () => string;
}

export class Outbox implements Pick<Portal, 'addChange' | 'adoptChanges' | 'stepChange'> {
  readonly #parts: OutboxParts;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  addChange: Portal['addChange'] = (change) => {
    const { writer } = this.#parts;
    return writer.write(() => {
      changes.insert(writer.statements, change);
      return changes.one(writer.statements, change.id)!;
    });
  };

  adoptChanges: Portal['adoptChanges'] = (integration) => {
    const { writer, clock } = this.#parts;
    writer.write(() => {
      changes.adopt(writer.statements, integration, clock());
      changes.prune(writer.statements, integration);
    });
  };

  stepChange: Portal['stepChange'] = (id, step) => {
    const { writer, journal, newId } = this.#parts;
    const { statements } = writer;
    const change = changes.one(statements, id);
    if (change === null) return null;
    const { integration, type } = change;
    let after: Change | null = null;
    const work = (): Applied => {
      const counters = noCounters();
      if (!step.from.includes(changes.one(statements, id)?.state ?? 'withdrawn')) {
        return { counters, changes: [], wrote: false };
      }
      if (step.item !== undefined) {
        const erases = (field: string) => change.fields[field] === null;
        const source = { statements, integration, type, at: step.at, newId, seen: null, linkOnly: false, erases };
        staging.dropRetold(statements, integration, type, [step.item]);
        counters.gone = applyItems(source, [step.item]).counters.gone;
      }
      after = changes.step(statements, id, step);
      if (step.to === 'confirmed') counters.pushed = 1;
      if (step.to === 'conflicted') counters.conflicted = 1;
      if (step.to === 'refused') counters.refused = 1;
      return { counters, changes: [], wrote: true };
    };
    if (step.runId === undefined) writer.write(work);
    else journal.write(step.runId, type, work);
    return after;
  };
}
