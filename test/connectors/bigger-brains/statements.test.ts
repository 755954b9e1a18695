/** Statements of a record store to who has done what. */
import { describe, expect, test } from 'vitest';
import { afterWalk, sinceOf, startPosition } from '../../../connectors/bigger-brains/xapi/position.ts';
import { Fold, type Statement, statementSchema } from '../../../connectors/bigger-brains/xapi/statements.ts';

const verbs = 'http://adlnet.gov/expapi/verbs/';
const ida = { name: 'Ida Sample', mbox: 'mailto:Ida@Larkfield.example' };
const course = 'https://courses.example/bb/phishing';
let count = 0;

interface Told {
  readonly verb: string;
  readonly at?: string;
  readonly stored?: string;
  readonly actor?: object;
  readonly object?: object;
  readonly result?: object;
  readonly context?: object;
}
function statement({
  verb,
  at = '2026-07-03T10:00:00Z',
  stored = at,
  actor = ida,
  object = {},
  result,
  context,
}: Told): Statement {
  count += 1;
  return statementSchema.parse({
    id: `aaaa1111-0000-4000-8000-${String(count).padStart(12, '0')}`,
    actor: { objectType: 'Agent', ...actor },
    verb: { id: verb.includes(':') ? verb : `${verbs}${verb}` },
    object: { id: course, definition: { name: { 'en-US': 'Spotting phishing' } }, ...object },
    ...(result === undefined ? {} : { result }),
    ...(context === undefined ? {} : { context }),
    timestamp: at,
    stored,
    version: '1.0.0',
  });
}
function folded(...all: Told[]) {
  const fold = new Fold(0);
  for (const each of all) fold.add(statement(each));
  return fold;
}
const told = (...all: Told[]) => folded(...all).attempts()[0]?.told;

describe('an attempt', () => {
  test.each([
    ['registered', 'not_started'],
    ...['launched', 'initialized', 'attempted', 'experienced', 'progressed', 'suspended', 'answered', 'terminated'].map(
      (verb) => [verb, 'in_progress'],
    ),
    ['failed', 'in_progress'],
    ...['completed', 'passed', 'mastered', 'https://w3id.org/xapi/adl/verbs/satisfied'].map((verb) => [
      verb,
      'completed',
    ]),
  ] as [string, string][])('%s makes it %s', (verb, status) => {
    expect(told({ verb })).toMatchObject({ status });
  });

  test('once completed it stays so, in whatever order its statements come', () => {
    const all: Told[] = [
      { verb: 'registered', at: '2026-07-01T08:00:00Z' },
      { verb: 'initialized', at: '2026-07-02T08:00:00Z' },
      { verb: 'completed', at: '2026-07-03T08:00:00Z', result: { success: true, duration: 'PT23M10S' } },
      { verb: 'experienced', at: '2026-07-04T08:00:00Z' },
    ];
    const expected = {
      status: 'completed',
      progress: 100,
      passed: true,
      enrolledAt: '2026-07-01T08:00:00.000Z',
      startedAt: '2026-07-02T08:00:00.000Z',
      completedAt: '2026-07-03T08:00:00.000Z',
      timeSpentSeconds: 1390,
    };
    expect(told(...all)).toMatchObject(expected);
    expect(told(...all.toReversed())).toMatchObject(expected);
  });

  test('counts a result that says completion with any verb, but not of a failure', () => {
    expect(told({ verb: 'exited', result: { completion: true } })).toMatchObject({ status: 'completed' });
    expect(told({ verb: 'failed', result: { completion: true } })).toMatchObject({
      status: 'in_progress',
      passed: false,
    });
  });

  test('takes score and progress from the latest that tells one, by the time of the event', () => {
    const late = {
      verb: 'progressed',
      at: '2026-07-01T08:00:00Z',
      stored: '2026-07-05T08:00:00Z',
      result: { score: { raw: 1 } },
    };
    const early = { verb: 'progressed', at: '2026-07-02T08:00:00Z', result: { score: { scaled: 0.425 } } };
    expect(told(early, late)).toMatchObject({ score: 42.5 });
    const extensions = { 'https://w3id.org/xapi/cmi5/result/extensions/progress': 30 };
    expect(told({ verb: 'progressed', result: { extensions } })).toMatchObject({ progress: 30 });
  });

  test.each([
    [{ scaled: -0.5 }, 0],
    [{ scaled: 1, raw: 3 }, 100],
    [{ raw: 15, min: 10, max: 20 }, 50],
    [{ raw: 64 }, 64],
    [{ raw: 640 }, null],
  ])('the score %o is %s', (score, expected) => {
    expect(told({ verb: 'completed', result: { score } })).toMatchObject({ score: expected });
  });

  test('of a lesson counts for its course, and does not complete it', () => {
    const parent = [
      { id: course, definition: { type: 'http://adlnet.gov/expapi/activities/course', name: { en: 'Phishing' } } },
    ];
    const lesson = { id: `${course}/1`, definition: { type: 'http://adlnet.gov/expapi/activities/lesson' } };
    const fold = folded({ verb: 'completed', object: lesson, context: { contextActivities: { parent } } });
    expect(fold.courses()).toEqual([{ id: course, title: 'Phishing' }]);
    expect(fold.attempts()).toMatchObject([{ course, told: { status: 'in_progress', completedAt: null } }]);
  });

  test('is one per registration; statements about statements and people are none', () => {
    const registration = 'AAAA1111-0000-4000-8000-0000000000aa';
    const fold = folded(
      { verb: 'completed' },
      { verb: 'initialized', context: { registration } },
      { verb: 'voided', object: { objectType: 'StatementRef' } },
      { verb: 'experienced', object: { objectType: 'Agent' } },
    );
    expect(fold.attempts().map(({ id }) => id)).toEqual([
      `ida@larkfield.example|${course}`,
      `${registration.toLowerCase()}|${course}`,
    ]);
  });
});

test('learners are known by address, account, hash or open id; their name is one text', () => {
  const fold = folded(
    { verb: 'completed' },
    { verb: 'completed', actor: { account: { homePage: 'https://train.example', name: 'tom' } } },
    { verb: 'completed', actor: { mbox_sha1sum: 'EBD31E95054C018B10727CCFFD2EF2EC3A016EE9' } },
    { verb: 'completed', actor: { openid: 'https://id.example/x' } },
    { verb: 'completed', actor: { objectType: 'Group' } },
  );
  expect(fold.learners().map(({ id, email, told }) => [id, email, told.fullName])).toEqual([
    ['ida@larkfield.example', 'ida@larkfield.example', 'Ida Sample'],
    ['https://train.example|tom', null, null],
    ['sha1:ebd31e95054c018b10727ccffd2ef2ec3a016ee9', null, null],
    ['https://id.example/x', null, null],
  ]);
});

describe('the position', () => {
  const page = (stored: string[], consistentThrough: string | null) => ({
    statements: stored.map((at) => statement({ verb: 'completed', stored: at })),
    consistentThrough,
    more: null,
  });

  test('never passes what the store vouches for, nor what was seen, and reads a minute again', () => {
    const start = startPosition(page([], '2026-07-03T10:00:00Z'));
    expect(sinceOf(start)).toEqual({ since: '2026-07-03T09:59:00.000Z' });
    const walk = afterWalk(start);
    walk.take(page(['2026-07-03T10:05:00Z', '2026-07-03T10:20:00Z'], '2026-07-03T10:10:00Z'));
    walk.take(page(['2026-07-03T10:30:00Z'], '2026-07-03T11:00:00Z'));
    expect(walk.position().at).toBe('2026-07-03T10:10:00.000Z');

    const quiet = afterWalk(walk.position());
    expect(quiet.position().at).toBe('2026-07-03T10:10:00.000Z');
    const lagging = afterWalk(walk.position());
    lagging.take(page(['2026-07-03T10:09:30Z'], '2026-07-03T10:01:00Z'));
    expect(lagging.position().at).toBe('2026-07-03T10:10:00.000Z');
  });

  test('remembers what it has read of that minute', () => {
    const first = page(['2026-07-03T10:05:00Z', '2026-07-03T10:05:30Z'], '2026-07-03T11:00:00Z');
    const walk = afterWalk(startPosition(page([], '2026-07-03T10:00:00Z')));
    expect(walk.take(first)).toHaveLength(2);
    const again = afterWalk(walk.position());
    expect(again.take(first)).toEqual([]);
    expect(again.position()).toEqual(walk.position());
  });
});
