/**
 * Training records from exported CSV files. What changed in a file is found by reading all of it and comparing in the store;
 * whether it changed, by its time, its size and the columns that are accepted. Nothing is sent anywhere.
 */
import { createHash } from 'node:crypto';
import type { ConnectorEnvironment, Page, ReadRequest } from '../../../src/connector/contract.ts';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import type { RecordType } from '../../../src/portal/records/index.ts';
import { type Attempt, completionItems, contactItems, enrollmentItem, type Learner, learnerItem } from '../mapping.ts';
import type { Settings } from '../settings.ts';
import type { Source } from '../source.ts';
import { csvChecks } from './checks.ts';
import type { ExportKind } from './columns.ts';
import { type Exports, fingerprint, rowsOf, type Told } from './exports.ts';
import { courseOfProgress, readCourse, readMember, readProgress, unknownStatus } from './rows.ts';

const pageSize = 500;

export function csvSource({ credentials, memory }: ConnectorEnvironment, settings: Settings): Source {
  const { membersPath = '', completionsPath = '', coursesPath } = credentials;
  const now = Date.now();
  const readers: Readonly<Record<ExportKind, Exports['tryRow']>> = {
    members: (cells, { team }) => readMember(cells, team, settings, now),
    progress: (cells, { team }) => readProgress(cells, team, settings),
    courses: readCourse,
  };
  const exports = (kind: ExportKind, path: string): Exports => ({
    ...{ kind, path, settings, memory },
    tryRow: readers[kind],
    found: { state: '' },
  });
  const files: Files = {
    members: exports('members', membersPath),
    progress: exports('progress', completionsPath),
    courses: coursesPath ? exports('courses', coursesPath) : null,
  };
  return {
    // Whoever was no contact the last time may be one by now, and no file tells.
    changes: (type) => (type === 'contacts' ? 'compare' : 'feed'),
    checks: () => csvChecks(files),
    read: (request) => (request.mode === 'full' ? inPages(items(files, request)) : news(files, request)),
    feedPosition: (type, signal) => stateOf(files, type, signal),
  };
}

export interface Files {
  readonly members: Exports;
  readonly progress: Exports;
  /** Null: courses are what the progress names. */
  readonly courses: Exports | null;
}

/** What a record type is read from, as it is now. */
async function stateOf(files: Files, type: RecordType, signal: AbortSignal): Promise<string> {
  const { members, progress, courses } = files;
  const sources = { learners: [members], courses: [courses, progress] }[type as string] ?? [progress];
  const hash = createHash('sha256');
  for (const exports of sources) if (exports !== null) hash.update(await fingerprint(exports, signal));
  return hash.digest('base64url');
}

async function* news(files: Files, { type, since, signal }: ReadRequest): AsyncGenerator<Page> {
  const state = await stateOf(files, type, signal);
  yield state === since ? { items: [], next: null, feedPosition: state } : { items: [], next: null, reread: true };
}

function items(files: Files, { type, signal }: ReadRequest): AsyncGenerator<SourceItem> {
  switch (type) {
    case 'contacts':
      return learners(files, signal, contactItems, false);
    case 'learners':
      return learners(files, signal, (learner) => [learnerItem(learner)], true);
    case 'courses':
      return courses(files, signal);
    case 'enrollments':
      return attempts(files, signal, (attempt) => [enrollmentItem(attempt)], true);
    case 'completions':
      return attempts(files, signal, completionItems, false);
    default:
      throw new Error(`Bigger Brains has no ${type}.`);
  }
}

/** Somebody who is in two teams' files comes once, from the first. */
async function* learners(
  { members }: Files,
  signal: AbortSignal,
  toItems: (learner: Learner) => SourceItem[],
  reports: boolean,
): AsyncGenerator<SourceItem> {
  const seen = new Set<string>();
  const now = Date.now();
  const read = rowsOf(members, (cells, { team }) => readMember(cells, team, members.settings, now), signal);
  for await (const told of read) {
    if (told.kind === 'bad') {
      if (reports) yield held(told);
    } else if (!seen.has(told.value.id)) {
      seen.add(told.value.id);
      yield* toItems(told.value);
    }
  }
}

/** The same course taken again is another enrollment: the second, in the order of the file. */
async function* attempts(
  { progress }: Files,
  signal: AbortSignal,
  toItems: (attempt: Attempt) => SourceItem[],
  reports: boolean,
): AsyncGenerator<SourceItem> {
  const times = new Map<string, number>();
  const { settings } = progress;
  const read = rowsOf(
    progress,
    (cells, { team }) => ({ attempt: readProgress(cells, team, settings), word: unknownStatus(cells) }),
    signal,
  );
  for await (const told of read) {
    if (told.kind === 'bad') {
      if (reports) yield held(told);
      continue;
    }
    const { attempt } = told.value;
    const time = (times.get(attempt.id) ?? 0) + 1;
    times.set(attempt.id, time);
    yield* toItems(time === 1 ? attempt : { ...attempt, id: `${attempt.id}|${time}` });
  }
}

/** The course list first; what the progress names besides follows, with its title alone. */
async function* courses({ courses, progress }: Files, signal: AbortSignal): AsyncGenerator<SourceItem> {
  const seen = new Set<string>();
  const sources = [
    ...(courses === null ? [] : [rowsOf(courses, readCourse, signal)]),
    rowsOf(progress, courseOfProgress, signal),
  ];
  for (const [index, read] of sources.entries()) {
    for await (const told of read) {
      if (told.kind === 'bad') {
        // Those of the progress are told with the enrollments.
        if (index === 0 && courses !== null) yield held(told);
      } else if (!seen.has(told.value.id)) {
        seen.add(told.value.id);
        yield { kind: 'record', externalId: told.value.id, modifiedAt: null, record: told.value.record };
      }
    }
  }
}

function held({ at, why, nobody }: Extract<Told<unknown>, { kind: 'bad' }>): SourceItem {
  return { kind: 'held', externalId: at, label: at, reason: nobody ? 'no-email' : 'malformed', detail: why };
}

/** A reading that was broken off begins again: the files may be others by then, and reading them costs nothing. */
async function* inPages(source: AsyncGenerator<SourceItem>): AsyncGenerator<Page> {
  let batch: SourceItem[] = [];
  let page = 1;
  for await (const item of source) {
    if (batch.length === pageSize) {
      yield { items: batch, next: { page } };
      page += 1;
      batch = [];
    }
    batch.push(item);
  }
  yield { items: batch, next: null };
}
