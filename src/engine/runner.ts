/** Carries out one run from opening the connection to the last status saved. */

import { Cancelled, ConnectorError, type Failure } from '../connector/errors.ts';
import type { Manifest } from '../connector/manifest.ts';
import type { Log } from '../log/log.ts';
import { scoped } from '../log/scoped.ts';
import type { Portal } from '../portal/portal.ts';
import type { RunTrigger } from '../portal/run.ts';
import type { Connections } from './connections.ts';
import type { RunResult, SyncRequest } from './engine.ts';
import { chosenTypes, type Integrations, type Stored } from './integrations.ts';
import { issueCounts } from './issue-counts.ts';
import { KeptLists } from './sync/lookups.ts';
import { Progress } from './sync/progress.ts';
import { inOrder, type RunOutcome, type RunPlan, run } from './sync/run.ts';
import { selectionOf } from './sync/selection.ts';
import { withValues } from './sync/values.ts';
import { problemsOf } from './sync/writable.ts';

export interface RunnerParts {
  readonly integrations: Integrations;
  readonly connections: Connections;
  readonly portal: Portal;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
  readonly fullEveryMs: () => number;
  readonly changed: () => void;
  /** A run has ended; `answers` are the requests by status, `none` those without an answer. */
  readonly ended: RunListener;
}

export type RunListener = (result: RunResult, answers: Readonly<Record<string, number>>) => void;

export class Runner {
  readonly #parts: RunnerParts;
  readonly #progress = new Map<string, Progress>();
  readonly #vain = new Map<string, Set<string>>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  progress(id: string): Progress | null {
    return this.#progress.get(id) ?? null;
  }

  /** Called when the run is queued, so that the screen can show it waiting. */
  async announce(id: string, trigger: RunTrigger, request: SyncRequest): Promise<Progress> {
    const { manifest } = await this.#parts.connections.connector(id);
    const chosen = request.types ?? chosenTypes(this.#parts.integrations.get(id)?.settings ?? { types: [] }, manifest);
    const types = inOrder(manifest.recordTypes.filter(({ type }) => chosen.includes(type)));
    const progress = new Progress(this.#parts.newId(), trigger, types, this.#parts.now);
    this.#progress.set(id, progress);
    this.#parts.changed();
    return progress;
  }

  async run(id: string, progress: Progress, request: SyncRequest, signal: AbortSignal): Promise<RunResult> {
    const { portal, now, changed } = this.#parts;
    const { runId, trigger } = progress.view();
    const log = scoped(this.#parts.log, { integration: id, run: runId });
    const began = now();
    progress.phase = 'running';
    signal.addEventListener('abort', () => {
      progress.phase = 'cancelling';
      changed();
    });
    changed();
    log.info('run started', { trigger, ...(request.full === true ? { full: true } : {}) });
    portal.beginRun({ id: runId, integration: id, trigger, startedAt: new Date(began).toISOString() });

    let outcome: RunOutcome = { status: 'failed', failure: null, unauthorized: false };
    try {
      outcome = await this.#work(id, progress, request, signal, log);
    } catch (error) {
      outcome = this.#broken(error, signal);
      if (!(error instanceof ConnectorError)) log.error('the run broke off', { error: String(error) });
    }
    const result = this.#close(id, progress, outcome, began);
    log[outcome.status === 'failed' ? 'error' : 'info'](`run ${outcome.status}`, {
      types: result.types,
      requests: result.requests,
      waitedMs: result.waitedMs,
      durationMs: result.durationMs,
      ...(outcome.failure === null ? {} : { failure: outcome.failure }),
    });
    await this.#remember(id, outcome);
    this.#progress.delete(id);
    this.#parts.ended(result, answersOf(progress));
    changed();
    return result;
  }

  /** Its run was cancelled before it began: nothing was read, and nothing is kept of it. */
  dropped(id: string, progress: Progress): RunResult {
    if (this.#progress.get(id) === progress) this.#progress.delete(id);
    const { runId } = progress.view();
    scoped(this.#parts.log, { integration: id, run: runId }).info('run cancelled before it began');
    this.#parts.changed();
    const none = { requests: 0, waitedMs: 0, bytes: 0, durationMs: 0, failure: null };
    return { id, runId, status: 'cancelled', types: progress.counters(), ...none };
  }

  async #work(
    id: string,
    progress: Progress,
    request: SyncRequest,
    signal: AbortSignal,
    log: Log,
  ): Promise<RunOutcome> {
    const { connections, integrations, portal, now, changed } = this.#parts;
    const stored = integrations.get(id);
    const opened = await connections.openStored(id, {
      signal,
      onWaiting: (waiting) => {
        progress.wait(waiting);
        changed();
      },
    });
    try {
      progress.stats = opened.http.stats;
      const { manifest } = opened.connector;
      const view = progress.view();
      const lists = new KeptLists({
        integration: id,
        connection: opened.connection,
        types: manifest.recordTypes,
        portal,
        now,
        signal,
        log,
        vain: this.#vainOf(id),
      });
      const outcome = await run(
        {
          types: manifest.recordTypes.filter(({ type }) => view.types[type] !== undefined),
          full: request.full === true,
          manual: view.trigger === 'manual',
          acceptDeletions: request.acceptDeletions === true,
          fullEveryMs: this.#parts.fullEveryMs(),
          initialImport: stored?.settings.initialImport ?? true,
          selection: (spec) => selectionOf(spec, manifest, stored?.options ?? {}, stored?.settings),
          push: stored?.settings.readOnly === true ? null : pushPlan(manifest, stored, this.#parts.newId),
        },
        {
          integration: id,
          runId: view.runId,
          http: opened.http,
          connection: withValues(lists.watched(), stored?.settings.mapping ?? {}),
          portal,
          now,
          signal,
          progress,
          log,
          changed,
          blanksErase: stored?.settings.blanksErase === true,
        },
      );
      await opened.keepMemory();
      if (outcome.status === 'succeeded') await lists.end();
      return outcome;
    } finally {
      // Its sockets would be kept alive until the vendor ends them.
      opened.close();
    }
  }

  /** Values that reading the integration's lists did not bring; see `KeptLists`. */
  #vainOf(id: string): Set<string> {
    const vain = this.#vain.get(id) ?? new Set();
    this.#vain.set(id, vain);
    return vain;
  }

  #broken(error: unknown, signal: AbortSignal): RunOutcome {
    if (signal.aborted || error instanceof Cancelled)
      return { status: 'cancelled', failure: null, unauthorized: false };
    if (error instanceof ConnectorError) {
      return { status: 'failed', failure: error.toFailure(), unauthorized: error.code === 'unauthorized' };
    }
    return { status: 'failed', failure: internalFailure(error), unauthorized: false };
  }

  #close(id: string, progress: Progress, outcome: RunOutcome, began: number): RunResult {
    const { portal, now } = this.#parts;
    const { stats } = progress;
    const ended = now();
    const sums = {
      requests: stats?.requests ?? 0,
      waitedMs: Math.round(stats?.waitedMs ?? 0),
      bytes: (stats?.bytesReceived ?? 0) + (stats?.bytesSent ?? 0),
    };
    const { runId } = progress.view();
    portal.endRun(runId, {
      status: outcome.status,
      endedAt: new Date(ended).toISOString(),
      ...sums,
      failure: outcome.failure,
    });
    const { status, failure } = outcome;
    return { id, runId, status, types: progress.counters(), ...sums, durationMs: ended - began, failure };
  }

  /** A cancelled run says nothing about the connection, so it changes no status. */
  async #remember(id: string, outcome: RunOutcome): Promise<void> {
    if (outcome.status === 'cancelled') return;
    const { integrations, portal, now } = this.#parts;
    await integrations.change(id, ({ last }) => {
      last.records = { ...portal.counts(id) };
      last.issues = issueCounts(portal.issueSums(), id).issues;
      if (outcome.status === 'succeeded') {
        Object.assign(last, { status: 'connected', error: null, failures: 0, lastSync: new Date(now()).toISOString() });
        return;
      }
      last.status = outcome.unauthorized ? 'disconnected' : 'error';
      last.error = outcome.failure;
      last.failures += 1;
    });
  }
}

function answersOf({ stats }: Progress): Record<string, number> {
  if (stats === null) return {};
  const answered = Object.values(stats.answers).reduce((sum, count) => sum + count, 0);
  return { ...stats.answers, ...(stats.requests > answered ? { none: stats.requests - answered } : {}) };
}

function pushPlan(manifest: Manifest, stored: Stored | null, newId: () => string): RunPlan['push'] {
  return {
    rule: stored?.settings.conflicts ?? 'ask',
    newId,
    problems: (spec) => (change) => problemsOf(change, spec, manifest, stored?.options ?? {}),
  };
}

function internalFailure(error: unknown): Failure {
  return {
    code: 'internal',
    cause: `The program itself failed: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Try again. If it happens again, report it with the lines of `msportal logs --level error`.',
  };
}
