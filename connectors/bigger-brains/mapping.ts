/**
 * People and their courses, as all sources tell them, to canonical records. Pure.
 *
 * No source but SCORM Cloud and the REST endpoint has a modification time of a row; the time of a file is none, or every
 * export would rewrite every record.
 */
import type { SourceItem } from '../../src/connector/source-item.ts';
import type { SourceRecords } from '../../src/portal/records/index.ts';

export interface Learner {
  /** E-mail address in lower case where there is one, else what the source signs them in with. */
  readonly id: string;
  readonly email: string | null;
  readonly modifiedAt: string | null;
  readonly told: Omit<SourceRecords['learners'], 'email' | 'contactExternalId'>;
}

export type Progress = Omit<
  SourceRecords['enrollments'],
  'learnerExternalId' | 'courseExternalId' | 'contactExternalId'
>;

/** One learner on one course, once. */
export interface Attempt {
  readonly id: string;
  readonly learner: string;
  readonly course: string;
  readonly modifiedAt: string | null;
  readonly told: Progress;
}

/** Ties the learner to the contact with that address; nobody can be found without one. */
export function contactItems({ id, email, modifiedAt }: Learner): SourceItem<'contacts'>[] {
  return email === null ? [] : [{ kind: 'record', externalId: id, modifiedAt, record: { email } }];
}

export function learnerItem({ id, email, modifiedAt, told }: Learner): SourceItem<'learners'> {
  return { kind: 'record', externalId: id, modifiedAt, record: { ...told, email, contactExternalId: id } };
}

export function enrollmentItem(attempt: Attempt): SourceItem<'enrollments'> {
  const { id, modifiedAt, told } = attempt;
  return { kind: 'record', externalId: id, modifiedAt, record: { ...told, ...references(attempt) } };
}

/** None while the course is not finished. */
export function completionItems(attempt: Attempt): SourceItem<'completions'>[] {
  const { id, modifiedAt, told } = attempt;
  if (told.status !== 'completed') return [];
  const { completedAt, score, passed, teamName } = told;
  const record: SourceRecords['completions'] = {
    ...(completedAt === undefined ? {} : { completedAt }),
    ...(score === undefined ? {} : { score }),
    ...(passed === undefined ? {} : { passed }),
    ...(teamName === undefined ? {} : { teamName }),
    ...references(attempt),
    enrollmentExternalId: id,
  };
  return [{ kind: 'record', externalId: id, modifiedAt, record }];
}

function references({ learner, course }: Attempt) {
  return { learnerExternalId: learner, courseExternalId: course, contactExternalId: learner };
}

/** `passed` where the source says it; else by the pass mark, when there is one. */
export function judged(passed: boolean | null, score: number | null, minScore: number): boolean | null {
  if (passed !== null || minScore === 0 || score === null) return passed;
  return score >= minScore;
}

/** Within 0 to 100, without the noise of fractions. */
export function percent(value: number): number {
  return Math.round(Math.min(100, Math.max(0, value)) * 100) / 100;
}

/** In lower case; null for what is no address. */
export function emailOf(text: string | null | undefined): string | null {
  const address = (text ?? '').trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : null;
}
