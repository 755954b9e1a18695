/** A sync on a copy: what it would do, without doing it. */

import { Cancelled, type Failure } from '../connector/errors.ts';
import type { Credentials, Options } from '../connector/manifest.ts';
import type { Log } from '../log/log.ts';
import type { Portal } from '../portal/portal.ts';
import type { RecordType } from '../portal/records/index.ts';
import type { Connections } from './connections.ts';
import type { SyncSettings } from './engine.ts';
import type { ChangeOutcome, Preview } from './preview-commands.ts';
import { type CopyParts, withCopy } from './preview-copy.ts';
import { Tally } from './preview-tally.ts';
import type { RunProgress } from './snapshot.ts';
import { foresee } from './sync/foresee.ts';
import { Progress } from './sync/progress.ts';
import { inOrder, run } from './sync/run.ts';
import { selectionOf } from './sync/selection.ts';
import { withValues } from './sync/values.ts';
import { problemsOf } from './sync/writable.ts';

export interface PreviewParts extends CopyParts {
  readonly connections: Connections;
  readonly portal: Portal;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** All of it valid. */
export interface PreviewRequest {
  readonly id: string;
  readonly credentials: Credentials;
  readonly options: Options;
  readonly types: readonly RecordType[];
  readonly settings: SyncSettings;
}

/** @throws Cancelled */
export async function preview(request: PreviewRequest, parts: PreviewParts): Promise<Preview> {
  const { id, types, credentials, options, settings } = request;
  const { connections, portal, now, newId, signal } = parts;
  const began = now();
  const runId = newId();
  const { manifest } = await connections.connector(id);
  const specs = inOrder(manifest.recordTypes.filter(({ type }) => types.includes(type)));
  const progress = new Progress(runId, 'manual', specs, now);
  const changed = () => parts.onProgress(progress.view());
  const opened = await connections.open(
    id,
    { credentials, options },
    {
      signal,
      onWaiting: (waiting) => {
        progress.wait(waiting);
        changed();
      },
    },
  );
  progress.phase = 'running';
  progress.stats = opened.http.stats;
  try {
    return await withCopy(portal, parts, async (copy) => {
      // A pass that was left half-way would be taken up where it was, and say nothing of what came before.
      for (const { type } of specs) {
        const cursor = copy.cursor(id, type);
        if (cursor !== null) copy.saveCursor(id, type, { ...cursor, pass: null });
      }
      copy.beginRun({ id: runId, integration: id, trigger: 'manual', startedAt: new Date(began).toISOString() });
      copy.adoptChanges(id);
      const tally = new Tally(specs.map(({ type }) => type));
      const connection = withValues(opened.connection, settings.mapping ?? {});
      const { status, failure, unauthorized } = await run(
        {
          types: specs,
          full: true,
          manual: true,
          acceptDeletions: false,
          fullEveryMs: Number.POSITIVE_INFINITY,
          initialImport: settings.initialImport,
          selection: (spec) => selectionOf(spec, manifest, options, settings),
          push: null,
        },
        {
          integration: id,
          runId,
          http: opened.http,
          connection,
          portal: tally.watching(copy),
          onOutcome: tally.note,
          now,
          signal,
          progress,
          log: silent,
          changed,
          blanksErase: settings.blanksErase === true,
        },
      );
      if (status === 'cancelled') throw new Cancelled();
      const outbox = await foresee(specs, {
        integration: id,
        connection,
        portal: copy,
        now,
        signal,
        rule: settings.conflicts ?? 'ask',
        mapping: settings.mapping ?? {},
        problems: (spec) => (change) => problemsOf(change, spec, manifest, options),
        idle: whyIdle(settings, failure, unauthorized),
      });
      const { requests } = opened.http.stats;
      return { id, types: tally.result(), outbox, requests, durationMs: now() - began, failure };
    });
  } finally {
    opened.close();
  }
}

/** Credentials that were refused are not tried again: some vendors lock the account. Nor is who does not answer. */
function whyIdle(settings: SyncSettings, failure: Failure | null, unauthorized: boolean): ChangeOutcome | null {
  if (settings.readOnly === true) return { kind: 'wait', reason: 'The integration is set to write nothing.' };
  const away = failure !== null && ['unreachable', 'vendor-fault', 'rate-limited'].includes(failure.code);
  return failure !== null && (unauthorized || away) ? { kind: 'unknown', reason: failure.cause } : null;
}

/** Nothing of this happened. */
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, level: 'error', close() {} };
