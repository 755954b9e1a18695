/** Rows of the experimental REST endpoint, as it is assumed to be. Pure. */
import { z } from 'zod';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { joined, orNull, utcTime } from '../../../src/connector/values.ts';
import { type Attempt, emailOf, judged, type Learner, percent } from '../mapping.ts';

const id = z.union([z.string(), z.number()]).transform(String);
const text = z.string().nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();

export const courseRow = z.looseObject({
  id,
  title: z.string(),
  description: text,
  category: text,
  durationMinutes: number,
  language: text,
  updatedAt: text,
  isActive: flag,
});
export const learnerRow = z.looseObject({
  id,
  email: text,
  firstName: text,
  lastName: text,
  teamId: id.nullish(),
  isActive: flag,
  updatedAt: text,
});
export const enrollmentRow = z.looseObject({
  id,
  courseId: id,
  learnerId: id,
  assignedAt: text,
  dueAt: text,
  startedAt: text,
  progress: number,
  status: text,
  updatedAt: text,
});
export const completionRow = z.looseObject({
  id,
  enrollmentId: id.nullish(),
  courseId: id,
  learnerId: id,
  completedAt: text,
  score: number,
  passed: flag,
  updatedAt: text,
});

export function toCourse(row: z.infer<typeof courseRow>): SourceItem<'courses'> {
  const updatedAt = utcTime(row.updatedAt);
  return {
    kind: 'record',
    externalId: row.id,
    modifiedAt: updatedAt,
    record: {
      title: row.title,
      description: orNull(row.description),
      courseCategory: orNull(row.category),
      duration: row.durationMinutes ?? null,
      language: orNull(row.language),
      isActive: row.isActive ?? null,
      updatedAt,
    },
  };
}

export function toLearner(row: z.infer<typeof learnerRow>): Learner {
  const [firstName, lastName, updatedAt] = [orNull(row.firstName), orNull(row.lastName), utcTime(row.updatedAt)];
  const told = {
    firstName,
    lastName,
    fullName: joined([firstName, lastName]),
    teamName: row.teamId ?? null,
    isActive: row.isActive ?? null,
    updatedAt,
  };
  return { id: row.id, email: emailOf(row.email), modifiedAt: updatedAt, told };
}

export function toAttempt(row: z.infer<typeof enrollmentRow>): Attempt {
  const updatedAt = utcTime(row.updatedAt);
  const startedAt = utcTime(row.startedAt);
  const progress = row.progress == null ? null : percent(row.progress);
  return {
    id: row.id,
    learner: row.learnerId,
    course: row.courseId,
    modifiedAt: updatedAt,
    told: {
      status: statusOf(row.status, progress, startedAt),
      progress,
      enrolledAt: utcTime(row.assignedAt),
      startedAt,
      dueDate: utcTime(row.dueAt),
      updatedAt,
    },
  };
}

/** Completions are a list of their own here. */
export function toCompletion(row: z.infer<typeof completionRow>, minScore: number): SourceItem<'completions'> {
  const score = row.score == null ? null : percent(row.score);
  const updatedAt = utcTime(row.updatedAt);
  return {
    kind: 'record',
    externalId: row.id,
    modifiedAt: updatedAt ?? utcTime(row.completedAt),
    record: {
      completedAt: utcTime(row.completedAt),
      score,
      passed: judged(row.passed ?? null, score, minScore),
      updatedAt,
      learnerExternalId: row.learnerId,
      courseExternalId: row.courseId,
      contactExternalId: row.learnerId,
      ...(row.enrollmentId == null ? {} : { enrollmentExternalId: row.enrollmentId }),
    },
  };
}

function statusOf(word: string | null | undefined, progress: number | null, startedAt: string | null) {
  const normal = word?.toLowerCase().replaceAll(/[\s-]+/g, '_');
  if (normal === 'completed' || normal === 'in_progress' || normal === 'not_started') return normal;
  if (progress === 100) return 'completed';
  return (progress ?? 0) > 0 || startedAt !== null ? 'in_progress' : 'not_started';
}
