/** What people say about which row is which record. */
import type { RowRef } from '../link-commands.ts';
import type { Portal } from '../portal.ts';
import { InvalidQuery } from '../query.ts';
import { applyItems } from './apply.ts';
import * as decisions from './decisions.ts';
import * as issues from './issues.ts';
import * as links from './links.ts';
import * as matching from './matching.ts';
import type { Writer } from './owner.ts';

export interface DecidingParts {
  readonly writer: Writer;
  /** Ours, ISO. */
  readonly clock: () => string;
  readonly newId: () => string;
}

export class Deciding implements Pick<Portal, 'link' | 'unlink' | 'createFrom' | 'ignore' | 'mergeRecords'> {
  readonly #parts: DecidingParts;

  constructor(parts: DecidingParts) {
    this.#parts = parts;
  }

  link: Portal['link'] = (row, recordId) => {
    const { writer, clock } = this.#parts;
    const { statements } = writer;
    writer.write(() => {
      const kept = matching.heldRow(statements, row);
      matching.link(statements, row, recordId, clock());
      this.#takeOrSettle(row, kept);
    });
  };

  unlink: Portal['unlink'] = (row) => {
    const { writer, clock } = this.#parts;
    const { statements } = writer;
    return writer.write(() => {
      const label = matching.unlink(statements, row);
      if (label === null) return false;
      const detail = 'It was unlinked by hand. Say what it is: link it, make it a new record, or ignore it.';
      issues.raise(statements, { ...row, reason: 'doubtful-match', label, detail, at: clock() });
      return true;
    });
  };

  createFrom: Portal['createFrom'] = (row) => {
    const { writer } = this.#parts;
    const { statements } = writer;
    return writer.write(() => {
      const kept = matching.heldRow(statements, row);
      if (kept === null) {
        throw new InvalidQuery(`The row ${row.externalId} is not kept here. Run a full sync first, then say so again.`);
      }
      decisions.forget(statements, row);
      this.#take(row, kept, true);
      return links.find(statements, row.integration, row.type, row.externalId)?.recordId ?? '';
    });
  };

  ignore: Portal['ignore'] = (row) => {
    const { writer } = this.#parts;
    writer.write(() => {
      const kept = matching.heldRow(writer.statements, row);
      decisions.save(writer.statements, row, 'ignore');
      this.#takeOrSettle(row, kept);
    });
  };

  mergeRecords: Portal['mergeRecords'] = (type, keep, drop) => {
    const { writer } = this.#parts;
    writer.write(() => matching.merge(writer.statements, type, keep, drop));
  };

  #takeOrSettle(row: RowRef, kept: issues.KeptRow | null): void {
    if (kept !== null) this.#take(row, kept);
    else issues.settle(this.#parts.writer.statements, row.integration, row.type, row.externalId);
  }

  /** A row that was kept, as if it were read now. */
  #take({ integration, type }: RowRef, { item, linkOnly }: issues.KeptRow, createsNew = false): void {
    const { writer, clock, newId } = this.#parts;
    const { statements } = writer;
    const as = { at: clock(), newId, seen: null, linkOnly, createsNew, erases: () => false };
    applyItems({ statements, integration, type, ...as }, [item]);
  }
}
