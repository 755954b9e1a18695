/** The engine in this process. Thin: it turns commands into calls of the parts, and keeps the snapshot true. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import type { Choice, Manifest } from '../connector/contract.ts';
import { parseCredentials, parseOptions } from '../connector/credentials.ts';
import { Cancelled } from '../connector/errors.ts';
import type { Log } from '../log/log.ts';
import { readLog } from '../log/read.ts';
import type { Portal, PortalReader, RecordCondition, RecordQuery } from '../portal/portal.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { Config } from '../state/config.ts';
import type { Paths } from '../state/paths.ts';
import type { StateFile } from '../state/state-file.ts';
import { attributed } from './attributed.ts';
import { runChecks } from './connection-test.ts';
import type { Connections } from './connections.ts';
import { diagnose } from './doctor/doctor.ts';
import type { TerminalFacts } from './doctor/finding.ts';
import type { DuplicateType } from './duplicates/duplicate.ts';
import { findDuplicates } from './duplicates/find.ts';
import {
  Busy,
  type CheckView,
  type ConnectInput,
  type Draft,
  type Engine,
  InvalidInput,
  type KeptLookups,
  type LogFilter,
  type Preferences,
  type RunResult,
  type SettingsChange,
  type SyncRequest,
  type SyncSettings,
  type TestInput,
  type TestResult,
} from './engine.ts';
import { explain } from './explain/explain.ts';
import type { ExplainRequest } from './explain/story.ts';
import { accepted, checkSettings, NotConnected, withStoredSecrets } from './input.ts';
import { asStored, chosenTypes, defaultSettings, type Integrations } from './integrations.ts';
import { issueCounts } from './issue-counts.ts';
import { Issues } from './issues.ts';
import { Linking } from './linking.ts';
import { Outbox } from './outbox.ts';
import { preview } from './preview.ts';
import type { Preview, PreviewInput } from './preview-commands.ts';
import { Publisher } from './publisher.ts';
import { RunQueue } from './queue.ts';
import { type RunListener, Runner } from './runner.ts';
import type { IntegrationView, Notice, RunProgress, Snapshot } from './snapshot.ts';
import { Timetable } from './timetable.ts';
import { viewOf } from './views.ts';

export interface EngineParts {
  readonly catalogue: readonly CatalogueEntry[];
  readonly state: StateFile;
  readonly integrations: Integrations;
  readonly connections: Connections;
  /** Null: another process owns the data folder, or this one only looks. */
  readonly portal: Portal | null;
  readonly reader: PortalReader;
  readonly owner: Snapshot['owner'];
  readonly log: Log;
  readonly logFiles: readonly string[];
  /** For the doctor, who looks at the files themselves. */
  readonly paths: Paths;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly notices: () => readonly Notice[];
  readonly now: () => number;
  readonly newId: () => string;
  readonly config: Config;
  /** After everything else is closed. */
  readonly release: () => void | Promise<void>;
}

const hourMs = 3_600_000;

export class LocalEngine implements Engine {
  readonly #parts: EngineParts;
  readonly #publisher: Publisher;
  readonly #queue: RunQueue;
  readonly #runner: Runner | null;
  readonly #timetable: Timetable;
  readonly #outbox: Outbox;
  readonly #linking: Linking;
  readonly #issues: Issues;
  readonly #runListeners = new Set<RunListener>();
  readonly #masked = new Map<string, Readonly<Record<string, string>>>();
  #config: Config;
  #closed: Promise<void> | null = null;
  /** Ends what only reads and may take long. */
  readonly #closing = new AbortController();
  readonly lost = new AbortController().signal;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#publisher = new Publisher((revision) => this.#build(revision));
    this.#config = parts.config;
    this.#queue = new RunQueue(parts.config.sync.concurrency);
    this.#timetable = new Timetable(parts, (id, trigger) => {
      this.#enqueue(id, trigger, {}).catch((error: unknown) => {
        parts.log.error('a scheduled run could not be started', { integration: id, error: String(error) });
      });
    });
    this.#outbox = new Outbox({ ...parts, own: () => this.#own(), changed: this.#publisher.changed });
    this.#linking = new Linking({ ...parts, own: () => this.#own(), changed: this.#publisher.changed });
    this.#issues = new Issues({
      ...parts,
      own: () => this.#own(),
      changed: this.#publisher.changed,
      sync: (id, request) => this.sync(id, request),
      retryChange: (id) => this.#outbox.retryChange(id),
    });
    const { portal } = parts;
    const fullEveryMs = () => this.#config.sync.fullEveryHours * hourMs;
    const ended: RunListener = (...run) => {
      for (const listener of this.#runListeners) listener(...run);
    };
    this.#runner =
      portal === null ? null : new Runner({ ...parts, portal, fullEveryMs, ended, changed: this.#publisher.changed });
  }

  getSnapshot = (): Snapshot => this.#publisher.get();
  subscribe = (listener: () => void): (() => void) => this.#publisher.subscribe(listener);

  /** The same engine, for somebody whose commands the log is to name. */
  actingFor(who: string): Engine {
    return attributed(this, (command, integration) => {
      this.#parts.log.info(`${command}, asked for by ${who}`, { ...(integration && { integration }), by: who });
      this.#publisher.changed();
    });
  }

  /** Called at the end of every run. Returns what ends that. */
  onRunEnd(listener: RunListener): () => void {
    this.#runListeners.add(listener);
    return () => this.#runListeners.delete(listener);
  }

  /** Another configuration holds from now on; runs under way end as they began. */
  reload(config: Config): void {
    this.#config = config;
    this.#queue.concurrency = config.sync.concurrency;
    this.#parts.connections.reload(config);
    this.#parts.log.level = config.log.level;
  }

  /** For what happens around the engine in its process. */
  get log(): Log {
    return this.#parts.log;
  }

  async manifest(id: string): Promise<Manifest> {
    return (await this.#parts.connections.connector(id)).manifest;
  }

  async guide(id: string): Promise<string> {
    return (await this.#parts.connections.connector(id)).guide;
  }

  async test(
    input: TestInput,
    onCheck?: (checks: readonly CheckView[]) => void,
    signal?: AbortSignal,
  ): Promise<TestResult> {
    const { connections, integrations, now } = this.#parts;
    const { id } = input;
    const stop = signal ?? new AbortController().signal;
    const { manifest } = await connections.connector(id);
    const opened = await connections.open(id, await this.#complete(input), { signal: stop });
    try {
      const types = input.types ?? chosenTypes(integrations.get(id)?.settings ?? defaultSettings(manifest), manifest);
      const result = await runChecks(opened.checks(types), { now, signal: stop, onCheck });
      // With the stored credentials, a passed test says more than the last run did.
      if (input.credentials === undefined && integrations.isConfigured(id) && this.#parts.portal !== null) {
        await opened.keepMemory();
        if (result.ok) await this.#recovered(id);
      }
      return result;
    } finally {
      opened.close();
    }
  }

  async choices(input: TestInput, optionKey: string, signal?: AbortSignal): Promise<readonly Choice[]> {
    const stop = signal ?? new AbortController().signal;
    const opened = await this.#parts.connections.open(input.id, await this.#complete(input), { signal: stop });
    try {
      return (await opened.connection.choices?.(optionKey, stop)) ?? [];
    } finally {
      opened.close();
    }
  }

  async connect(input: ConnectInput): Promise<IntegrationView> {
    this.#own();
    const { connections, integrations, portal, now } = this.#parts;
    const { id } = input;
    const connector = await connections.connector(id);
    const { credentials, options } = await this.#complete(input);
    const before = await integrations.credentials(id).catch(() => null);
    const stored = integrations.get(id);
    const settings = { ...defaultSettings(connector.manifest), ...stored?.settings, ...input.settings } as SyncSettings;
    checkSettings(settings, connector.manifest);
    await integrations.save(connector.manifest, {
      credentials,
      options,
      settings,
      enabled: input.enable ?? true,
      memory: connections.memoryOf(id, credentials),
      at: new Date(now()).toISOString(),
    });
    // Another address may be another tenant, whose records must be compared from the beginning.
    if (before !== null && connector.origins(before)?.baseUrl !== connector.origins(credentials)?.baseUrl) {
      for (const { type } of connector.manifest.recordTypes) portal?.saveCursor(id, type, null);
    }
    this.#parts.log.info('connected', { integration: id, enabled: input.enable ?? true });
    const view = await this.#changed(id);
    this.#timetable.soon(id);
    return view;
  }

  async configure(id: string, change: SettingsChange): Promise<IntegrationView> {
    this.#own();
    const { connections, integrations } = this.#parts;
    const { manifest } = await connections.connector(id);
    const stored = this.#configured(id);
    const { options: given, ...settings } = change;
    const options =
      given === undefined ? stored.options : accepted(parseOptions(manifest, { ...stored.options, ...given }));
    const merged = { ...stored.settings, ...settings } as SyncSettings;
    checkSettings(merged, manifest);
    await integrations.change(id, (integration) => {
      integration.options = { ...options };
      integration.settings = asStored(merged);
    });
    return await this.#changed(id);
  }

  async enable(id: string): Promise<IntegrationView> {
    this.#own();
    this.#configured(id);
    await this.#parts.integrations.change(id, (integration) => {
      integration.enabled = true;
    });
    const view = await this.#changed(id);
    this.#timetable.soon(id);
    return view;
  }

  async disable(id: string): Promise<IntegrationView> {
    this.#own();
    this.#configured(id);
    this.#queue.cancel(id);
    await this.#parts.integrations.change(id, (integration) => {
      integration.enabled = false;
    });
    return await this.#changed(id);
  }

  async disconnect(id: string): Promise<IntegrationView> {
    this.#own();
    this.#queue.cancel(id);
    this.#parts.connections.forget(id);
    await this.#parts.integrations.disconnect(id, {
      code: 'disconnected',
      cause: 'The credentials were removed here.',
      fix: 'Connect it again when it is wanted; the records are still here.',
    });
    this.#parts.log.info('disconnected', { integration: id });
    return await this.#changed(id);
  }

  async sync(id: string, request: SyncRequest = {}): Promise<RunResult> {
    this.#own();
    this.#configured(id);
    const { manifest } = await this.#parts.connections.connector(id);
    const unknown = (request.types ?? []).find((type) => !manifest.recordTypes.some((spec) => spec.type === type));
    if (unknown !== undefined) {
      const known = manifest.recordTypes.map(({ type }) => type).join(', ');
      throw new InvalidInput([{ path: 'type', message: `${manifest.name} has no ${unknown}. It has: ${known}.` }]);
    }
    return await this.#enqueue(
      id,
      this.#parts.integrations.get(id)?.last.lastSync === null ? 'initial' : 'manual',
      request,
    );
  }

  async cancel(id: string): Promise<void> {
    this.#queue.cancel(id);
    this.#publisher.changed();
  }

  async runFirst(id: string): Promise<boolean> {
    this.#own();
    const moved = this.#queue.first(id);
    this.#publisher.changed();
    return moved;
  }

  async draft(id: string): Promise<Draft | null> {
    return (this.#parts.state.read().drafts[id] as Draft | undefined) ?? null;
  }

  async saveDraft(id: string, draft: Draft | null): Promise<void> {
    await this.#parts.state.update((state) => {
      if (draft === null) delete state.drafts[id];
      else state.drafts[id] = structuredClone(draft) as (typeof state.drafts)[string];
    });
  }

  async preferences(): Promise<Preferences> {
    return this.#parts.state.read().preferences;
  }

  async savePreferences(preferences: Preferences): Promise<void> {
    await this.#parts.state.update((state) => {
      state.preferences = { ...preferences };
    });
  }

  records = async (query: RecordQuery) => this.#parts.reader.query(query);
  countRecords = async (query: RecordCondition) => this.#parts.reader.count(query);
  record = async (type: RecordType, id: string) => this.#parts.reader.get(type, id);
  runs = async (filter: { integration?: string; limit?: number }) => this.#parts.reader.runs(filter);
  logs = (filter: LogFilter) => readLog(this.#parts.logFiles, filter);
  explain = (request: ExplainRequest) => explain(request, this.#parts);
  duplicates = (type: DuplicateType, limit?: number) =>
    findDuplicates(this.#parts.reader, type, {
      signal: this.#closing.signal,
      ...(limit === undefined ? {} : { limit }),
    });
  doctor = (terminal?: TerminalFacts) => {
    const { running, waiting } = this.#queue;
    const { paths, env, catalogue, now } = this.#parts;
    const signal = this.#closing.signal;
    return diagnose({ paths, env, catalogue, now, terminal, queue: { running, waiting }, thorough: false, signal });
  };

  changes: Engine['changes'] = (filter) => this.#outbox.changes(filter);
  propose: Engine['propose'] = (proposal) => this.#outbox.propose(proposal);
  retryChange: Engine['retryChange'] = (id) => this.#outbox.retryChange(id);
  withdrawChange: Engine['withdrawChange'] = (id) => this.#outbox.withdrawChange(id);
  editChange: Engine['editChange'] = (id, fields, drop) => this.#outbox.editChange(id, fields, drop);
  resolveConflict: Engine['resolveConflict'] = (id, choices) => this.#outbox.resolveConflict(id, choices);

  issues: Engine['issues'] = (filter) => this.#issues.issues(filter);
  issueGroups: Engine['issueGroups'] = (filter) => this.#issues.issueGroups(filter);
  dismissIssues: Engine['dismissIssues'] = (filter) => this.#issues.dismissIssues(filter);
  restoreIssues: Engine['restoreIssues'] = (filter) => this.#issues.restoreIssues(filter);
  retryIssues: Engine['retryIssues'] = (filter) => this.#issues.retryIssues(filter);

  pendingMatches: Engine['pendingMatches'] = (filter) => this.#linking.pendingMatches(filter);
  grid: Engine['grid'] = (query) => this.#linking.grid(query);
  links: Engine['links'] = (type, recordId) => this.#linking.links(type, recordId);
  link: Engine['link'] = (row, recordId) => this.#linking.link(row, recordId);
  unlink: Engine['unlink'] = (row) => this.#linking.unlink(row);
  createFromRow: Engine['createFromRow'] = (row) => this.#linking.createFromRow(row);
  ignoreRow: Engine['ignoreRow'] = (row) => this.#linking.ignoreRow(row);
  mergeRecords: Engine['mergeRecords'] = (type, keep, drop) => this.#linking.mergeRecords(type, keep, drop);
  async lookups(id: string, refresh = false): Promise<KeptLookups> {
    const kept = this.#parts.reader.lookups(id);
    if (kept !== null && !refresh) return kept;
    const portal = this.#own();
    this.#configured(id);
    const { signal } = this.#closing;
    const opened = await this.#parts.connections.openStored(id, { signal });
    try {
      const lists = (await opened.connection.lookups?.(signal)) ?? {};
      portal.saveLookups(id, lists);
      return { at: new Date(this.#parts.now()).toISOString(), lists };
    } finally {
      opened.close();
    }
  }

  quickMatch: Engine['quickMatch'] = (filter, confidence) => this.#linking.quickMatch(filter, confidence);

  async preview(
    input: PreviewInput,
    onProgress: (progress: RunProgress) => void = () => {},
    signal?: AbortSignal,
  ): Promise<Preview> {
    const portal = this.#own();
    const { connections, integrations, paths } = this.#parts;
    const { id } = input;
    const { manifest } = await connections.connector(id);
    const stored = integrations.get(id);
    const settings = { ...defaultSettings(manifest), ...stored?.settings, ...input.settings } as SyncSettings;
    checkSettings({ ...settings, types: input.types ?? settings.types }, manifest);
    const { credentials, options } = await this.#complete({
      ...input,
      options: { ...stored?.options, ...input.options },
    });
    const types = input.types ?? chosenTypes(settings, manifest);
    const stop = AbortSignal.any([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
    return await preview(
      { id, types, credentials, options, settings },
      { ...this.#parts, portal, database: paths.database, signal: stop, onProgress },
    );
  }

  /** Starts the scheduler. @throws Busy when this process only looks */
  start(): void {
    this.#own();
    for (const { id } of this.#parts.catalogue) void this.#showMasked(id);
    this.#timetable.start();
  }

  /** Resolves when nothing is queued or running. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  close(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  async #shutDown(): Promise<void> {
    this.#closing.abort(new Cancelled());
    this.#timetable.stop();
    await this.#queue.drain();
    // Writes come one after another: when this one is done, so is whatever a client saved last. What failed was told then.
    await this.#parts.state.update(() => {}).catch(() => {});
    this.#publisher.close();
    this.#parts.reader.close();
    this.#parts.portal?.close();
    this.#parts.log.close();
    await this.#parts.release();
  }

  /** The portal for writing. Throws Busy when another process has it. */
  #own(): Portal {
    const { portal, owner } = this.#parts;
    if (portal !== null) return portal;
    throw new Busy(owner ?? { pid: 0, host: 'unknown', since: 'unknown' });
  }

  #configured(id: string) {
    const stored = this.#parts.integrations.get(id);
    if (stored === null || !this.#parts.integrations.isConfigured(id)) throw new NotConnected(id);
    return stored;
  }

  /** What the input leaves out is taken from what is stored; then everything is validated. */
  async #complete(input: TestInput) {
    const { connections, integrations } = this.#parts;
    const connector = await connections.connector(input.id);
    const { manifest } = connector;
    const stored = integrations.get(input.id);
    const known = await integrations.credentials(input.id);
    if (input.credentials === undefined && known === null) throw new NotConnected(input.id);
    const given = withStoredSecrets(connector, input.credentials ?? {}, known ?? {});
    return {
      credentials: accepted(parseCredentials(manifest, given)),
      options: accepted(parseOptions(manifest, input.options ?? stored?.options ?? {})),
    };
  }

  #enqueue(id: string, trigger: 'manual' | 'scheduled' | 'initial', request: SyncRequest): Promise<RunResult> {
    const runner = this.#runner;
    if (runner === null) throw new Busy(this.#parts.owner ?? { pid: 0, host: 'unknown', since: 'unknown' });
    const announced = this.#queue.has(id) ? null : runner.announce(id, trigger, request);
    const progress = async () => await (announced ?? runner.announce(id, trigger, request));
    const priority = trigger === 'scheduled' ? 'scheduled' : 'manual';
    const result = this.#queue.add(id, priority, {
      work: async (signal) => await runner.run(id, await progress(), request, signal),
      dropped: async () => runner.dropped(id, await progress()),
    });
    this.#publisher.changed();
    return result.finally(() => this.#publisher.changed());
  }

  async #recovered(id: string): Promise<void> {
    if (this.#parts.integrations.get(id)?.last.status === 'connected') return;
    await this.#parts.integrations.change(id, ({ last }) => {
      Object.assign(last, { status: 'connected', error: null, failures: 0 });
    });
    await this.#changed(id);
  }

  async #changed(id: string): Promise<IntegrationView> {
    this.#timetable.refresh();
    await this.#showMasked(id);
    this.#publisher.changed();
    const view = this.getSnapshot().integrations.find((integration) => integration.id === id);
    if (view === undefined) throw new InvalidInput([{ path: 'id', message: `There is no integration ${id}.` }]);
    return view;
  }

  async #showMasked(id: string): Promise<void> {
    // A key that does not open what is stored is told by the next use of it; a list must not fail on that.
    this.#masked.set(id, await this.#parts.integrations.masked(id).catch(() => ({})));
    this.#publisher.changed();
  }

  #build(revision: number): Snapshot {
    const { catalogue, integrations, reader, owner, notices } = this.#parts;
    const sums = reader.issueSums();
    return {
      revision,
      integrations: catalogue.map((entry) => {
        const { id } = entry;
        const stored = integrations.get(id);
        return viewOf(entry, stored, {
          run: this.#runner?.progress(id)?.view() ?? null,
          nextSync: this.#timetable.nextSync(id),
          records: stored === null ? {} : reader.counts(id),
          ...issueCounts(sums, id),
          outbox: stored === null ? {} : reader.changeCounts(id),
          credentials: this.#masked.get(id) ?? {},
          recentRuns:
            stored === null
              ? []
              : reader
                  .runs({ integration: id, limit: 20 })
                  .map(({ status }) => status)
                  .reverse(),
        });
      }),
      totals: reader.counts(),
      queue: { running: this.#queue.running, waiting: this.#queue.waiting, order: this.#queue.order },
      owner,
      notices: notices(),
    };
  }
}
