/** One row of an export to what it tells. Pure. */
import { joined, orNull } from '../../../src/connector/values.ts';
import type { SourceRecords } from '../../../src/portal/records/index.ts';
import { type Attempt, emailOf, judged, type Learner, percent } from '../mapping.ts';
import type { Settings } from '../settings.ts';
import type { Cells } from './columns.ts';
import { type DateReading, readDate, readDuration } from './dates.ts';

/** A row that cannot be taken, and why, as a sentence. */
export class BadRow extends Error {
  /** The setting is wrong, not the row: reading stops. */
  readonly setting: boolean;
  /** Nobody can be found by it. */
  readonly nobody: boolean;
  constructor(message: string, { setting = false, nobody = false } = {}) {
    super(message);
    this.setting = setting;
    this.nobody = nobody;
  }
}

/** `fileTeam`: whom the file is about, where the rows do not say. `now`: epoch milliseconds. @throws BadRow */
export function readMember(cells: Cells, fileTeam: string | null, settings: Settings, now: number): Learner {
  const email = emailOf(cells('email'));
  const username = orNull(cells('username'));
  const firstName = orNull(cells('firstName'));
  const lastName = orNull(cells('lastName'));
  const expiresAt = dateIn(cells, 'expiresAt', settings.dates);
  const told: Learner['told'] = {
    firstName,
    lastName,
    fullName: orNull(cells('fullName')) ?? joined([firstName, lastName]),
    username,
    role: orNull(cells('role')),
    teamName: orNull(cells('team')) ?? fileTeam,
    expiresAt,
    lastLoginAt: dateIn(cells, 'lastLoginAt', settings.dates),
    // A login that has ended cannot learn; it still holds its licence.
    isActive: expiresAt === null || Date.parse(expiresAt) > now,
  };
  return { id: learnerKey(email, username), email, modifiedAt: null, told };
}

/** @throws BadRow */
export function readProgress(cells: Cells, fileTeam: string | null, settings: Settings): Attempt {
  const learner = learnerKey(emailOf(cells('email')), orNull(cells('username')));
  const course = courseKey(cells);
  const team = orNull(cells('team')) ?? fileTeam;
  const completedAt = dateIn(cells, 'completedAt', settings.dates);
  const startedAt = dateIn(cells, 'startedAt', settings.dates);
  const told = numberIn(cells, 'progress');
  const score = numberIn(cells, 'score');
  const word = statusOf(cells('status'));
  const guessed = (told ?? 0) > 0 ? 'in_progress' : 'not_started';
  const finished = cells('status') === '' && (completedAt !== null || told === 100);
  const status = word?.status ?? (finished ? 'completed' : guessed);
  const seconds = cells('timeSpent') === '' ? null : readDuration(cells('timeSpent'));
  return {
    id: [team ?? '', learner, course].join('|').toLowerCase(),
    learner,
    course,
    modifiedAt: null,
    told: {
      status,
      progress: told ?? (status === 'completed' ? 100 : null),
      score,
      passed: judged(word?.passed ?? null, score, settings.minScore),
      enrolledAt: dateIn(cells, 'enrolledAt', settings.dates),
      startedAt,
      completedAt: status === 'completed' ? completedAt : null,
      dueDate: dateIn(cells, 'dueDate', settings.dates),
      timeSpentSeconds: seconds,
      teamName: team,
    },
  };
}

export interface Course {
  readonly id: string;
  readonly record: SourceRecords['courses'];
}

/** A line of the course list. @throws BadRow */
export function readCourse(cells: Cells): Course {
  const title = orNull(cells('courseTitle'));
  if (title === null) throw new BadRow('It names no course.');
  const seconds = readDuration(cells('minutes'));
  return {
    id: courseKey(cells),
    record: {
      title,
      description: orNull(cells('description')),
      courseCategory: orNull(cells('category')),
      duration: seconds === null ? null : Math.round(seconds / 60),
      language: orNull(cells('language')),
      isActive: true,
    },
  };
}

/** What a row of progress tells of its course. @throws BadRow */
export function courseOfProgress(cells: Cells): Course {
  const title = orNull(cells('courseTitle')) ?? cells('courseCode');
  return { id: courseKey(cells), record: { title, isActive: true } };
}

/** A word for the state that nobody has met yet; null when the row's is known, or empty. */
export function unknownStatus(cells: Cells): string | null {
  const word = cells('status');
  return word === '' || statusOf(word) !== null ? null : word;
}

interface Status {
  readonly status: 'not_started' | 'in_progress' | 'completed';
  readonly passed?: boolean;
}
const completed: Status = { status: 'completed' };
const inProgress: Status = { status: 'in_progress' };
const notStarted: Status = { status: 'not_started' };
const statusWords: Readonly<Record<string, Status>> = {
  complete: completed,
  completed,
  finished: completed,
  yes: completed,
  '100%': completed,
  passed: { status: 'completed', passed: true },
  failed: { status: 'in_progress', passed: false },
  'in progress': inProgress,
  started: inProgress,
  incomplete: inProgress,
  attempted: inProgress,
  'not started': notStarted,
  assigned: notStarted,
  enrolled: notStarted,
};

function statusOf(word: string): Status | null {
  const normal = word.toLowerCase().replaceAll(/[\s_-]+/g, ' ');
  return Object.hasOwn(statusWords, normal) ? (statusWords[normal] ?? null) : null;
}

function learnerKey(email: string | null, username: string | null): string {
  const key = email ?? username;
  if (key === null) throw new BadRow('It has neither an e-mail address nor a user name.', { nobody: true });
  return key;
}

/** Its code where there is one; else its title, without what typing varies. */
function courseKey(cells: Cells): string {
  const slug = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '');
  const key = orNull(cells('courseCode')) ?? orNull(slug(cells('courseTitle')));
  if (key === null) throw new BadRow('It names no course.');
  return key;
}

function dateIn(cells: Cells, field: string, reading: DateReading): string | null {
  const text = cells(field);
  if (text === '') return null;
  const read = readDate(text, reading);
  if (read === 'wrong-order') {
    throw new BadRow(`"${text}" is no date with the ${reading.order === 'MDY' ? 'month' : 'day'} first.`, {
      setting: true,
    });
  }
  if (read === 'no-date') throw new BadRow(`"${text.slice(0, 40)}" is no date (${field}).`);
  return read.at;
}

/** `85 %`, `85`, `85,5`. */
function numberIn(cells: Cells, field: string): number | null {
  const text = cells(field).replace(/\s*%$/, '').replace(',', '.');
  if (text === '') return null;
  const number = Number(text);
  if (Number.isNaN(number)) throw new BadRow(`"${text.slice(0, 40)}" is no number (${field}).`);
  return percent(number);
}
