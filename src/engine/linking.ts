/** What people decide about links, carried out in the portal. */
import type { Grid, GridQuery, Link, MatchFilter, PendingMatch, RowRef } from '../portal/link-commands.ts';
import type { Portal, PortalReader } from '../portal/portal.ts';
import { InvalidQuery } from '../portal/query.ts';
import type { RecordType } from '../portal/records/index.ts';
import { InvalidInput } from './engine.ts';
import type { LinkCommands, QuickMatch } from './link-commands.ts';

export interface LinkingParts {
  readonly reader: PortalReader;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly changed: () => void;
}

export class Linking implements LinkCommands {
  readonly #parts: LinkingParts;

  constructor(parts: LinkingParts) {
    this.#parts = parts;
  }

  async pendingMatches(filter: MatchFilter): Promise<readonly PendingMatch[]> {
    return this.#parts.reader.pendingMatches(filter);
  }

  async grid(query: GridQuery): Promise<Grid> {
    return this.#parts.reader.grid(query);
  }

  async links(type: RecordType, recordId: string): Promise<readonly Link[]> {
    return this.#parts.reader.links(type, recordId);
  }

  async link(row: RowRef, recordId: string): Promise<void> {
    this.#decide((portal) => portal.link(row, recordId));
  }

  async unlink(row: RowRef): Promise<boolean> {
    return this.#decide((portal) => portal.unlink(row));
  }

  async createFromRow(row: RowRef): Promise<string> {
    const id = this.#decide((portal) => portal.createFrom(row));
    if (id !== '') return id;
    const message = 'It cannot be taken yet; the sync issues say what it waits for.';
    throw new InvalidInput([{ path: 'externalId', message }]);
  }

  async ignoreRow(row: RowRef): Promise<void> {
    this.#decide((portal) => portal.ignore(row));
  }

  async mergeRecords(type: RecordType, keep: string, drop: string): Promise<void> {
    this.#decide((portal) => portal.mergeRecords(type, keep, drop));
  }

  async quickMatch(filter: MatchFilter, confidence = 0.8): Promise<readonly QuickMatch[]> {
    const done: QuickMatch[] = [];
    for (const { integration, type, externalId, label, candidates, unlinked } of this.#parts.reader.pendingMatches(
      filter,
    )) {
      if (unlinked) continue;
      const [to, ...others] = candidates.filter((candidate) => candidate.confidence >= confidence);
      if (to === undefined || others.length > 0) continue;
      await this.link({ integration, type, externalId }, to.recordId);
      done.push({ integration, type, externalId, label, to });
    }
    return done;
  }

  #decide<T>(act: (portal: Portal) => T): T {
    try {
      return act(this.#parts.own());
    } catch (error) {
      // Said by somebody at the keyboard: what they named is not there.
      if (error instanceof InvalidQuery) throw new InvalidInput([{ path: '', message: error.message }]);
      throw error;
    } finally {
      this.#parts.changed();
    }
  }
}
