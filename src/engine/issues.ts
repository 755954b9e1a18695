/** What people do with sync issues, carried out in the portal and by runs. */
import { changeOf } from '../portal/change.ts';
import type { IssueFilter, IssueGroup, IssuePage, SyncIssue } from '../portal/issue.ts';
import { reasons, waitsForMatch } from '../portal/issue-reasons.ts';
import type { Portal, PortalReader } from '../portal/portal.ts';
import { definitionOf, type RecordType } from '../portal/records/index.ts';
import type { Connections } from './connections.ts';
import type { RunResult, SyncRequest } from './engine.ts';
import { chosenTypes, type Integrations } from './integrations.ts';
import type { IssueCommands, IssuesRetried } from './issue-commands.ts';

export interface IssueParts {
  readonly connections: Connections;
  readonly integrations: Integrations;
  readonly reader: PortalReader;
  /** Throws Busy where nothing may be written. */
  readonly own: () => Portal;
  readonly changed: () => void;
  readonly sync: (id: string, request: SyncRequest) => Promise<RunResult>;
  readonly retryChange: (id: string) => Promise<unknown>;
}

/**
 * Reasons that only a full read settles: too few rows were listed in one; or the vendor has a name for a value again, which is no change
 * of the row that has it.
 */
const toldByFullReads: readonly SyncIssue['reason'][] = ['deletion-guard', 'unmapped-value'];

/** All that a filter finds; SQLite knows no larger number. */
const unlimited = Number.MAX_SAFE_INTEGER;

export class Issues implements IssueCommands {
  readonly #parts: IssueParts;

  constructor(parts: IssueParts) {
    this.#parts = parts;
  }

  async issues(filter: IssueFilter & IssuePage): Promise<readonly SyncIssue[]> {
    return this.#parts.reader.issues(filter);
  }

  async issueGroups(filter: IssueFilter): Promise<readonly IssueGroup[]> {
    // By number they come from the store; sorting keeps that order within a rank.
    return this.#parts.reader.issueGroups(filter).sort((a, b) => reasons[a.reason].rank - reasons[b.reason].rank);
  }

  async dismissIssues(filter: IssueFilter): Promise<readonly number[]> {
    const ids = this.#parts.own().dismissIssues(filter);
    this.#parts.changed();
    return ids;
  }

  async restoreIssues(filter: IssueFilter): Promise<readonly number[]> {
    const ids = this.#parts.own().restoreIssues(filter);
    this.#parts.changed();
    return ids;
  }

  async retryIssues(filter: IssueFilter): Promise<IssuesRetried> {
    this.#parts.own();
    const chosen = this.#parts.reader.issues({ ...filter, limit: unlimited });
    const tried = chosen.filter((issue) => !isToBeDecided(issue));
    const byIntegration = Map.groupBy(tried, ({ integration }) => integration);
    const results = await Promise.allSettled([...byIntegration].map(([id, issues]) => this.#retryAt(id, issues)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return {
      tried: tried.length,
      settled: [...byIntegration].reduce((sum, [id, issues]) => sum + this.#settled(id, issues), 0),
      undecided: chosen.length - tried.length,
      runs: results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    };
  }

  async #retryAt(id: string, issues: readonly SyncIssue[]): Promise<RunResult> {
    for (const { externalId } of issues) {
      const change = externalId === null ? null : changeOf(externalId);
      // One that somebody took back meanwhile has nothing to be sent again.
      if (change !== null) await this.#parts.retryChange(change).catch(() => {});
    }
    const types = await this.#typesFor(id, issues);
    const full = issues.some(({ reason }) => toldByFullReads.includes(reason));
    const request = { ...(types === null ? {} : { types }), ...(full ? { full } : {}) };
    const result = await this.#parts.sync(id, request);
    // Where a run was under way it was joined, and that one may have had other types to read.
    const read = (types ?? []).every((type) => result.types[type] !== undefined);
    return read || result.status !== 'succeeded' ? result : await this.#parts.sync(id, request);
  }

  /** What to read: their own types, and those they wait for, as far as these are synced. Null: all that are. */
  async #typesFor(id: string, issues: readonly SyncIssue[]): Promise<readonly RecordType[] | null> {
    const wanted = new Set<RecordType>();
    for (const { type, reason } of issues) {
      if (type === null) return null;
      wanted.add(type);
      if (reasons[reason].rank !== 4) continue;
      for (const { to } of definitionOf(type).references) wanted.add(to as RecordType);
    }
    const { manifest } = await this.#parts.connections.connector(id);
    const stored = this.#parts.integrations.get(id);
    return chosenTypes(stored?.settings ?? { types: [] }, manifest).filter((type) => wanted.has(type));
  }

  /** How many of these rows have no issue any more, of whatever reason: one that is held for another reason is not settled. */
  #settled(integration: string, issues: readonly SyncIssue[]): number {
    const open = new Set(
      this.#parts.reader.issues({ integration, includeDismissed: true, limit: unlimited }).map(subjectOf),
    );
    return issues.filter((issue) => !open.has(subjectOf(issue))).length;
  }
}

const subjectOf = ({ type, externalId, reason }: SyncIssue): string => JSON.stringify([type, externalId ?? reason]);
const isToBeDecided = (issue: SyncIssue): boolean => issue.reason === 'conflict' || waitsForMatch(issue);
