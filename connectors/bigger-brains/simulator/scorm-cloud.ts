/** A SCORM Cloud application in which the course packages are hosted (API v2, reading side). */
import { type Answer, Refusal, type Route } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Course, Enrollment, Training } from './training.ts';

/** Fixed by the server. */
const pageSize = 50;
const base = '/api/v2';

const common = [
  'since',
  'until',
  'datetimeFilter',
  'tags',
  'filter',
  'filterBy',
  'orderBy',
  'more',
  'includeTotalCount',
];

interface Listed {
  readonly created: number;
  readonly updated: number;
  readonly tags: readonly string[];
  readonly row: object;
}

export function scormCloudRoutes(training: Training, faults: Faults): Route[] {
  const shown = (text: string, number: number) => (faults.isOn('hostile-text') ? hostileText(text, number) : text);
  const courses = (): Listed[] =>
    faults.isOn('no-courses')
      ? []
      : [...training.courses.values()].map((course, index) => courseOf(course, shown(course.title, index)));
  const registrations = (): Listed[] =>
    [...training.enrollments.values()].map((enrollment) =>
      registrationOf(enrollment, shown(enrollment.learner.lastName, enrollment.number)),
    );
  return [
    {
      method: 'GET',
      path: `${base}/ping`,
      kind: 'read',
      query: [],
      handle: ({ at }) => ({ status: 200, body: { apiMessage: 'API is up', currentTime: iso(at) } }),
    },
    {
      method: 'GET',
      path: `${base}/courses`,
      kind: 'read',
      query: [...common, 'includeCourseMetadata'],
      handle: ({ query }) => list('courses', query, courses(), 'updated'),
    },
    {
      method: 'GET',
      path: `${base}/registrations`,
      kind: 'read',
      query: [
        ...common,
        'courseId',
        'learnerId',
        'includeChildResults',
        'includeInteractionsAndObjectives',
        'includeRuntime',
      ],
      handle: ({ query }) => list('registrations', query, registrations(), 'created'),
    },
  ];
}

function list(
  key: string,
  query: URLSearchParams,
  rows: readonly Listed[],
  defaultTime: 'created' | 'updated',
): Answer {
  const token = query.get('more');
  if (token !== null && query.size > 1) throw refuse('The more token cannot be combined with other parameters');
  const asked = token === null ? query : new URLSearchParams(Buffer.from(token, 'base64url').toString());
  const time = asked.get('datetimeFilter') ?? defaultTime;
  if (time !== 'created' && time !== 'updated') throw refuse(`Unknown datetimeFilter ${time}`);
  const [since, until] = [timeOf(asked, 'since'), timeOf(asked, 'until')];
  const tags = asked.get('tags')?.split(',') ?? null;
  const found = rows
    // Both ends count.
    .filter((row) => (since === null || row[time] >= since) && (until === null || row[time] <= until))
    .filter((row) => tags === null || row.tags.some((tag) => tags.includes(tag)))
    .sort((a, b) => b.created - a.created);
  const from = Number(asked.get('from') ?? 0);
  const rest = new URLSearchParams(asked);
  rest.set('from', String(from + pageSize));
  const more = from + pageSize < found.length ? Buffer.from(rest.toString()).toString('base64url') : null;
  const counted = token === null && query.get('includeTotalCount') === 'true';
  return {
    status: 200,
    ...(counted ? { headers: { 'x-total-count': String(found.length) } } : {}),
    body: { [key]: found.slice(from, from + pageSize).map(({ row }) => row), more },
  };
}

function courseOf({ code, created, modified }: Course, title: string): Listed {
  const tags = ['bigger-brains'];
  const row = {
    id: code,
    title,
    xapiActivityId: `https://courses.example/bb/${code.toLowerCase()}`,
    created: iso(created),
    updated: iso(modified),
    version: 0,
    courseLearningStandard: 'SCORM20044THEDITION',
    tags,
  };
  return { created, updated: modified, tags, row };
}

function registrationOf(enrollment: Enrollment, lastName: string): Listed {
  const { number, learner, course, assigned, started, completed, progress, seconds, modified } = enrollment;
  const tags = ['bigger-brains'];
  const row = {
    id: `REG-${String(number).padStart(4, '0')}`,
    instance: 0,
    updated: iso(modified),
    registrationCompletion: completed !== null ? 'COMPLETED' : started !== null ? 'INCOMPLETE' : 'UNKNOWN',
    registrationCompletionAmount: progress / 100,
    registrationSuccess: completed !== null ? 'PASSED' : 'UNKNOWN',
    ...(started === null ? {} : { score: { scaled: progress } }),
    totalSecondsTracked: seconds,
    ...(started === null ? {} : { firstAccessDate: iso(started), lastAccessDate: iso(modified) }),
    ...(completed === null ? {} : { completedDate: iso(completed) }),
    createdDate: iso(assigned),
    course: { id: course.code, title: course.title, version: 0 },
    // Half of those who upload learners leave the address out, since the id is one.
    learner: {
      id: learner.id,
      ...(learner.email === null || number % 2 === 0 ? {} : { email: learner.email }),
      firstName: learner.firstName,
      lastName,
    },
    tags,
  };
  return { created: assigned, updated: modified, tags, row };
}

function timeOf(query: URLSearchParams, name: string): number | null {
  const value = query.get(name);
  if (value === null) return null;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw refuse(`${name} is not a date`);
  return at;
}

const refuse = (message: string): Refusal => new Refusal({ status: 400, body: { message } });
const iso = (at: number): string => new Date(at).toISOString();
