import { z } from 'zod';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';
import { referringFields, resolvedFields, setByPortal, trainingReferences } from './training.ts';

/** That a learner finished a course, and when. It stays when the training system has forgotten the learner. */
export const completionSchema = z.object({
  ...ownFields,
  ...resolvedFields,
  enrollmentId: text(),
  completedAt: time(),
  score: amount(),
  /** Null: the source does not say. */
  passed: flag(),
  teamName: text(),
  updatedAt: time(),
  ...referringFields,
  enrollmentExternalId: text(),
});

export const completionSource = completionSchema.omit({ ...setByPortal, enrollmentId: true }).partial();

export const completions = {
  type: 'completions',
  singular: 'completion',
  label: 'Completions',
  schema: completionSchema,
  source: completionSource,
  columns: {
    learnerName: { label: 'Learner', index: true, priority: 1, width: 22 },
    courseTitle: { label: 'Course', index: true, priority: 2, width: 30 },
    companyName: { label: 'Company', index: true, priority: 3, width: 22 },
    completedAt: { label: 'Completed', index: true, priority: 4, width: 12 },
    score: { label: 'Score', priority: 5, width: 6 },
    passed: { label: 'Passed', priority: 6, width: 6 },
    learnerEmail: { label: 'E-mail', priority: 7, width: 28 },
  },
  references: [
    ...trainingReferences,
    { from: 'enrollmentExternalId', to: 'enrollments', into: 'enrollmentId', missing: 'ignore' },
  ],
  title: ['learnerName', 'courseTitle'],
  newest: 'completedAt',
} satisfies RecordTypeDefinition;
