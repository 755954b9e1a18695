/** SCORM Cloud's rows to learners, courses and attempts. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { joined, orNull, utcTime } from '../../../src/connector/values.ts';
import { type Attempt, emailOf, judged, type Learner, percent } from '../mapping.ts';

const text = z.string().nullish();

export const courseRow = z.looseObject({
  id: z.string(),
  title: text,
  created: text,
  updated: text,
  courseLearningStandard: text,
});
export const registrationRow = z.looseObject({
  id: z.string(),
  instance: z.number().nullish(),
  updated: text,
  registrationCompletion: text,
  registrationCompletionAmount: z.number().nullish(),
  registrationSuccess: text,
  score: z.looseObject({ scaled: z.number().nullish() }).nullish(),
  totalSecondsTracked: z.number().nullish(),
  firstAccessDate: text,
  completedDate: text,
  createdDate: text,
  course: z.looseObject({ id: z.string(), title: text }),
  learner: z.looseObject({ id: z.string(), email: text, firstName: text, lastName: text }),
});
export type CourseRow = z.infer<typeof courseRow>;
export type RegistrationRow = z.infer<typeof registrationRow>;

export function toCourse(row: CourseRow): SourceItem<'courses'> {
  const updatedAt = utcTime(row.updated);
  return {
    kind: 'record',
    externalId: row.id,
    modifiedAt: updatedAt,
    record: {
      title: orNull(row.title) ?? row.id,
      courseType: row.courseLearningStandard === 'UNKNOWN' ? null : orNull(row.courseLearningStandard),
      isActive: true,
      createdAt: utcTime(row.created),
      updatedAt,
    },
  };
}

/** The e-mail address is often left out; the learner's id commonly is one. */
export function toLearner({ learner, updated }: RegistrationRow): Learner {
  const [firstName, lastName] = [orNull(learner.firstName), orNull(learner.lastName)];
  const email = emailOf(learner.email) ?? emailOf(learner.id);
  const username = emailOf(learner.id) === null ? learner.id : null;
  const told = { firstName, lastName, fullName: joined([firstName, lastName]), username, isActive: true };
  return { id: learner.id, email, modifiedAt: utcTime(updated), told };
}

export function toAttempt(row: RegistrationRow, minScore: number): Attempt {
  const updatedAt = utcTime(row.updated);
  const startedAt = utcTime(row.firstAccessDate);
  const done = row.registrationCompletion === 'COMPLETED';
  const status = done ? 'completed' : startedAt === null ? 'not_started' : 'in_progress';
  const scaled = row.score?.scaled;
  const score = scaled === null || scaled === undefined ? null : percent(scaled);
  return {
    // A restart keeps the id and counts the instance up.
    id: `${row.id}:${row.instance ?? 0}`,
    learner: row.learner.id,
    course: row.course.id,
    modifiedAt: updatedAt,
    told: {
      status,
      progress: progressOf(row.registrationCompletionAmount, done),
      score,
      passed: judged(passedOf(row.registrationSuccess), score, minScore),
      enrolledAt: utcTime(row.createdDate),
      startedAt,
      completedAt: done ? utcTime(row.completedDate) : null,
      timeSpentSeconds: row.totalSecondsTracked == null ? null : Math.round(row.totalSecondsTracked),
      updatedAt,
    },
  };
}

/** Seen as a fraction; whether it can be a percentage is not documented. */
function progressOf(amount: number | null | undefined, done: boolean): number | null {
  if (amount === null || amount === undefined) return done ? 100 : null;
  return percent(amount <= 1 ? amount * 100 : amount);
}

function passedOf(success: string | null | undefined): boolean | null {
  return success === 'PASSED' ? true : success === 'FAILED' ? false : null;
}
