/** Full passes under way: which links they have seen, and what becomes of the others at the end. */

import type { Portal } from '../portal.ts';
import type { RecordType } from '../records/index.ts';
import { noCounters } from '../run.ts';
import type { Writer } from './owner.ts';
import type { RunJournal } from './run-journal.ts';
import * as sweeping from './sweep.ts';

/** Links that are marked as gone in one transaction. */
const LINKS_PER_TRANSACTION = 500;

export class Passes implements Pick<Portal, 'beginPass' | 'unseen' | 'sweep'> {
  readonly #writer: Writer;
  readonly #journal: RunJournal;
  readonly #clock: () => string;
  readonly #open = new Set<string>();

  /** @param clock ours, ISO */
  constructor(writer: Writer, journal: RunJournal, clock: () => string) {
    this.#writer = writer;
    this.#journal = journal;
    this.#clock = clock;
    sweeping.createSeen(writer.statements);
  }

  /** What notes the rows that a pass sees; null: none is under way. */
  noting(integration: string, type: RecordType): ((externalId: string) => void) | null {
    return this.#open.has(keyOf(integration, type)) ? sweeping.see(this.#writer.statements, integration, type) : null;
  }

  beginPass: Portal['beginPass'] = (integration, type) => {
    sweeping.forgetSeen(this.#writer.statements, integration, type);
    this.#open.add(keyOf(integration, type));
  };

  unseen: Portal['unseen'] = (integration, type, keep = []) => {
    const { missing, live } = sweeping.unseen(this.#writer.statements, integration, type, keep);
    return { missing: missing.map(({ externalId }) => externalId), live };
  };

  sweep: Portal['sweep'] = (integration, type, runId, guard, keep = []) => {
    const { statements } = this.#writer;
    if (!this.#open.delete(keyOf(integration, type)))
      throw new Error(`No pass over ${type} of ${integration} was begun.`);
    const { missing, live } = sweeping.unseen(statements, integration, type, keep);
    if (missing.length > guard.minRows && missing.length > live * guard.maxShare) {
      sweeping.forgetSeen(statements, integration, type);
      return { gone: 0, refused: missing.length };
    }
    for (let from = 0; from < missing.length; from += LINKS_PER_TRANSACTION) {
      const links = missing.slice(from, from + LINKS_PER_TRANSACTION);
      this.#journal.write(runId, type, () => {
        sweeping.markGone(statements, integration, type, links, this.#clock());
        return { counters: { ...noCounters(), gone: links.length }, changes: [], wrote: true };
      });
    }
    this.#writer.write(() => sweeping.settleUnseen(statements, integration, type, keep));
    sweeping.forgetSeen(statements, integration, type);
    return { gone: missing.length, refused: 0 };
  };
}

const keyOf = (integration: string, type: RecordType): string => JSON.stringify([integration, type]);
