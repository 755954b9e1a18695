/** The endpoint of the experimental source. It shows what that source expects, and proves nothing about Bigger Brains. */
import type { Answer, Route } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Training } from './training.ts';

const base = '/partner/api/v1';
const pageCap = 100;

interface Listed {
  readonly updatedAt: string;
}

export function restRoutes(training: Training, faults: Faults): Route[] {
  const list = (path: string, rows: () => readonly Listed[]): Route => ({
    method: 'GET',
    path: `${base}/${path}`,
    kind: 'read',
    query: ['page', 'limit', 'updatedSince', 'teamId'],
    handle: ({ query }) => page(query, rows()),
  });
  const shown = (text: string, number: number) => (faults.isOn('hostile-text') ? hostileText(text, number) : text);
  const { courses, learners, enrollments } = training;
  return [
    list('courses', () =>
      [...courses.values()].map(({ code, title, category, minutes, modified }, index) => ({
        id: code,
        title: shown(title, index),
        description: null,
        category,
        durationMinutes: minutes,
        language: 'en',
        url: null,
        updatedAt: iso(modified),
        isActive: true,
      })),
    ),
    list('learners', () =>
      [...learners.values()].map(({ id, email, firstName, lastName, team, modified, number }) => ({
        id,
        email,
        firstName: shown(firstName, number),
        lastName,
        teamId: team,
        isActive: true,
        updatedAt: iso(modified),
      })),
    ),
    list('enrollments', () =>
      [...enrollments.values()].map(
        ({ number, learner, course, assigned, started, completed, progress, modified }) => ({
          id: `E-${number}`,
          courseId: course.code,
          learnerId: learner.id,
          assignedAt: iso(assigned),
          dueAt: null,
          startedAt: started === null ? null : iso(started),
          progress,
          status: completed !== null ? 'completed' : started !== null ? 'in_progress' : 'not_started',
          updatedAt: iso(modified),
        }),
      ),
    ),
    list('completions', () =>
      [...enrollments.values()].flatMap(({ number, learner, course, completed }) =>
        completed === null
          ? []
          : [
              {
                id: `C-${number}`,
                enrollmentId: `E-${number}`,
                courseId: course.code,
                learnerId: learner.id,
                completedAt: iso(completed),
                score: 100,
                passed: true,
                updatedAt: iso(completed),
              },
            ],
      ),
    ),
  ];
}

function page(query: URLSearchParams, all: readonly Listed[]): Answer {
  const since = query.get('updatedSince');
  const rows = all.filter(({ updatedAt }) => since === null || Date.parse(updatedAt) >= Date.parse(since));
  const limit = Math.min(Math.max(1, Number(query.get('limit') ?? 50)), pageCap);
  const number = Math.max(1, Number(query.get('page') ?? 1));
  return {
    status: 200,
    body: {
      data: rows.slice((number - 1) * limit, number * limit),
      page: number,
      totalPages: Math.max(1, Math.ceil(rows.length / limit)),
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
