/** Pages of a vendor's rows, taken or put aside together with the cursor that says so. */
import type { SourceItem } from '../../connector/source-item.ts';
import type { PageOutcome, PageToApply, RowChange } from '../page.ts';
import type { Portal } from '../portal.ts';
import { noCounters } from '../run.ts';
import { applyItems } from './apply.ts';
import type { Applied, Source } from './batch.ts';
import * as cursors from './cursors.ts';
import * as issues from './issues.ts';
import type { Writer } from './owner.ts';
import type { Passes } from './passes.ts';
import type { RunJournal } from './run-journal.ts';
import * as runs from './runs.ts';
import * as staging from './staging.ts';

/** Keeps the event loop free: a transaction of this many rows takes some tens of milliseconds. */
const ROWS_PER_TRANSACTION = 500;

/** So many rows of a full pass are taken at once, so that nobody ever sees, and no crash leaves, some of them only. */
const STAGED_PER_TRANSACTION = 2_000;

type Told = Omit<PageToApply, 'items' | 'cursor'>;

export interface PagesParts {
  readonly writer: Writer;
  readonly journal: RunJournal;
  readonly passes: Passes;
  /** Ours, ISO. */
  readonly clock: () => string;
  readonly newId: () => string;
}

export class Pages implements Pick<Portal, 'apply' | 'stage' | 'takeStaged' | 'saveCursor' | 'retryHeld'> {
  readonly #parts: PagesParts;

  constructor(parts: PagesParts) {
    this.#parts = parts;
  }

  apply: Portal['apply'] = (page) => {
    const { statements } = this.#parts.writer;
    const { integration, type, cursor } = page;
    const take = (source: Source, items: readonly SourceItem[]): Applied => {
      staging.dropRetold(statements, integration, type, items);
      return applyItems(source, items);
    };
    return this.#takeAll(page, take, () => cursors.save(statements, integration, type, cursor));
  };

  stage: Portal['stage'] = (page) => {
    const { statements } = this.#parts.writer;
    const { integration, type, cursor } = page;
    const before = page.first ? staging.last(statements) : 0;
    return this.#takeAll(page, staging.stage, () => {
      // Together with the cursor, and not before: until then the earlier pass could still be continued.
      staging.forget(statements, integration, type, before);
      return cursors.save(statements, integration, type, cursor);
    });
  };

  takeStaged: Portal['takeStaged'] = (pass) => {
    const { statements } = this.#parts.writer;
    const { integration, type, runId, cursor } = pass;
    let complete = false;
    const { counters, changes } = this.#parts.journal.write(runId, type, () => {
      const taken = staging.take({ ...this.#sourceOf(pass), seen: null }, STAGED_PER_TRANSACTION);
      complete = !staging.any(statements, integration, type);
      const saved = complete && cursors.save(statements, integration, type, cursor);
      return { ...taken, wrote: taken.wrote || saved };
    });
    return { outcome: { ...counters, changes }, complete };
  };

  saveCursor: Portal['saveCursor'] = (integration, type, cursor) => {
    const { statements } = this.#parts.writer;
    this.#parts.writer.write(() => {
      // Nobody knows any longer how far the pass was.
      if (cursor === null) staging.forget(statements, integration, type, staging.last(statements));
      cursors.save(statements, integration, type, cursor);
    });
  };

  retryHeld: Portal['retryHeld'] = (integration, type, runId) => {
    const rows = issues.ready(this.#parts.writer.statements, integration, type);
    // A type is read in one way.
    const linkOnly = rows.some((row) => row.linkOnly);
    const items = rows.map(({ item }) => item);
    return this.#takeAll({ integration, type, runId, at: this.#parts.clock(), linkOnly, items }, applyItems);
  };

  #sourceOf({ integration, type, at, linkOnly = false, blanksErase = false }: Told): Source {
    const { writer, passes, newId } = this.#parts;
    const seen = passes.noting(integration, type);
    const { statements } = writer;
    return { statements, integration, type, at, newId, seen, linkOnly, erases: () => blanksErase };
  }

  /** Items in transactions of at most 500, each by `take`; `finish` says in the last one whether it wrote anything itself. */
  #takeAll(
    page: Told & { readonly items: readonly SourceItem[] },
    take: (source: Source, items: readonly SourceItem[]) => Applied,
    finish: () => boolean = () => false,
  ): PageOutcome {
    const { type } = page;
    const source = this.#sourceOf(page);
    let sums: runs.Counters = {};
    const changes: RowChange[] = [];
    let from = 0;
    do {
      const items = page.items.slice(from, from + ROWS_PER_TRANSACTION);
      from += ROWS_PER_TRANSACTION;
      const applied = this.#parts.journal.write(page.runId, type, () => {
        const result = take(source, items);
        const finished = from >= page.items.length && finish();
        return { ...result, wrote: result.wrote || finished };
      });
      sums = runs.add(sums, type, applied.counters);
      for (const change of applied.changes) changes.push(change);
    } while (from < page.items.length);
    return { ...noCounters(), ...sums[type], changes };
  }
}
