/** Rows of SCORM Cloud and of the experimental endpoint to canonical records. */
import { expect, test } from 'vitest';
import * as rest from '../../../connectors/bigger-brains/rest/mapping.ts';
import { registrationRow, toAttempt, toLearner } from '../../../connectors/bigger-brains/scormcloud/mapping.ts';

const registration = {
  id: 'REG-0001',
  instance: 0,
  updated: '2026-07-03T09:58:14.000Z',
  registrationCompletion: 'COMPLETED',
  registrationCompletionAmount: 1,
  registrationSuccess: 'PASSED',
  score: { scaled: 100 },
  totalSecondsTracked: 1390.4,
  firstAccessDate: '2026-07-02T13:00:00.000Z',
  completedDate: '2026-07-03T09:58:14.000Z',
  createdDate: '2026-07-02T12:59:00.000Z',
  course: { id: 'BB-PHISH-01', title: 'Spotting phishing', version: 0 },
  learner: { id: 'ida@larkfield.example', firstName: 'Ida', lastName: 'Sample' },
};
const attempt = (change: object, minScore = 0) =>
  toAttempt(registrationRow.parse({ ...registration, ...change }), minScore);

test('a registration is an attempt; a restart is another', () => {
  expect(attempt({})).toEqual({
    id: 'REG-0001:0',
    learner: 'ida@larkfield.example',
    course: 'BB-PHISH-01',
    modifiedAt: '2026-07-03T09:58:14.000Z',
    told: {
      status: 'completed',
      progress: 100,
      score: 100,
      passed: true,
      enrolledAt: '2026-07-02T12:59:00.000Z',
      startedAt: '2026-07-02T13:00:00.000Z',
      completedAt: '2026-07-03T09:58:14.000Z',
      timeSpentSeconds: 1390,
      updatedAt: '2026-07-03T09:58:14.000Z',
    },
  });
  expect(attempt({ instance: 2 }).id).toBe('REG-0001:2');
  expect(attempt({ instance: null }).id).toBe('REG-0001:0');
});

test.each([
  [
    { registrationCompletion: 'INCOMPLETE', registrationCompletionAmount: 0.4 },
    { status: 'in_progress', progress: 40 },
  ],
  [
    { registrationCompletion: 'INCOMPLETE', registrationCompletionAmount: 40 },
    { progress: 40, completedAt: null },
  ],
  [{ registrationCompletion: 'UNKNOWN', firstAccessDate: null }, { status: 'not_started' }],
  [{ registrationCompletionAmount: null }, { status: 'completed', progress: 100 }],
  [{ registrationSuccess: 'FAILED' }, { passed: false }],
  [
    { registrationSuccess: 'UNKNOWN', score: null },
    { passed: null, score: null },
  ],
])('%o is %o', (change, told) => {
  expect(attempt(change).told).toMatchObject(told);
});

test('a pass mark decides only what the source leaves open', () => {
  expect(attempt({ registrationSuccess: 'UNKNOWN', score: { scaled: 70 } }, 80).told.passed).toBe(false);
  expect(attempt({ registrationSuccess: 'PASSED', score: { scaled: 70 } }, 80).told.passed).toBe(true);
});

test.each([
  [{ id: 'Ida@Larkfield.example' }, 'ida@larkfield.example', null],
  [{ id: 'e-17', email: 'Ida@Larkfield.example' }, 'ida@larkfield.example', 'e-17'],
  [{ id: 'e-17' }, null, 'e-17'],
])('the learner %o has the address %s', (learner, email, username) => {
  const row = registrationRow.parse({ ...registration, learner: { ...learner, firstName: 'Ida', lastName: null } });
  expect(toLearner(row)).toMatchObject({ id: learner.id, email, told: { fullName: 'Ida', username } });
});

test('the experimental endpoint may leave out what it does not know', () => {
  const enrollment = (row: object) =>
    rest.toAttempt(rest.enrollmentRow.parse({ id: 7, courseId: 1, learnerId: 2, ...row }));
  expect(enrollment({})).toMatchObject({
    id: '7',
    course: '1',
    learner: '2',
    told: { status: 'not_started', progress: null },
  });
  expect(enrollment({ status: 'In Progress' }).told.status).toBe('in_progress');
  expect(enrollment({ status: 'archived', progress: 100 }).told.status).toBe('completed');
  const completion = rest.completionRow.parse({
    id: 1,
    courseId: 1,
    learnerId: 2,
    completedAt: '2026-07-03T09:58:14Z',
    score: 90,
  });
  expect(rest.toCompletion(completion, 80)).toMatchObject({
    modifiedAt: '2026-07-03T09:58:14.000Z',
    record: { passed: true, completedAt: '2026-07-03T09:58:14.000Z' },
  });
});
