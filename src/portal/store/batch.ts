/** A batch of rows of one source on their way into the store: what became of each, in figures, in changes, and in sync issues. */
import type { HoldReason, SourceItem } from '../../connector/source-item.ts';
import type { RowChange } from '../page.ts';
import type { RecordType } from '../records/index.ts';
import { noCounters, type TypeCounters } from '../run.ts';
import * as counts from './counts.ts';
import * as issues from './issues.ts';
import type { Statements } from './statements.ts';
import { type Table, tableOf } from './tables.ts';

export interface Source {
  readonly statements: Statements;
  readonly integration: string;
  readonly type: RecordType;
  /** Our clock, ISO. */
  readonly at: string;
  readonly newId: () => string;
  /** Called with every row that the vendor still has, held ones too. */
  readonly seen: ((externalId: string) => void) | null;
  /** Rows are only tied to records that are there. */
  readonly linkOnly: boolean;
  /** A row that is linked to nothing becomes a record of its own, whatever it looks like. */
  readonly createsNew?: boolean;
  /** Whether a blank in this descriptive field empties it. */
  readonly erases: (field: string) => boolean;
}

export interface Applied {
  readonly counters: TypeCounters;
  readonly changes: readonly RowChange[];
  /** Whether anything was written. */
  readonly wrote: boolean;
}

export interface AppliedItems extends Applied {
  /** The items for which something was written, each in a form that survives JSON. */
  readonly writing: readonly SourceItem[];
  /** Of `changes`, those of rows that were held back before as they are now: nothing was written. */
  readonly standing: readonly RowChange[];
}

export type RecordItem = Extract<SourceItem, { kind: 'record' }>;

export class Batch {
  readonly source: Source;
  readonly table: Table;
  readonly counters = noCounters();
  /** How many live records there are more: of the whole portal, and linked from this integration. */
  readonly live = { whole: 0, integration: 0 };
  readonly #changes: RowChange[] = [];
  readonly #writing: SourceItem[] = [];
  readonly #standing: RowChange[] = [];
  #writes = 0;
  /** Most types have no issue most of the time: then no row looks for its own. */
  #anyIssues: boolean;

  constructor(source: Source) {
    this.source = source;
    this.table = tableOf(source.type);
    this.#anyIssues = issues.anyOfRows(source.statements, source.integration, source.type);
  }

  /** @param take does what is to be done with one item; returns it as it can be kept */
  each(items: readonly SourceItem[], take: (item: SourceItem) => SourceItem): void {
    for (const item of items) {
      const [writes, changes] = [this.#writes, this.#changes.length];
      this.counters.read += 1;
      const kept = take(item);
      if (this.#writes > writes) this.#writing.push(kept);
      else this.#standing.push(...this.#changes.slice(changes));
    }
  }

  /** The row is what the store has. */
  unchanged(externalId: string): void {
    this.counters.unchanged += 1;
    this.#settle(externalId);
  }

  /** The row was taken, and something was written for it. */
  changed(change: RowChange): void {
    this.#changes.push(change);
    this.#writes += 1;
    this.#settle(change.externalId);
  }

  /** The row is not taken, and stands as a sync issue until it is. */
  hold(externalId: string, reason: HoldReason, label: string, detail: string, waiting?: issues.Waiting): void {
    const { statements, integration, type, at } = this.source;
    const failed = reason === 'malformed' || reason === 'refused';
    if (failed) this.counters.failed += 1;
    else this.counters.held += 1;
    this.#settle(externalId, reason);
    const issue = { integration, type, externalId, reason, label, detail, at };
    if (issues.hold(statements, issue, waiting ?? null)) this.#writes += 1;
    this.#anyIssues = true;
    this.#changes.push({ externalId, outcome: failed ? 'failed' : 'held', label, reason });
  }

  finish(): AppliedItems {
    const { statements, integration, type } = this.source;
    counts.adjust(statements, counts.WHOLE, type, this.live.whole);
    counts.adjust(statements, integration, type, this.live.integration);
    return {
      counters: this.counters,
      changes: this.#changes,
      wrote: this.#writes > 0,
      writing: this.#writing,
      standing: this.#standing,
    };
  }

  #settle(externalId: string, except?: HoldReason): void {
    const { statements, integration, type } = this.source;
    if (this.#anyIssues && issues.settle(statements, integration, type, externalId, except)) this.#writes += 1;
  }
}
