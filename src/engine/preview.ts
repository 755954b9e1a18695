/** A sync on a copy: what it would do, without doing it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Credentials, Options } from '../connector/contract.ts';
import { ConnectorError } from '../connector/errors.ts';
import type { Log } from '../log/log.ts';
import type { PageOutcome, Portal, RowChange } from '../portal/portal.ts';
import { type RecordType, recordTypeNames } from '../portal/records/index.ts';
import { openPortal } from '../portal/store/open.ts';
import type { Connections } from './connections.ts';
import type { Preview, TypePreview } from './preview-commands.ts';
import { Progress } from './sync/progress.ts';
import { inOrder, run } from './sync/run.ts';
import { selectionOf } from './sync/selection.ts';
import { type ValueTables, withValues } from './sync/values.ts';

export interface PreviewParts {
  readonly connections: Connections;
  readonly portal: Portal;
  /** The portal's file; the copy is beside it, under the same protection. */
  readonly database: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

export interface PreviewRequest {
  readonly credentials: Credentials;
  readonly options: Options;
  readonly id: string;
  readonly types: readonly RecordType[];
  readonly blanksErase: boolean;
  readonly mapping: ValueTables;
}

const examplesOfEach = 5;

export async function preview(request: PreviewRequest, parts: PreviewParts): Promise<Preview> {
  const { id, types, credentials, options, blanksErase, mapping } = request;
  const { connections, portal, database, now, newId, signal } = parts;
  const opened = await connections.open(id, { credentials, options }, { signal });
  const { manifest } = opened.connector;
  const specs = inOrder(manifest.recordTypes.filter(({ type }) => types.includes(type)));
  const began = now();
  const folder = await mkdtemp(join(dirname(database), 'preview-'));
  try {
    const file = join(folder, 'portal.db');
    await portal.copyTo(file);
    const copy = openPortal({ file, now, newId, owner: 'preview' });
    try {
      for (const type of recordTypeNames) copy.saveCursor(id, type, null);
      const runId = newId();
      copy.beginRun({ id: runId, integration: id, trigger: 'manual', startedAt: new Date(began).toISOString() });
      const tally = new Tally();
      const progress = new Progress(runId, 'manual', specs, now);
      const { failure } = await run(
        {
          types: specs,
          full: true,
          manual: true,
          acceptDeletions: false,
          fullEveryMs: Number.POSITIVE_INFINITY,
          initialImport: true,
          selection: (spec) => selectionOf(spec, manifest, options, { blanksErase, mapping }),
          push: null,
        },
        {
          integration: id,
          runId,
          http: opened.http,
          connection: withValues(opened.connection, mapping, () => {}),
          portal: tally.watching(copy),
          now,
          signal,
          progress,
          log: silent,
          changed: () => {},
          blanksErase,
        },
      ).catch((error: unknown) => {
        if (error instanceof ConnectorError) return { failure: error.toFailure() };
        throw error;
      });
      const outbox = portal.changes({ integration: id, states: ['waiting', 'unconfirmed'], oldestFirst: true });
      const { requests } = opened.http.stats;
      return { id, types: tally.result(), outbox, requests, durationMs: now() - began, failure };
    } finally {
      copy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    opened.close();
  }
}

/** Adds up what becomes of the rows. */
class Tally {
  readonly #types = new Map<RecordType, { -readonly [K in keyof TypePreview]: TypePreview[K] }>();

  watching(portal: Portal): Portal {
    const noted = (type: RecordType, outcome: PageOutcome): PageOutcome => {
      this.#note(type, outcome);
      return outcome;
    };
    return {
      ...portal,
      apply: (page) => noted(page.type, portal.apply(page)),
      retryHeld: (integration, type, runId) => noted(type, portal.retryHeld(integration, type, runId)),
      sweep: (integration, type, ...rest) => {
        const swept = portal.sweep(integration, type, ...rest);
        this.#of(type).gone += swept.gone + swept.refused;
        return swept;
      },
    };
  }

  result(): Preview['types'] {
    return Object.fromEntries(this.#types);
  }

  #of(type: RecordType) {
    let sums = this.#types.get(type);
    if (sums === undefined) {
      sums = { read: 0, created: 0, updated: 0, linked: 0, unchanged: 0, gone: 0, held: {}, examples: [] };
      this.#types.set(type, sums);
    }
    return sums;
  }

  #note(type: RecordType, outcome: PageOutcome): void {
    const sums = this.#of(type);
    const changes = [...outcome.changes];
    const linked = changes.filter((change) => change.outcome === 'linked').length;
    sums.read += outcome.read;
    sums.created += outcome.created;
    sums.updated += outcome.updated - linked;
    sums.linked += linked;
    sums.unchanged += outcome.unchanged;
    sums.gone += outcome.gone;
    const held = { ...sums.held };
    for (const { reason } of changes) if (reason !== undefined) held[reason] = (held[reason] ?? 0) + 1;
    sums.held = held;
    sums.examples = withFew(sums.examples, changes);
  }
}

function withFew(examples: readonly RowChange[], more: readonly RowChange[]): RowChange[] {
  const kept = [...examples];
  for (const change of more) {
    const alike = kept.filter(({ outcome, reason }) => outcome === change.outcome && reason === change.reason);
    if (alike.length < examplesOfEach) kept.push(change);
  }
  return kept;
}

/** Nothing of this happened. */
const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, level: 'error', close() {} };
