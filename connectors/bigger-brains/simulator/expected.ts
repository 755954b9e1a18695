/** What a connection to a source is expected to hold, and edits as people make them there. */
import type { RecordType } from '../../../src/portal/records/index.ts';
import type { Controlled, ExpectedRecord, Which } from '../../../src/simulator/control.ts';
import { choose, revised } from '../../../src/simulator/kinds.ts';
import { type Random, random } from '../../../src/simulator/random.ts';
import type { Mode } from './faults.ts';
import { actorId, courseAddress, registrationOf } from './lrs.ts';
import type { Course, Enrollment, Learner, Training } from './training.ts';

export function controlled(training: Training, mode: Mode): Controlled {
  const { courses, learners, enrollments, former } = training;
  const ids = idsOf(mode);
  // A record store and SCORM Cloud know of people and (the former) of courses only what is done with them.
  const people = (): Learner[] =>
    mode === 'csv' || mode === 'api'
      ? [...learners.values()]
      : distinct([...enrollments.values()], ({ learner }) => learner);
  const taught = (): Course[] =>
    mode === 'xapi' ? distinct([...enrollments.values()], ({ course }) => course) : [...courses.values()];
  const finished = (): Enrollment[] =>
    [...enrollments.values(), ...former].filter(({ completed }) => completed !== null);

  const records: Partial<Record<RecordType, () => ExpectedRecord[]>> = {
    contacts: () =>
      people()
        .filter(({ email, isContact }) => email !== null && isContact)
        .map((learner) => ({ externalId: ids.learner(learner), email: learner.email, updatedAt: null })),
    courses: () => taught().map((course) => ({ externalId: ids.course(course), title: course.title, updatedAt: null })),
    learners: () =>
      people().map((learner) => ({
        externalId: ids.learner(learner),
        name: `${learner.firstName} ${learner.lastName}`,
        email: learner.email,
        updatedAt: null,
      })),
    enrollments: () =>
      [...enrollments.values()].map((enrollment) => ({
        externalId: ids.enrollment(enrollment),
        progress: enrollment.progress,
        updatedAt: null,
      })),
    completions: () => finished().map((each) => ({ externalId: ids.completion(each), updatedAt: null })),
  };

  let rounds = 0;
  const draw = (): Random => random(training.world.seed, 'control', rounds++);
  const open = () => [...enrollments.values()].filter(({ completed, progress }) => completed === null && progress < 95);
  const each = <R>(rows: R[], which: Which, act: (row: R) => void, id: (row: R) => string): string[] => {
    const chosen = choose(rows, which, draw(), id);
    for (const row of chosen) act(row);
    return chosen.map(id);
  };
  const times = (count: number, make: () => string | null): string[] =>
    Array.from({ length: Math.max(0, count) }, make).filter((id) => id !== null);
  const hasLists = mode === 'csv' || mode === 'api';

  return {
    records: (type) => records[type]?.() ?? null,
    totals: () => Object.fromEntries(Object.entries(records).map(([type, of]) => [type, of().length])),
    change(type, count) {
      if (type === 'enrollments') return each(open(), count, (row) => training.advance(row), ids.enrollment);
      if (type === 'courses' && mode !== 'xapi')
        return each(taught(), count, (row) => training.renameCourse(row, revised(row.title)), ids.course);
      if (type === 'learners' && hasLists)
        return each(people(), count, (row) => training.renameLearner(row, revised(row.lastName)), ids.learner);
      return null;
    },
    remove(type, which) {
      if (type === 'enrollments') return each(open(), which, (row) => training.unassign(row), ids.enrollment);
      if (type === 'learners' && hasLists)
        return each(people(), which, (row) => training.removeLearner(row), ids.learner);
      return null;
    },
    create(type, count) {
      if (type === 'enrollments')
        return times(count, () => {
          const made = training.assign();
          return made === null ? null : ids.enrollment(made);
        });
      // A course is finished by somebody who is on it.
      if (type === 'completions') return each(open(), count, (row) => training.complete(row), ids.completion);
      if (type === 'courses' && mode !== 'xapi') return times(count, () => ids.course(training.addCourse()));
      if (type === 'learners' && hasLists) return times(count, () => ids.learner(training.addLearner()));
      return null;
    },
  };
}

interface Ids {
  readonly course: (course: Course) => string;
  readonly learner: (learner: Learner) => string;
  readonly enrollment: (enrollment: Enrollment) => string;
  readonly completion: (enrollment: Enrollment) => string;
}

function idsOf(mode: Mode): Ids {
  const plain = { course: ({ code }: Course) => code, learner: ({ id }: Learner) => id };
  const same = (enrollment: (each: Enrollment) => string) => ({ enrollment, completion: enrollment });
  switch (mode) {
    case 'csv':
      return {
        ...plain,
        ...same(({ learner, course }) => `${learner.team}|${learner.id}|${course.code}`.toLowerCase()),
      };
    case 'xapi':
      return {
        course: ({ code }) => courseAddress(code),
        learner: actorId,
        ...same((each) => `${registrationOf(each)}|${courseAddress(each.course.code)}`),
      };
    case 'scormcloud':
      return { ...plain, ...same(({ number }) => `REG-${String(number).padStart(4, '0')}:0`) };
    case 'api':
      return { ...plain, enrollment: ({ number }) => `E-${number}`, completion: ({ number }) => `C-${number}` };
  }
}

function distinct<T>(enrollments: readonly Enrollment[], of: (enrollment: Enrollment) => T): T[] {
  return [...new Set(enrollments.map(of))];
}
