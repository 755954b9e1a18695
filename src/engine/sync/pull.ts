/** Reads one record type from the vendor into the portal, page by page, each with its cursor. */
import type { Connection } from '../../connector/contract.ts';
import type { Http } from '../../connector/http.ts';
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { PageOutcome } from '../../portal/page.ts';
import type { Portal } from '../../portal/portal.ts';
import { noCounters, type TypeCounters } from '../../portal/run.ts';
import {
  advance,
  catchUpPass,
  emptyCursor,
  fromTheBeginning,
  type PassState,
  type Plan,
  planPass,
  planWithoutFeed,
  requestFor,
  type TypeCursor,
} from './cursor.ts';
import { noteParts } from './parts.ts';
import { sweep } from './sweep.ts';
import { howToTake, takeStaged } from './take-staged.ts';

export interface PullEnvironment {
  readonly integration: string;
  readonly runId: string;
  readonly connection: Connection;
  readonly http: Http;
  readonly portal: Portal;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** A vendor's blank empties descriptive fields. */
  readonly blanksErase?: boolean;
  /** After each stored page. `total`: rows the vendor says the pass has in all. */
  readonly onPage: (outcome: PageOutcome, total: number | null) => void;
  /** The vendor's feed cannot tell what changed; `why` is a sentence. */
  readonly onFeedLost?: (why: string) => void;
}

export interface PullRequest {
  readonly full: boolean;
  readonly manual: boolean;
  readonly acceptDeletions: boolean;
  readonly fullEveryMs: number;
  readonly selection: string;
  readonly history: boolean;
}

export interface PullResult {
  readonly counters: TypeCounters;
  readonly skipped: boolean;
}

export async function pull(told: RecordTypeSpec, request: PullRequest, env: PullEnvironment): Promise<PullResult> {
  const spec = { ...told, changes: env.connection.changes?.(told.type) ?? told.changes };
  const counters = noCounters();
  const count = (outcome: PageOutcome, total: number | null) => {
    for (const key of Object.keys(counters) as (keyof TypeCounters)[]) counters[key] += outcome[key];
    env.onPage(outcome, total);
  };

  let stored = env.portal.cursor(env.integration, spec.type) as TypeCursor | null;
  // What was staged with other options is read again instead.
  if (stored?.taking && stored.selection === request.selection) stored = await takeStaged(spec, stored, env, count);
  const plan = planPass(stored, spec, { ...request, now: env.now() });
  if (plan === 'skip') return { counters, skipped: true };

  const cursor = stored !== null && stored.selection === request.selection ? stored : emptyCursor(request.selection);
  if (plan === 'from-now') {
    const mark = (await startOfPass(spec, 'full', env)) ?? clockAt(env.now(), env);
    env.portal.saveCursor(env.integration, spec.type, { ...cursor, mark, fullAt: new Date(env.now()).toISOString() });
    return { counters, skipped: true };
  }

  const readInFull = async ({ pass, resumed }: Plan) => {
    // Only a full pass seen from its first to its last page in this process knows what is no longer there.
    const sweeps = !resumed && spec.keepsUnlisted !== true;
    if (sweeps) env.portal.beginPass(env.integration, spec.type);
    const unread: string[] = [];
    const read = await readPass(spec, pass, cursor, env, count, unread);
    if (typeof read === 'string') return;
    const complete = read.taking ? await takeStaged(spec, read, env, count) : read;
    if (sweeps) await sweep(spec, request, { ...env, cursor: complete, unread, count });
    const catchUp = catchUpPass(complete, spec);
    if (catchUp !== null) await readPass(spec, catchUp, complete, env, count, unread);
  };
  if (plan.pass.mode === 'full') await readInFull(plan);
  else {
    const read = await readPass(spec, plan.pass, cursor, env, count, []);
    if (read === 'reread') await readInFull(fromTheBeginning(cursor));
    else if (read === 'feed-lost') {
      const instead = planWithoutFeed(cursor, { ...request, now: env.now() });
      if (instead === 'skip') return { counters, skipped: true };
      await readInFull(instead);
    }
  }

  // What was held back for want of a record that has come since is taken now.
  count(env.portal.retryHeld(env.integration, spec.type, env.runId), null);
  return { counters, skipped: false };
}

async function readPass(
  spec: RecordTypeSpec,
  pass: PassState,
  from: TypeCursor,
  env: PullEnvironment,
  count: (outcome: PageOutcome, total: number | null) => void,
  unread: string[],
): Promise<TypeCursor | 'feed-lost' | 'reread'> {
  let cursor = from;
  let state = pass;
  const began = env.now();
  let started = pass.started ?? (await startOfPass(spec, pass.mode, env));
  for await (const page of env.connection.read(requestFor(spec, pass, env.signal))) {
    if (page.reread === true) return 'reread';
    if (page.feedLost !== undefined) {
      env.onFeedLost?.(page.feedLost);
      return 'feed-lost';
    }
    started ??= clockAt(began, env);
    cursor = advance(cursor, state, page, spec, started, env.now());
    const stored = { ...howToTake(spec, env), items: page.items, cursor };
    const outcome =
      state.staged === true
        ? env.portal.stage({ ...stored, first: state.position === null })
        : env.portal.apply(stored);
    count(outcome, page.total ?? null);
    unread.push(...noteParts(spec, page.parts ?? [], env));
    if (cursor.pass === null) return cursor;
    state = cursor.pass;
    // Between pages everything else gets its turn, also when pages come from memory.
    await new Promise((resolve) => setImmediate(resolve));
    env.signal.throwIfAborted();
  }
  throw new Error(`The connector ended reading ${spec.type} without a last page.`);
}

/** Null before the vendor has answered anything: then its first answer tells. */
async function startOfPass(
  spec: RecordTypeSpec,
  mode: PassState['mode'],
  env: PullEnvironment,
): Promise<string | null> {
  // A pass over the feed tells by itself how far it got.
  if (spec.changes === 'feed' && mode === 'full' && env.connection.feedPosition !== undefined) {
    return await env.connection.feedPosition(spec.type, env.signal);
  }
  return env.http.vendorNow()?.toISOString() ?? null;
}

/** What the vendor's clock was at a moment of ours; ours itself only where the vendor tells no time at all. */
function clockAt(moment: number, env: PullEnvironment): string {
  const vendor = env.http.vendorNow()?.getTime() ?? env.now();
  return new Date(vendor - (env.now() - moment)).toISOString();
}
