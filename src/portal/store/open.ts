/** The writing side of the portal store, on `node:sqlite`. The looking side is `reader.ts`. */
import { backup } from 'node:sqlite';
import type { Portal } from '../portal.ts';
import * as changes from './changes.ts';
import { openForWriting } from './database.ts';
import { Deciding } from './deciding.ts';
import * as issues from './issues.ts';
import * as lookups from './lookups.ts';
import { migrate } from './migrations.ts';
import { Outbox } from './outbox.ts';
import { Writer } from './owner.ts';
import { Pages } from './pages.ts';
import { Passes } from './passes.ts';
import { reading } from './reader.ts';
import { RunJournal } from './run-journal.ts';
import * as runs from './runs.ts';
import { createTables } from './tables.ts';

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
    return portalOn(writer, options);
  } catch (error) {
    statements.close();
    throw error;
  }
}

function portalOn(writer: Writer, { now, newId }: PortalOptions): Portal {
  const { statements } = writer;
  const clock = (): string => new Date(now()).toISOString();
  const read = reading(() => statements);
  const journal = new RunJournal(writer);
  const passes = new Passes(writer, journal, clock);
  const pages = new Pages({ writer, journal, passes, clock, newId });
  const outbox = new Outbox({ writer, journal, clock, newId });
  const deciding = new Deciding({ writer, clock, newId });
  return {
    ...read,
    run: (id) => {
      const run = read.run(id);
      return run === null ? null : journal.current(run);
    },
    runs: (filter) => read.runs(filter).map(journal.current),

    beginRun: journal.beginRun,
    endRun: journal.endRun,

    apply: pages.apply,
    stage: pages.stage,
    takeStaged: pages.takeStaged,
    saveCursor: pages.saveCursor,
    retryHeld: pages.retryHeld,

    beginPass: passes.beginPass,
    unseen: passes.unseen,
    sweep: passes.sweep,

    addChange: outbox.addChange,
    adoptChanges: outbox.adoptChanges,
    stepChange: outbox.stepChange,

    link: deciding.link,
    unlink: deciding.unlink,
    createFrom: deciding.createFrom,
    ignore: deciding.ignore,
    mergeRecords: deciding.mergeRecords,

    raiseIssue: (issue) => writer.write(() => issues.raise(statements, issue)),
    clearIssues: (filter) => writer.write(() => issues.clear(statements, filter)),
    dismissIssues: (filter) => writer.write(() => issues.dismiss(statements, filter)),
    restoreIssues: (filter) => writer.write(() => issues.restore(statements, filter)),

    saveLookups: (integration, lists) => writer.write(() => lookups.save(statements, integration, lists, clock())),
    copyTo: async (file) => {
      await backup(statements.database, file);
    },
    close: () => statements.close(),
  };
}
