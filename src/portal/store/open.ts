/** The writing side of the portal store, on `node:sqlite`. The looking side is `reader.ts`. */
import { backup } from 'node:sqlite';
import type { SourceItem } from '../../connector/contract.ts';
import type { Change } from '../change.ts';
import type { RowRef } from '../link-commands.ts';
import {
  InvalidQuery,
  noCounters,
  type PageOutcome,
  type PageToApply,
  type Portal,
  type RowChange,
  type RunRecord,
} from '../portal.ts';
import type { RecordType } from '../records/index.ts';
import { applyItems } from './apply.ts';
import type { Applied, Source } from './batch.ts';
import * as changes from './changes.ts';
import * as cursors from './cursors.ts';
import { openForWriting } from './database.ts';
import * as decisions from './decisions.ts';
import * as issues from './issues.ts';
import * as links from './links.ts';
import * as lookups from './lookups.ts';
import * as matching from './matching.ts';
import { migrate } from './migrations.ts';
import { Writer } from './owner.ts';
import { reading } from './reader.ts';
import * as runs from './runs.ts';
import * as staging from './staging.ts';
import * as sweeping from './sweep.ts';
import { createTables } from './tables.ts';

/** Keeps the event loop free: a transaction of this many rows takes some tens of milliseconds. */
const ROWS_PER_TRANSACTION = 500;

/** So many rows of a full pass are taken at once, so that nobody ever sees, and no crash leaves, some of them only. */
const STAGED_PER_TRANSACTION = 2_000;

type Told = Omit<PageToApply, 'items' | 'cursor'>;

export interface PortalOptions {
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The id of a new record. Never the same twice; ids that grow with time (UUID 7) make an import three times as quick. */
  readonly newId: () => string;
  /** Who opens it, for people who look into the file. */
  readonly owner: string;
}

/**
 * Opens the store for writing, brings its schema up to date and takes it over: whoever had it open for
 * writing before gets StoreTakenOver at the next write.
 * Throws StoreNotUsable when the file was written by a newer program or is not a database.
 */
export function openPortal(options: PortalOptions): Portal {
  const statements = openForWriting(options.file);
  try {
    const since = new Date(options.now()).toISOString();
    const writer = Writer.claim(statements, { name: options.owner, since }, () => {
      migrate(statements);
      createTables(statements);
      runs.interrupt(statements, since);
      changes.interrupt(statements, since);
    });
    sweeping.createSeen(statements);
    return portalOn(writer, options);
  } catch (error) {
    statements.close();
    throw error;
  }
}

function portalOn(writer: Writer, options: PortalOptions): Portal {
  const { statements } = writer;
  const read = reading(() => statements);
  const clock = (): string => new Date(options.now()).toISOString();

  /** Counters of the runs begun here. Ahead of the file by pages in which nothing changed: these write nothing. */
  const counters = new Map<string, runs.Counters>();
  const withCounters = (run: RunRecord): RunRecord => ({ ...run, types: counters.get(run.id) ?? run.types });

  /** Full passes under way. */
  const passes = new Set<string>();
  const passOf = (integration: string, type: RecordType): string => JSON.stringify([integration, type]);

  /** `work` in one transaction, with what it adds to the run's counters. */
  const writeForRun = (runId: string, type: RecordType, work: () => Applied): Applied => {
    let sums: runs.Counters = {};
    const applied = writer.write(() => {
      const result = work();
      sums = runs.add(counters.get(runId) ?? runs.one(statements, runId)?.types ?? {}, type, result.counters);
      if (result.wrote) runs.saveCounters(statements, runId, sums);
      return result;
    });
    counters.set(runId, sums);
    return applied;
  };

  const sourceOf = ({ integration, type, at, linkOnly = false, blanksErase = false }: Told): Source => {
    const seen = passes.has(passOf(integration, type)) ? sweeping.see(statements, integration, type) : null;
    return { statements, integration, type, at, newId: options.newId, seen, linkOnly, erases: () => blanksErase };
  };

  /** Items in transactions of at most 500, each by `take`; `finish` says in the last one whether it wrote anything itself. */
  const takeAll = (
    page: Told & { readonly items: readonly SourceItem[] },
    take: (source: Source, items: readonly SourceItem[]) => Applied,
    finish: () => boolean = () => false,
  ): PageOutcome => {
    const { type } = page;
    const source = sourceOf(page);
    let sums: runs.Counters = {};
    const changes: RowChange[] = [];
    let from = 0;
    do {
      const items = page.items.slice(from, from + ROWS_PER_TRANSACTION);
      from += ROWS_PER_TRANSACTION;
      const applied = writeForRun(page.runId, type, () => {
        const result = take(source, items);
        const finished = from >= page.items.length && finish();
        return { ...result, wrote: result.wrote || finished };
      });
      sums = runs.add(sums, type, applied.counters);
      for (const change of applied.changes) changes.push(change);
    } while (from < page.items.length);
    return { ...noCounters(), ...sums[type], changes };
  };

  /** A row that was kept, as if it were read now. */
  const takeRow = ({ integration, type }: RowRef, { item, linkOnly }: issues.KeptRow, createsNew = false): void => {
    const { newId } = options;
    const at = clock();
    applyItems({ statements, integration, type, at, newId, seen: null, linkOnly, createsNew, erases: () => false }, [
      item,
    ]);
  };

  return {
    ...read,
    run: (id) => {
      const run = read.run(id);
      return run === null ? null : withCounters(run);
    },
    runs: (filter) => read.runs(filter).map(withCounters),

    beginRun: (run) => {
      writer.write(() => runs.begin(statements, run));
      counters.set(run.id, {});
    },
    endRun: (id, end) => {
      const sums = counters.get(id);
      writer.write(() => {
        if (sums !== undefined) runs.saveCounters(statements, id, sums);
        runs.end(statements, id, end);
      });
      counters.delete(id);
    },

    apply: (page) => {
      const { integration, type, cursor } = page;
      const take = (source: Source, items: readonly SourceItem[]): Applied => {
        staging.dropRetold(statements, integration, type, items);
        return applyItems(source, items);
      };
      return takeAll(page, take, () => cursors.save(statements, integration, type, cursor));
    },
    stage: (page) => {
      const { integration, type, cursor } = page;
      const before = page.first ? staging.last(statements) : 0;
      return takeAll(page, staging.stage, () => {
        // Together with the cursor, and not before: until then the earlier pass could still be continued.
        staging.forget(statements, integration, type, before);
        return cursors.save(statements, integration, type, cursor);
      });
    },
    takeStaged: (pass) => {
      const { integration, type, runId, cursor } = pass;
      let complete = false;
      const { counters, changes } = writeForRun(runId, type, () => {
        const taken = staging.take({ ...sourceOf(pass), seen: null }, STAGED_PER_TRANSACTION);
        complete = !staging.any(statements, integration, type);
        const saved = complete && cursors.save(statements, integration, type, cursor);
        return { ...taken, wrote: taken.wrote || saved };
      });
      return { outcome: { ...counters, changes }, complete };
    },
    saveCursor: (integration, type, cursor) => {
      writer.write(() => {
        // Nobody knows any longer how far the pass was.
        if (cursor === null) staging.forget(statements, integration, type, staging.last(statements));
        cursors.save(statements, integration, type, cursor);
      });
    },
    retryHeld: (integration, type, runId) => {
      const rows = issues.ready(statements, integration, type);
      // A type is read in one way.
      const linkOnly = rows.some((row) => row.linkOnly);
      return takeAll(
        { integration, type, runId, at: clock(), linkOnly, items: rows.map(({ item }) => item) },
        applyItems,
      );
    },

    beginPass: (integration, type) => {
      sweeping.forgetSeen(statements, integration, type);
      passes.add(passOf(integration, type));
    },
    unseen: (integration, type, keep = []) => {
      const { missing, live } = sweeping.unseen(statements, integration, type, keep);
      return { missing: missing.map(({ externalId }) => externalId), live };
    },
    sweep: (integration, type, runId, guard, keep = []) => {
      if (!passes.delete(passOf(integration, type)))
        throw new Error(`No pass over ${type} of ${integration} was begun.`);
      const { missing, live } = sweeping.unseen(statements, integration, type, keep);
      if (missing.length > guard.minRows && missing.length > live * guard.maxShare) {
        sweeping.forgetSeen(statements, integration, type);
        return { gone: 0, refused: missing.length };
      }
      for (let from = 0; from < missing.length; from += ROWS_PER_TRANSACTION) {
        const links = missing.slice(from, from + ROWS_PER_TRANSACTION);
        writeForRun(runId, type, () => {
          sweeping.markGone(statements, integration, type, links, clock());
          return { counters: { ...noCounters(), gone: links.length }, changes: [], wrote: true };
        });
      }
      writer.write(() => sweeping.settleUnseen(statements, integration, type, keep));
      sweeping.forgetSeen(statements, integration, type);
      return { gone: missing.length, refused: 0 };
    },

    addChange: (change) =>
      writer.write(() => {
        changes.insert(statements, change);
        return changes.one(statements, change.id)!;
      }),
    adoptChanges: (integration) => {
      writer.write(() => {
        changes.adopt(statements, integration, clock());
        changes.prune(statements, integration);
      });
    },
    stepChange: (id, step) => {
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
          const source = {
            erases,
            statements,
            integration,
            type,
            at: step.at,
            newId: options.newId,
            seen: null,
            linkOnly: false,
          };
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
      else writeForRun(step.runId, type, work);
      return after;
    },

    link: (row, recordId) => {
      writer.write(() => {
        const kept = matching.heldRow(statements, row);
        matching.link(statements, row, recordId, clock());
        if (kept !== null) takeRow(row, kept);
        else issues.settle(statements, row.integration, row.type, row.externalId);
      });
    },
    unlink: (row) =>
      writer.write(() => {
        if (!matching.unlink(statements, row)) return false;
        const detail = 'It was unlinked by hand. Say what it is: link it, make it a new record, or ignore it.';
        issues.raise(statements, { ...row, reason: 'doubtful-match', label: row.externalId, detail, at: clock() });
        return true;
      }),
    createFrom: (row) =>
      writer.write(() => {
        const kept = matching.heldRow(statements, row);
        if (kept === null) {
          throw new InvalidQuery(
            `The row ${row.externalId} is not kept here. Run a full sync first, then say so again.`,
          );
        }
        decisions.forget(statements, row);
        takeRow(row, kept, true);
        return links.find(statements, row.integration, row.type, row.externalId)?.recordId ?? '';
      }),
    ignore: (row) => {
      writer.write(() => {
        const kept = matching.heldRow(statements, row);
        decisions.save(statements, row, 'ignore');
        if (kept !== null) takeRow(row, kept);
        else issues.settle(statements, row.integration, row.type, row.externalId);
      });
    },
    mergeRecords: (type, keep, drop) => writer.write(() => matching.merge(statements, type, keep, drop)),
    saveLookups: (integration, lists) => {
      writer.write(() => lookups.save(statements, integration, lists, clock()));
    },
    copyTo: async (file) => {
      await backup(statements.database, file);
    },

    raiseIssue: (issue) => writer.write(() => issues.raise(statements, issue)),
    clearIssues: (filter) => writer.write(() => issues.clear(statements, filter)),
    dismissIssues: (filter) => writer.write(() => issues.dismiss(statements, filter)),
    restoreIssues: (filter) => writer.write(() => issues.restore(statements, filter)),

    forgetIntegration: (integration) => {
      writer.write(() => {
        for (const table of ['cursors', 'links', 'issues', 'counts', 'changes', 'decisions', 'lookups', 'staged']) {
          statements.sql(`DELETE FROM ${table} WHERE integration = ?`).run(integration);
        }
      });
    },
    close: () => statements.close(),
  };
}
