/** The engine in this process: every command is a call of the part whose concern it is. */
import type { CatalogueEntry } from '../connector/catalogue.ts';
import { Cancelled } from '../connector/errors.ts';
import type { Log } from '../log/log.ts';
import type { Portal, PortalReader } from '../portal/portal.ts';
import type { Config } from '../state/config.ts';
import type { Paths } from '../state/paths.ts';
import type { StateFile } from '../state/state-file.ts';
import { Asking } from './asking.ts';
import { attributed } from './attributed.ts';
import { ClientState } from './client-state.ts';
import { Connecting } from './connecting.ts';
import type { Connections } from './connections.ts';
import { Busy, type Engine } from './engine.ts';
import type { Integrations } from './integrations.ts';
import { Issues } from './issues.ts';
import { Linking } from './linking.ts';
import { Looking } from './looking.ts';
import { MaskedCredentials } from './masked-credentials.ts';
import { Outbox } from './outbox.ts';
import { Previewing } from './previewing.ts';
import { Publisher } from './publisher.ts';
import type { RunListener } from './runner.ts';
import type { Notice, Snapshot } from './snapshot.ts';
import { snapshotOf } from './snapshot-of.ts';
import { Syncing } from './syncing.ts';

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

export class LocalEngine implements Engine {
  readonly #parts: EngineParts;
  readonly #publisher: Publisher;
  readonly #masked: MaskedCredentials;
  readonly #syncing: Syncing;
  readonly #connecting: Connecting;
  readonly #asking: Asking;
  readonly #clientState: ClientState;
  readonly #looking: Looking;
  readonly #outbox: Outbox;
  readonly #issues: Issues;
  readonly #linking: Linking;
  readonly #previewing: Previewing;
  #closed: Promise<void> | null = null;
  /** Ends what only reads and may take long. */
  readonly #closing = new AbortController();
  readonly lost = new AbortController().signal;

  constructor(parts: EngineParts) {
    const own = () => ownPortal(parts);
    this.#parts = parts;
    this.#publisher = new Publisher((revision) =>
      snapshotOf(revision, { ...parts, syncing: this.#syncing, masked: this.#masked }),
    );
    const { changed } = this.#publisher;
    const shared = { ...parts, own, changed, closing: this.#closing.signal };
    this.#masked = new MaskedCredentials(parts.integrations, changed);
    this.#syncing = new Syncing(shared);
    this.#connecting = new Connecting({
      ...shared,
      syncing: this.#syncing,
      masked: this.#masked,
      view: (id) => this.getSnapshot().integrations.find((integration) => integration.id === id),
    });
    this.#asking = new Asking({ ...shared, recovered: (id) => this.#connecting.recovered(id) });
    this.#clientState = new ClientState(parts.state);
    this.#looking = new Looking({ ...shared, syncing: this.#syncing });
    this.#outbox = new Outbox(shared);
    this.#issues = new Issues({
      ...shared,
      sync: (id, request) => this.#syncing.sync(id, request),
      retryChange: (id) => this.#outbox.retryChange(id),
    });
    this.#linking = new Linking(shared);
    this.#previewing = new Previewing(shared);
  }

  getSnapshot = (): Snapshot => this.#publisher.get();
  subscribe = (listener: () => void): (() => void) => this.#publisher.subscribe(listener);

  manifest: Engine['manifest'] = (id) => this.#asking.manifest(id);
  guide: Engine['guide'] = (id) => this.#asking.guide(id);
  test: Engine['test'] = (input, onCheck, signal) => this.#asking.test(input, onCheck, signal);
  choices: Engine['choices'] = (input, optionKey, signal) => this.#asking.choices(input, optionKey, signal);
  lookups: Engine['lookups'] = (id, refresh) => this.#asking.lookups(id, refresh);

  connect: Engine['connect'] = (input) => this.#connecting.connect(input);
  configure: Engine['configure'] = (id, change) => this.#connecting.configure(id, change);
  enable: Engine['enable'] = (id) => this.#connecting.enable(id);
  disable: Engine['disable'] = (id) => this.#connecting.disable(id);
  disconnect: Engine['disconnect'] = (id) => this.#connecting.disconnect(id);

  sync: Engine['sync'] = (id, request) => this.#syncing.sync(id, request);
  cancel: Engine['cancel'] = (id) => this.#syncing.cancel(id);
  runFirst: Engine['runFirst'] = (id) => this.#syncing.runFirst(id);

  draft: Engine['draft'] = (id) => this.#clientState.draft(id);
  saveDraft: Engine['saveDraft'] = (id, draft) => this.#clientState.saveDraft(id, draft);
  preferences: Engine['preferences'] = () => this.#clientState.preferences();
  savePreferences: Engine['savePreferences'] = (preferences) => this.#clientState.savePreferences(preferences);

  records: Engine['records'] = (query) => this.#looking.records(query);
  countRecords: Engine['countRecords'] = (query) => this.#looking.countRecords(query);
  record: Engine['record'] = (type, id) => this.#looking.record(type, id);
  runs: Engine['runs'] = (filter) => this.#looking.runs(filter);
  logs: Engine['logs'] = (filter) => this.#looking.logs(filter);
  explain: Engine['explain'] = (request) => this.#looking.explain(request);
  duplicates: Engine['duplicates'] = (type, limit) => this.#looking.duplicates(type, limit);
  doctor: Engine['doctor'] = (terminal) => this.#looking.doctor(terminal);

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
  quickMatch: Engine['quickMatch'] = (filter, confidence) => this.#linking.quickMatch(filter, confidence);

  preview: Engine['preview'] = (input, onProgress, signal) => this.#previewing.preview(input, onProgress, signal);

  /** The same engine, for somebody whose commands the log is to name. */
  actingFor(who: string): Engine {
    return attributed(this, (command, integration) => {
      this.#parts.log.info(`${command}, asked for by ${who}`, { ...(integration && { integration }), by: who });
      this.#publisher.changed();
    });
  }

  /** Called at the end of every run. Returns what ends that. */
  onRunEnd(listener: RunListener): () => void {
    return this.#syncing.onRunEnd(listener);
  }

  /** Another configuration holds from now on; runs under way end as they began. */
  reload(config: Config): void {
    this.#syncing.reload(config);
    this.#parts.connections.reload(config);
    this.#parts.log.level = config.log.level;
  }

  /** For what happens around the engine in its process. */
  get log(): Log {
    return this.#parts.log;
  }

  /** Starts the scheduler. @throws Busy when this process only looks */
  start(): void {
    ownPortal(this.#parts);
    for (const { id } of this.#parts.catalogue) void this.#masked.refresh(id);
    this.#syncing.start();
  }

  /** Resolves when nothing is queued or running. */
  idle(): Promise<void> {
    return this.#syncing.idle();
  }

  close(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  async #shutDown(): Promise<void> {
    this.#closing.abort(new Cancelled());
    await this.#syncing.close();
    // Writes come one after another: when this one is done, so is whatever a client saved last. What failed was told then.
    await this.#parts.state.update(() => {}).catch(() => {});
    this.#publisher.close();
    this.#parts.reader.close();
    this.#parts.portal?.close();
    this.#parts.log.close();
    await this.#parts.release();
  }
}

/** The portal for writing. Throws Busy when another process has it. */
function ownPortal({ portal, owner }: EngineParts): Portal {
  if (portal !== null) return portal;
  throw new Busy(owner ?? { pid: 0, host: 'unknown', since: 'unknown' });
}
