/** One run of one integration: every chosen record type in dependency order, to the end or to the first thing that stops it. */

import { Cancelled, ConnectorError, type Failure } from '../../connector/errors.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { Log } from '../../log/log.ts';
import type { PageOutcome } from '../../portal/page.ts';
import { StoreTakenOver } from '../../portal/portal.ts';
import { definitionOf, type RecordType, recordTypeNames } from '../../portal/records/index.ts';
import type { RunStatus } from '../../portal/run.ts';
import { logChanges } from './log-changes.ts';
import type { Progress } from './progress.ts';
import { type PullEnvironment, type PullRequest, pull } from './pull.ts';
import { type PushEnvironment, push } from './push.ts';

export interface RunPlan {
  readonly types: readonly RecordTypeSpec[];
  readonly full: boolean;
  readonly manual: boolean;
  readonly acceptDeletions: boolean;
  readonly fullEveryMs: number;
  readonly initialImport: boolean;
  readonly selection: (type: RecordTypeSpec) => string;
  /** Null: nothing is written at the vendor. */
  readonly push:
    | (Pick<PushEnvironment, 'rule' | 'newId'> & {
        readonly problems: (spec: RecordTypeSpec) => PushEnvironment['problems'];
      })
    | null;
}

export interface RunEnvironment extends Omit<PullEnvironment, 'onPage' | 'onFeedLost'> {
  readonly progress: Progress;
  readonly log: Log;
  readonly changed: () => void;
  /** What became of rows, for who wants more than the counters. */
  readonly onOutcome?: (type: RecordType, outcome: PageOutcome) => void;
}

export interface RunOutcome {
  readonly status: Exclude<RunStatus, 'running' | 'interrupted'>;
  readonly failure: Failure | null;
  /** The credentials were refused: no further run makes sense until somebody acts. */
  readonly unauthorized: boolean;
}

/** Never throws for what a vendor or a network can do; throws only when the store itself fails. */
export async function run(plan: RunPlan, env: RunEnvironment): Promise<RunOutcome> {
  let failure: Failure | null = null;
  const feedsLost = new Set<string>();
  // Before anything is read: what other programs wrote stands on what they saw.
  if (plan.push !== null) env.portal.adoptChanges(env.integration);
  for (const spec of plan.types) {
    env.progress.begin(spec.type);
    env.changed();
    try {
      const result = await pull(spec, pullRequest(plan, spec), {
        ...env,
        onPage: (outcome, total) => {
          env.progress.page(spec.type, outcome, total);
          logChanges(env.log, spec, outcome, env.http.requestId());
          env.onOutcome?.(spec.type, outcome);
          env.changed();
        },
        // The same for every type of a vendor; said once.
        onFeedLost: (why) => {
          if (!feedsLost.has(why)) env.log.warn(why, { type: spec.type });
          feedsLost.add(why);
        },
      });
      await pushChanges(plan, spec, env);
      env.progress.end(spec.type, result.skipped ? 'skipped' : 'done');
      clearTypeFailure(env, spec);
    } catch (error) {
      env.progress.end(spec.type, 'failed');
      if (error instanceof StoreTakenOver) throw error;
      if (env.signal.aborted || error instanceof Cancelled)
        return { status: 'cancelled', failure: null, unauthorized: false };
      if (!(error instanceof ConnectorError)) throw error;
      env.log.error(error.reason, {
        type: spec.type,
        code: error.code,
        fix: error.fix,
        detail: error.detail,
        request: env.http.requestId() ?? undefined,
      });
      failure ??= error.toFailure();
      if (!concernsOneType(error)) {
        return { status: 'failed', failure: error.toFailure(), unauthorized: error.code === 'unauthorized' };
      }
      raiseTypeFailure(env, spec, error);
    } finally {
      env.changed();
    }
  }
  return { status: failure === null ? 'succeeded' : 'failed', failure, unauthorized: false };
}

async function pushChanges(plan: RunPlan, spec: RecordTypeSpec, env: RunEnvironment): Promise<void> {
  if (plan.push === null || spec.writes === undefined) return;
  await push(spec, {
    ...env,
    ...plan.push,
    problems: plan.push.problems(spec),
    onPush: (counted) => {
      env.progress.page(spec.type, counted, null);
      env.changed();
    },
  });
}

function pullRequest(plan: RunPlan, spec: RecordTypeSpec): PullRequest {
  return {
    full: plan.full,
    manual: plan.manual,
    acceptDeletions: plan.acceptDeletions,
    fullEveryMs: plan.fullEveryMs,
    selection: plan.selection(spec),
    // What other records refer to is always imported: a new ticket of an old client would have nowhere to go.
    history: plan.initialImport || isReferredTo(spec),
  };
}

function isReferredTo(spec: RecordTypeSpec): boolean {
  return recordTypeNames.some((type) => definitionOf(type).references.some((reference) => reference.to === spec.type));
}

/** A missing permission or an odd answer stops its record type; a refused key or a dead network stops the run. */
function concernsOneType(error: ConnectorError): boolean {
  return ['forbidden', 'not-found', 'rejected', 'malformed'].includes(error.code);
}

function raiseTypeFailure(env: RunEnvironment, spec: RecordTypeSpec, error: ConnectorError): void {
  env.portal.raiseIssue({
    integration: env.integration,
    type: spec.type,
    externalId: null,
    reason: error.code === 'forbidden' ? 'no-permission' : 'run-failed',
    label: `${spec.vendorName} could not be read`,
    detail: `${error.reason} ${error.fix}`,
    at: new Date(env.now()).toISOString(),
  });
}

function clearTypeFailure(env: RunEnvironment, spec: RecordTypeSpec): void {
  for (const reason of ['no-permission', 'run-failed']) {
    env.portal.clearIssues({ integration: env.integration, type: spec.type, reason });
  }
}

/** The order of the manifest is the order of dependence; a selection keeps it. */
export function inOrder(types: readonly RecordTypeSpec[]): RecordTypeSpec[] {
  return [...types].sort((a, b) => recordTypeNames.indexOf(a.type) - recordTypeNames.indexOf(b.type));
}
