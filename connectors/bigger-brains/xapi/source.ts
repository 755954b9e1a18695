/**
 * Training records from a learning record store.
 *
 * A full reading folds all statements. Later ones tell who has done something since; of these few, all
 * statements are read again, because the new ones alone do not tell how far somebody is.
 */
import type { ConnectorEnvironment, Page, ReadRequest } from '../../../src/connector/contract.ts';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { type Attempt, completionItems, contactItems, enrollmentItem, learnerItem } from '../mapping.ts';
import type { Settings } from '../settings.ts';
import type { Source } from '../source.ts';
import { RecordStore, voids } from './api.ts';
import { lrsChecks } from './checks.ts';
import { afterWalk, parsePosition, positionText, sinceOf, startPosition } from './position.ts';
import { type Agent, attemptOf, Fold, identifierOf, learnerId, type Statement } from './statements.ts';

const pageSize = 500;
/** Beyond so many learners with news, reading all statements costs less. */
const fewLearners = 40;

interface Reading {
  readonly fold: Fold;
  /** Attempts from which a statement was taken back. */
  readonly undone: ReadonlySet<string>;
  readonly feedPosition?: string;
}

export function xapiSource({ credentials, http }: ConnectorEnvironment, settings: Settings): Source {
  const store = new RecordStore(http, credentials);
  // All record types come from the same statements: one walk serves them all, for as long as the connection is open.
  const readings = new Map<string, Promise<Reading>>();
  const reading = ({ mode, since, signal }: ReadRequest): Promise<Reading> => {
    const key = mode === 'full' ? '' : (since ?? '');
    const known = readings.get(key);
    if (known !== undefined) return known;
    const fresh = key === '' ? readAll(store, settings, signal) : readChanges(store, settings, key, signal);
    readings.set(key, fresh);
    fresh.catch(() => readings.delete(key));
    return fresh;
  };
  let position: Promise<string> | null = null;
  return {
    changes: () => 'feed',
    checks: () => lrsChecks(store),
    read: (request) => inPages(request, reading),
    feedPosition(_, signal) {
      position ??= store.newest(signal).then(startPosition).then(positionText);
      return position;
    },
  };
}

async function readAll(store: RecordStore, settings: Settings, signal: AbortSignal): Promise<Reading> {
  const fold = new Fold(settings.minScore);
  for await (const { statements } of store.walk({}, signal)) for (const each of statements) fold.add(each);
  return { fold, undone: new Set() };
}

async function readChanges(
  store: RecordStore,
  settings: Settings,
  since: string,
  signal: AbortSignal,
): Promise<Reading> {
  const position = parsePosition(since);
  const touched = new Map<string, Agent>();
  const undone = new Set<string>();
  const touch = ({ actor }: Statement) => {
    const learner = learnerId(actor);
    if (learner !== null) touched.set(learner, actor);
  };
  const next = afterWalk(position);
  for await (const page of store.walk(sinceOf(position), signal)) {
    for (const statement of next.take(page)) {
      const taken = voids(statement);
      if (taken === null) touch(statement);
      else {
        const gone = await store.voided(taken, signal);
        const attempt = gone === null ? null : attemptOf(gone);
        if (gone !== null && attempt !== null) {
          touch(gone);
          undone.add(attempt.id);
        }
      }
    }
  }
  const feedPosition = positionText(next.position());
  if (touched.size > fewLearners) return { ...(await readAll(store, settings, signal)), undone, feedPosition };
  const fold = new Fold(settings.minScore);
  for (const agent of touched.values()) {
    for await (const { statements } of store.walk({ agent: identifierOf(agent) }, signal)) {
      for (const each of statements) fold.add(each);
    }
  }
  return { fold, undone, feedPosition };
}

function* itemsOf({ fold, undone }: Reading, type: ReadRequest['type']): Generator<SourceItem> {
  switch (type) {
    case 'contacts':
      for (const learner of fold.learners()) yield* contactItems(learner);
      return;
    case 'courses':
      for (const { id, title } of fold.courses())
        yield {
          kind: 'record',
          externalId: id,
          modifiedAt: null,
          record: { title, courseType: 'XAPI', isActive: true },
        };
      return;
    case 'learners':
      for (const learner of fold.learners()) yield learnerItem(learner);
      return;
    case 'enrollments':
      yield* attemptItems(fold.attempts(), undone, (attempt) => [enrollmentItem(attempt)]);
      return;
    case 'completions':
      yield* attemptItems(fold.attempts(), undone, completionItems);
      return;
    default:
      throw new Error(`Bigger Brains has no ${type}.`);
  }
}

/** What was taken back and does not stand otherwise is gone. */
function* attemptItems(
  attempts: readonly Attempt[],
  undone: ReadonlySet<string>,
  toItems: (attempt: Attempt) => SourceItem[],
): Generator<SourceItem> {
  const left = new Set(undone);
  for (const attempt of attempts) {
    const items = toItems(attempt);
    if (items.length > 0) left.delete(attempt.id);
    yield* items;
  }
  for (const externalId of left) yield { kind: 'gone', externalId };
}

/** Begins anew when it was broken off: the result is only known after the last statement. */
async function* inPages(
  request: ReadRequest,
  reading: (request: ReadRequest) => Promise<Reading>,
): AsyncGenerator<Page> {
  const found = await reading(request);
  const { feedPosition } = found;
  const items = [...itemsOf(found, request.type)];
  const pages = Math.max(1, Math.ceil(items.length / pageSize));
  for (let page = 1; page <= pages; page += 1) {
    const batch = items.slice((page - 1) * pageSize, page * pageSize);
    yield {
      items: batch,
      next: page < pages ? { page } : null,
      total: items.length,
      ...(feedPosition === undefined ? {} : { feedPosition }),
    };
  }
}
