/** After a full pass: what it did not see is gone at the vendor, unless that cannot be. */
import type { RecordTypeSpec } from '../../connector/manifest.ts';
import type { PageOutcome } from '../../portal/page.ts';
import { definitionOf } from '../../portal/records/index.ts';
import { noCounters } from '../../portal/run.ts';
import type { TypeCursor } from './cursor.ts';
import type { PullEnvironment, PullRequest } from './pull.ts';
import { howToTake } from './take-staged.ts';

/** A pass that would mark more than this share as gone, and more than `minRows`, stops and asks. */
const deletionGuard = { maxShare: 0.1, minRows: 5 };
const noGuard = { maxShare: 1, minRows: 0 };

interface SweepEnvironment extends PullEnvironment {
  /** As the pass left it. */
  readonly cursor: TypeCursor;
  /** Beginnings of external ids: parts of the vendor that could not be read. */
  readonly unread: readonly string[];
  readonly count: (outcome: PageOutcome, total: number | null) => void;
}

/** @throws ConnectorError when something is to be asked for and cannot be; then nothing is marked */
export async function sweep(
  spec: RecordTypeSpec,
  request: Pick<PullRequest, 'acceptDeletions'>,
  env: SweepEnvironment,
): Promise<void> {
  const { integration, portal, runId, unread } = env;
  const guard = request.acceptDeletions || spec.transient === true ? noGuard : deletionGuard;
  if (spec.rowsMove === true) await lookForUnseen(spec, guard, env);
  const { gone, refused } = portal.sweep(integration, spec.type, runId, guard, unread);
  const scope = { integration, type: spec.type, reason: 'deletion-guard' } as const;
  if (refused === 0) {
    portal.clearIssues(scope);
    env.count({ ...noCounters(), gone, changes: [] }, null);
    return;
  }
  const label = definitionOf(spec.type).label.toLowerCase();
  portal.raiseIssue({
    ...scope,
    externalId: null,
    label: `${refused} ${label} would vanish`,
    detail:
      `The vendor no longer lists ${refused} ${label}. That is more than a tenth, so nothing was removed. ` +
      `Check at the vendor whether the account still sees them; if they are really gone, run: msportal sync ${integration} --type ${spec.type} --full --accept-deletions`,
    at: new Date(env.now()).toISOString(),
  });
}

/** Takes what is there although no page showed it. One request each, so not for so many that the guard would keep them all. */
async function lookForUnseen(
  spec: RecordTypeSpec,
  { maxShare, minRows }: typeof deletionGuard,
  env: SweepEnvironment,
): Promise<void> {
  const { integration, portal, cursor, unread, signal, count } = env;
  const writer = env.connection.writer?.(spec.type);
  const { missing, live } = portal.unseen(integration, spec.type, unread);
  if (writer === undefined || (missing.length > minRows && missing.length > live * maxShare)) return;
  for (const externalId of missing) {
    signal.throwIfAborted();
    const item = await writer.current(externalId, signal);
    if (item.kind === 'gone') continue;
    count(portal.apply({ ...howToTake(spec, env), items: [item], cursor }), null);
  }
}
