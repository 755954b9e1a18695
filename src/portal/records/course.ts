import { z } from 'zod';
import { amount, flag, ownFields, type RecordTypeDefinition, text, time } from './define.ts';

/** A training course, in MSPortal's published names where they have a source. `duration` is in minutes. */
export const courseSchema = z.object({
  ...ownFields,
  title: z.string(),
  description: text(),
  /** The form it comes in: SCORM12, XAPI, AICC. */
  courseType: text(),
  courseCategory: text(),
  duration: amount(),
  language: text(),
  isActive: flag(),
  createdAt: time(),
  updatedAt: time(),
});

export const courseSource = courseSchema.omit({ id: true, provider: true, externalId: true }).partial();

export const courses = {
  type: 'courses',
  singular: 'course',
  label: 'Courses',
  schema: courseSchema,
  source: courseSource,
  columns: {
    title: { label: 'Title', index: true, priority: 1, width: 40 },
    courseCategory: { label: 'Category', index: true, priority: 2, width: 18 },
    duration: { label: 'Minutes', priority: 3, width: 7 },
    courseType: { label: 'Form', priority: 4, width: 16 },
    isActive: { label: 'Active', priority: 5, width: 6 },
    language: { label: 'Language', priority: 6, width: 8 },
    updatedAt: { label: 'Updated', priority: 7, width: 12 },
  },
  references: [],
  title: ['title'],
} satisfies RecordTypeDefinition;
