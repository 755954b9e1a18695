import { z } from 'zod';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';
import { referringFields, resolvedFields, setByPortal, trainingReferences } from './training.ts';

/** A learner on a course, and how far. MSPortal's published names; `progress` and `score` are 0 to 100. */
export const enrollmentSchema = z.object({
  ...ownFields,
  ...resolvedFields,
  status: z.enum(['not_started', 'in_progress', 'completed']).nullable(),
  progress: amount(),
  score: amount(),
  /** Null: the source does not say. */
  passed: flag(),
  enrolledAt: time(),
  startedAt: time(),
  completedAt: time(),
  dueDate: time(),
  timeSpentSeconds: amount(),
  teamName: text(),
  updatedAt: time(),
  ...referringFields,
});

export const enrollmentSource = enrollmentSchema.omit(setByPortal).partial();

export const enrollments = {
  type: 'enrollments',
  singular: 'enrollment',
  label: 'Enrollments',
  schema: enrollmentSchema,
  source: enrollmentSource,
  columns: {
    learnerName: { label: 'Learner', index: true, priority: 1, width: 22 },
    courseTitle: { label: 'Course', index: true, priority: 2, width: 30 },
    companyName: { label: 'Company', index: true, priority: 3, width: 22 },
    status: { label: 'Status', index: true, priority: 4, width: 12 },
    progress: { label: 'Progress', priority: 5, width: 8 },
    score: { label: 'Score', priority: 6, width: 6 },
    dueDate: { label: 'Due', index: true, priority: 7, width: 12 },
    startedAt: { label: 'Started', priority: 8, width: 12 },
    completedAt: { label: 'Completed', index: true, priority: 9, width: 12 },
    learnerEmail: { label: 'E-mail', priority: 10, width: 28 },
  },
  references: trainingReferences,
  title: ['learnerName', 'courseTitle'],
} satisfies RecordTypeDefinition;
