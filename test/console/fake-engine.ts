/**
 * An engine in memory, for tests of views only: what the screen shows is set by the test, what the screen asks for is
 * noted. The real engine is behind the same interface in the end-to-end tests.
 */
import { catalogue } from '../../connectors/index.ts';
import type { Lookups } from '../../src/connector/contract.ts';
import { Cancelled } from '../../src/connector/errors.ts';
import type { Choice, Manifest } from '../../src/connector/manifest.ts';
import type { Finding } from '../../src/engine/doctor/finding.ts';
import type { DuplicateGroup } from '../../src/engine/duplicates/duplicate.ts';
import type {
  CheckView,
  ConnectInput,
  Draft,
  Engine,
  LogEntry,
  Preferences,
  RunResult,
  SyncRequest,
  TestInput,
  TestResult,
} from '../../src/engine/engine.ts';
import type { ExplainRequest, Story } from '../../src/engine/explain/story.ts';
import type { IssuesRetried } from '../../src/engine/issue-commands.ts';
import type { Proposal } from '../../src/engine/outbox-commands.ts';
import type { Preview, PreviewInput } from '../../src/engine/preview-commands.ts';
import type { IntegrationView, RunProgress, Snapshot } from '../../src/engine/snapshot.ts';
import type { Change, ChangeFilter, ChangeState } from '../../src/portal/change.ts';
import type { IssueFilter, IssueGroup, IssuePage, SyncIssue } from '../../src/portal/issue.ts';
import type { GridQuery, GridRow, Link, MatchFilter, PendingMatch, RowRef } from '../../src/portal/link-commands.ts';
import type { Condition, RecordCondition, RecordQuery, StoredRecord } from '../../src/portal/query.ts';
import type { RecordType } from '../../src/portal/records/index.ts';
import type { RunRecord } from '../../src/portal/run.ts';
import { at, fresh, guide, integration, manifest, passing, progress } from './examples.ts';

const result: RunResult = {
  id: 'halo-psa',
  runId: 'run-1',
  status: 'succeeded',
  types: {},
  requests: 4,
  waitedMs: 0,
  bytes: 900,
  durationMs: 800,
  failure: null,
};

export class FakeEngine implements Engine {
  /** What was asked, in order: `sync halo-psa {}`. */
  readonly calls: string[] = [];
  #snapshot: Snapshot;
  readonly #listeners = new Set<() => void>();
  checks: readonly CheckView[] = passing;
  offered: readonly Choice[] | Error = [
    { value: '1', label: 'Incident' },
    { value: '2', label: 'Service request' },
    { value: '3', label: 'Change' },
  ];
  rows: StoredRecord[] = [];
  /** Rows by type, in place of `rows`. */
  tables: Partial<Record<RecordType, readonly StoredRecord[]>> | null = null;
  syncIssues: SyncIssue[] = [];
  history: RunRecord[] = [];
  entries: LogEntry[] = [];
  drafts = new Map<string, Draft>();
  kept: Preferences = {};
  /** Throws from any command that would change something. */
  refusal: Error | null = null;
  connected: ConnectInput | null = null;
  tested: TestInput[] = [];

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  readonly loss = new AbortController();
  readonly lost = this.loss.signal;

  getSnapshot = () => this.#snapshot;
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  publish(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
  change(id: string, change: Partial<IntegrationView>): IntegrationView {
    const integrations = this.#snapshot.integrations.map((view) => (view.id === id ? { ...view, ...change } : view));
    this.publish({ ...this.#snapshot, revision: this.#snapshot.revision + 1, integrations });
    return integrations.find((view) => view.id === id)!;
  }
  async #asked(what: string): Promise<void> {
    this.calls.push(what);
    if (this.refusal !== null) throw this.refusal;
  }

  described: Manifest = manifest;
  manifest = async (id: string) => ({ ...this.described, id, name: catalogue.find((entry) => entry.id === id)!.name });
  guide = async () => guide;
  async test(input: TestInput, onCheck?: (checks: readonly CheckView[]) => void): Promise<TestResult> {
    this.tested.push(input);
    await this.#asked(`test ${input.id}`);
    for (let upTo = 1; upTo <= this.checks.length; upTo += 1) onCheck?.(this.checks.slice(0, upTo));
    return { ok: this.checks.every(({ status }) => status !== 'failed'), checks: this.checks };
  }
  async choices() {
    if (this.offered instanceof Error) throw this.offered;
    return this.offered;
  }
  async connect(input: ConnectInput) {
    await this.#asked(`connect ${input.id}`);
    this.connected = input;
    return this.change(input.id, {
      ...integration(input.id, { status: 'syncing', run: progress({ trigger: 'initial' }) }),
    });
  }
  async configure(id: string, settings: object) {
    await this.#asked(`configure ${id} ${JSON.stringify(settings)}`);
    const { sync } = this.#snapshot.integrations.find((view) => view.id === id)!;
    return this.change(id, { ...settings, sync: { ...sync, ...settings } });
  }
  async enable(id: string) {
    await this.#asked(`enable ${id}`);
    return this.change(id, { enabled: true });
  }
  async disable(id: string) {
    await this.#asked(`disable ${id}`);
    return this.change(id, { enabled: false });
  }
  async disconnect(id: string) {
    await this.#asked(`disconnect ${id}`);
    return this.change(id, fresh(id));
  }
  async sync(id: string, request: SyncRequest = {}) {
    await this.#asked(`sync ${id} ${JSON.stringify(request)}`);
    return result;
  }
  async cancel(id: string) {
    this.calls.push(`cancel ${id}`);
  }
  async runFirst(id: string) {
    this.calls.push(`runFirst ${id}`);
    return true;
  }
  draft = async (id: string) => this.drafts.get(id) ?? null;
  async saveDraft(id: string, draft: Draft | null) {
    if (draft === null) this.drafts.delete(id);
    else this.drafts.set(id, draft);
  }
  preferences = async () => this.kept;
  async savePreferences(preferences: Preferences) {
    this.kept = preferences;
  }
  async records({ type, limit = 100, after = null, where = [] }: RecordQuery) {
    this.calls.push(`records after ${after} ${JSON.stringify(where)}`);
    const matching = this.#matching(type, where);
    const start = after === null ? 0 : Number(after);
    const records = matching.slice(start, start + limit);
    return { records, next: start + limit < matching.length ? String(start + limit) : null };
  }
  countRecords = async ({ type, where = [], lacking }: RecordCondition) =>
    type === 'companies' && this.gridRows.length > 0
      ? this.#gridOf(lacking ?? []).length
      : this.#matching(type, where).length;
  record = async (type: RecordType, id: string) => this.#table(type).find((row) => row.id === id) ?? null;
  /** Where the test fills no tables, every type has the same rows. */
  #table(type: RecordType): readonly StoredRecord[] {
    return this.tables === null ? this.rows : (this.tables[type] ?? []);
  }
  #matching(type: RecordType, where: readonly Condition[]): readonly StoredRecord[] {
    return this.#table(type).filter((row) => where.every((condition) => this.#holds(row, condition)));
  }
  #holds(row: StoredRecord, condition: Condition): boolean {
    const needle = String(condition.value).toLowerCase();
    if (this.tables === null || !('field' in condition)) return JSON.stringify(row).toLowerCase().includes(needle);
    const { field, op, value } = condition;
    const own = row[field] ?? null;
    if (op === 'contains') return String(own).toLowerCase().includes(needle);
    if (op === '=') return own === value;
    if (op === '!=') return own !== value;
    return own !== null && value !== null && (op.startsWith('>') ? own > value : own < value);
  }
  issues = async ({ limit = 100, offset = 0, ...filter }: IssueFilter & IssuePage) =>
    this.#issuesOf(filter).slice(offset, offset + limit);
  async issueGroups(filter: IssueFilter) {
    const alike = Map.groupBy(this.#issuesOf(filter), ({ integration, type, reason }) =>
      JSON.stringify([integration, type, reason]),
    );
    return [...alike.values()].map((issues): IssueGroup => {
      const { integration, type, reason, firstSeen: since } = issues[0]!;
      return { integration, type, reason, count: issues.length, since, examples: issues.slice(0, 3) };
    });
  }
  dismissIssues = (filter: IssueFilter) => this.#dismissed('dismiss', filter, true);
  restoreIssues = (filter: IssueFilter) => this.#dismissed('restore', { ...filter, includeDismissed: true }, false);
  async #dismissed(what: string, filter: IssueFilter, dismissed: boolean) {
    await this.#asked(`${what} ${JSON.stringify(filter)}`);
    const ids = this.#issuesOf(filter).flatMap((issue) => (issue.dismissed === dismissed ? [] : [issue.id]));
    this.syncIssues = this.syncIssues.map((issue) => (ids.includes(issue.id) ? { ...issue, dismissed } : issue));
    return ids;
  }
  retried: IssuesRetried = { tried: 1, settled: 1, undecided: 0, runs: [result] };
  async retryIssues(filter: IssueFilter) {
    await this.#asked(`retry ${JSON.stringify(filter)}`);
    return this.retried;
  }
  #issuesOf({ integration, type, reason, externalId, label, ids, words = [], includeDismissed }: IssueFilter) {
    return this.syncIssues.filter(
      (issue) =>
        (integration === undefined || issue.integration === integration) &&
        (type === undefined || issue.type === type) &&
        (reason === undefined || issue.reason === reason) &&
        (externalId === undefined || issue.externalId === externalId) &&
        (label === undefined || issue.label === label || issue.label.startsWith(`${label} `)) &&
        (ids === undefined || ids.includes(issue.id)) &&
        words.every(({ not, value }) => JSON.stringify(issue).includes(value) !== not) &&
        (includeDismissed === true || !issue.dismissed),
    );
  }
  outbox: readonly Change[] = [];
  changes = async ({ id }: ChangeFilter) => this.outbox.filter((change) => id === undefined || change.id === id);
  async propose({ type, kind, recordId = '', fields }: Proposal) {
    await this.#asked(`propose ${kind} ${type} ${recordId} ${JSON.stringify(fields)}`);
    return { id: 'change-1' } as Change;
  }
  retryChange = (id: string) => this.#stepped('retry', id, 'waiting');
  withdrawChange = (id: string) => this.#stepped('withdraw', id, 'withdrawn');
  editChange = (id: string, fields: object, drop: readonly string[] = []) =>
    this.#stepped(`edit ${JSON.stringify(fields)}${drop.length === 0 ? '' : ` without ${drop.join()}`}`, id, 'waiting');
  resolveConflict = (id: string, choices: object) => this.#stepped(`resolve ${JSON.stringify(choices)}`, id, 'waiting');
  async #stepped(what: string, id: string, state: ChangeState): Promise<Change> {
    await this.#asked(`${what} ${id}`);
    this.outbox = this.outbox.map((change) => (change.id === id ? { ...change, state } : change));
    return this.outbox.find((change) => change.id === id)!;
  }
  pending: readonly PendingMatch[] = [];
  gridRows: readonly GridRow[] = [];
  pendingMatches = async ({ integration }: MatchFilter) =>
    this.pending.filter((row) => integration === undefined || row.integration === integration);
  /** How many rows of the grid were asked for at once, at most. */
  gridPage = 0;
  grid = async ({ missingOnly = false, integrations, limit = 100, after }: GridQuery) => {
    this.gridPage = Math.max(this.gridPage, limit);
    const rows = this.#gridOf(missingOnly ? integrations : []);
    const [from, to] = [Number(after ?? 0), Number(after ?? 0) + limit];
    return { rows: rows.slice(from, to), next: to < rows.length ? String(to) : null };
  };
  #gridOf(lacking: readonly string[]): readonly GridRow[] {
    if (lacking.length === 0) return this.gridRows;
    return this.gridRows.filter(({ links }) => lacking.some((id) => links[id] === undefined));
  }
  links = async (): Promise<readonly Link[]> => [];
  async link({ integration, type, externalId }: RowRef, recordId: string) {
    await this.#asked(`link ${integration} ${type} ${externalId} ${recordId}`);
    this.#decided(externalId);
  }
  async unlink({ integration, type, externalId }: RowRef) {
    await this.#asked(`unlink ${integration} ${type} ${externalId}`);
    return true;
  }
  async createFromRow({ externalId }: RowRef) {
    await this.#asked(`createFromRow ${externalId}`);
    this.#decided(externalId);
    return 'new-record';
  }
  async ignoreRow({ externalId }: RowRef) {
    await this.#asked(`ignoreRow ${externalId}`);
    this.#decided(externalId);
  }
  #decided(externalId: string) {
    this.pending = this.pending.filter((row) => row.externalId !== externalId);
  }
  async mergeRecords(type: string, keep: string, drop: string) {
    await this.#asked(`mergeRecords ${type} ${keep} ${drop}`);
    this.twice = [];
  }
  quickMatch = async () => [];
  lists: Lookups = {};
  lookups = async () => ({ at: at(0), lists: this.lists });
  /** What a preview finds; null: it reads until it is stopped. */
  foreseen: Preview | null = null;
  previewed: PreviewInput[] = [];
  async preview(input: PreviewInput, onProgress?: (progress: RunProgress) => void, signal?: AbortSignal) {
    this.previewed.push(input);
    await this.#asked(`preview ${input.id}`);
    onProgress?.(progress());
    if (this.foreseen !== null) return this.foreseen;
    const stopped = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    await stopped;
    this.calls.push(`preview ${input.id} stopped`);
    throw new Cancelled();
  }
  runs = async () => this.history;
  logs: Engine['logs'] = async ({ since }) => this.entries.filter(({ time }) => since === undefined || time >= since);
  findings: readonly Finding[] = [];
  story: Story | null = null;
  doctor = async () => {
    this.calls.push('doctor');
    return this.findings;
  };
  async explain(request: ExplainRequest) {
    this.calls.push(`explain ${request.type} ${request.record}`);
    if (this.story === null) throw new Error('The test tells no story.');
    return this.story;
  }
  twice: readonly DuplicateGroup[] = [];
  duplicates = async () => ({ groups: this.twice, more: 0, compared: 2 });
  close = async () => {};
}
