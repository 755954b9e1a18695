/**
 * Statements of a learning record store to learners, courses and attempts. Pure.
 *
 * A statement says that something happened; how far somebody is follows from all of them together. Statements are taken in any
 * order: what counts is their `timestamp`, since work done offline arrives late with old times.
 */
import { z } from 'zod';
import { orNull, utcTime } from '../../../src/connector/values.ts';
import { isoDuration } from '../csv/dates.ts';
import { type Attempt, emailOf, judged, type Learner, percent } from '../mapping.ts';

const agentSchema = z.looseObject({
  name: z.string().optional(),
  mbox: z.string().optional(),
  mbox_sha1sum: z.string().optional(),
  openid: z.string().optional(),
  account: z.object({ homePage: z.string(), name: z.string() }).optional(),
});
const activitySchema = z.looseObject({
  id: z.string().optional(),
  objectType: z.string().optional(),
  definition: z
    .looseObject({ name: z.record(z.string(), z.string()).optional(), type: z.string().optional() })
    .optional(),
});
const activities = z.union([z.array(activitySchema), activitySchema.transform((one) => [one])]).optional();

export const statementSchema = z.looseObject({
  id: z.string(),
  actor: agentSchema,
  verb: z.looseObject({ id: z.string() }),
  object: activitySchema,
  result: z
    .looseObject({
      completion: z.boolean().optional(),
      success: z.boolean().optional(),
      score: z
        .looseObject({
          scaled: z.number().optional(),
          raw: z.number().optional(),
          min: z.number().optional(),
          max: z.number().optional(),
        })
        .optional(),
      duration: z.string().optional(),
      extensions: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  context: z
    .looseObject({
      registration: z.string().optional(),
      contextActivities: z.looseObject({ parent: activities, grouping: activities }).optional(),
    })
    .optional(),
  timestamp: z.string().optional(),
  stored: z.string(),
});
export type Statement = z.infer<typeof statementSchema>;
export type Agent = z.infer<typeof agentSchema>;

const adl = 'http://adlnet.gov/expapi/verbs/';
export const voidedVerb = `${adl}voided`;

/** Whether a verb finishes the course; `passed` where it says how. Verbs that are not here only show that somebody is at it. */
const completing: Readonly<Record<string, { readonly passed: boolean | null }>> = {
  [`${adl}completed`]: { passed: null },
  [`${adl}passed`]: { passed: true },
  [`${adl}mastered`]: { passed: null },
  'https://w3id.org/xapi/adl/verbs/satisfied': { passed: null },
};
const failedVerb = `${adl}failed`;
const registeredVerb = `${adl}registered`;

/** Who it is: the inverse functional identifier. Null for a group without one. */
export function learnerId(agent: Agent): string | null {
  const email = emailOf(agent.mbox?.replace(/^mailto:/i, ''));
  if (email !== null) return email;
  // A hash stands for an address that the store was not told; it finds nobody.
  if (agent.mbox_sha1sum) return `sha1:${agent.mbox_sha1sum.toLowerCase()}`;
  if (agent.account) return `${agent.account.homePage}|${agent.account.name}`;
  return orNull(agent.openid);
}

/** The agent as a `agent` parameter takes it: its identifier alone. */
export function identifierOf({ mbox, mbox_sha1sum, account, openid }: Agent): string {
  if (mbox !== undefined) return JSON.stringify({ mbox });
  if (mbox_sha1sum !== undefined) return JSON.stringify({ mbox_sha1sum });
  return JSON.stringify(account === undefined ? { openid } : { account });
}

/** What a statement is about: the attempt it belongs to; null for statements about statements, agents and groups without a name. */
export function attemptOf(statement: Statement): { id: string; learner: string; course: string } | null {
  const learner = learnerId(statement.actor);
  const course = courseOf(statement);
  if (learner === null || course === null) return null;
  const { registration } = statement.context ?? {};
  return { id: `${registration?.toLowerCase() ?? learner}|${course.id}`, learner, course: course.id };
}

interface FoldedCourse {
  readonly id: string;
  readonly title: string;
  readonly whole: boolean;
}

/** A lesson counts for the course it is part of, where the statement names one. */
function courseOf({ object, context }: Statement): FoldedCourse | null {
  if (object.id === undefined || (object.objectType ?? 'Activity') !== 'Activity') return null;
  const { parent = [], grouping = [] } = context?.contextActivities ?? {};
  const above = isCourse(object) ? undefined : [...grouping, ...parent].find((each) => each.id && isCourse(each));
  const course = above ?? object;
  return { id: course.id!, title: titleOf(course), whole: above === undefined };
}

const isCourse = (activity: z.infer<typeof activitySchema>) => /\/course$/.test(activity.definition?.type ?? '');

function titleOf({ id = '', definition }: z.infer<typeof activitySchema>): string {
  const names = definition?.name ?? {};
  const english = Object.keys(names).find((language) => /^en\b/i.test(language));
  return orNull(english === undefined ? Object.values(names)[0] : names[english]) ?? id;
}

/** Something told at a time; a later telling wins. */
interface Dated<T> {
  readonly at: string;
  readonly value: T;
}

interface Folding {
  readonly learner: string;
  readonly course: string;
  enrolledAt: string | null;
  firstAt: string | null;
  startedAt: string | null;
  completedAt: string | null;
  passed: Dated<boolean> | null;
  score: Dated<number> | null;
  progress: Dated<number> | null;
  seconds: Dated<number> | null;
}

/** Takes statements one after another and holds what follows from them; its size is that of the result. */
export class Fold {
  readonly #learners = new Map<string, { learner: Learner; stored: string }>();
  readonly #courses = new Map<string, Dated<string>>();
  readonly #attempts = new Map<string, Folding>();
  readonly #minScore: number;

  constructor(minScore: number) {
    this.#minScore = minScore;
  }

  add(statement: Statement): void {
    const key = attemptOf(statement);
    const course = courseOf(statement);
    if (key === null || course === null) return;
    const stored = instant(statement.stored);
    const at = instant(statement.timestamp ?? statement.stored);
    this.#addLearner(key.learner, statement.actor, stored);
    const known = this.#courses.get(key.course);
    // A name that was told stands against an activity that comes with its address alone.
    const named = course.title !== course.id;
    if (known === undefined || (named && (known.value === course.id || stored >= known.at))) {
      this.#courses.set(key.course, { at: stored, value: course.title });
    }
    const folding = this.#attempts.get(key.id) ?? emptyFolding(key);
    this.#attempts.set(key.id, folding);
    take(folding, statement, `${at} ${stored}`, at, course.whole);
  }

  learners(): Learner[] {
    return [...this.#learners.values()].map(({ learner }) => learner);
  }

  courses(): { id: string; title: string }[] {
    return [...this.#courses].map(([id, { value }]) => ({ id, title: value }));
  }

  attempts(): Attempt[] {
    return [...this.#attempts].map(([id, folding]) => this.#attempt(id, folding));
  }

  #addLearner(id: string, agent: Agent, stored: string): void {
    const known = this.#learners.get(id);
    if (known !== undefined && known.stored > stored) return;
    // One text; where the first name ends is not for us to say.
    const fullName = orNull(agent.name) ?? known?.learner.told.fullName ?? null;
    const username = orNull(agent.account?.name);
    const told = { fullName, username, isActive: true };
    this.#learners.set(id, { stored, learner: { id, email: emailOf(id), modifiedAt: null, told } });
  }

  #attempt(id: string, folding: Folding): Attempt {
    const { learner, course, completedAt, startedAt } = folding;
    const status = completedAt !== null ? 'completed' : startedAt !== null ? 'in_progress' : 'not_started';
    const score = folding.score?.value ?? null;
    return {
      id,
      learner,
      course,
      modifiedAt: null,
      told: {
        status,
        progress: status === 'completed' ? 100 : (folding.progress?.value ?? null),
        score,
        passed: judged(folding.passed?.value ?? null, score, this.#minScore),
        enrolledAt: folding.enrolledAt ?? folding.firstAt,
        startedAt,
        completedAt,
        timeSpentSeconds: folding.seconds?.value ?? null,
      },
    };
  }
}

function take(folding: Folding, { verb, result }: Statement, order: string, at: string, whole: boolean): void {
  folding.firstAt = earliest(folding.firstAt, at);
  if (verb.id === registeredVerb) {
    folding.enrolledAt = earliest(folding.enrolledAt, at);
    return;
  }
  folding.startedAt = earliest(folding.startedAt, at);
  // What is said of one lesson is not said of the course.
  if (!whole) return;
  const done = completing[verb.id];
  if (done !== undefined || (result?.completion === true && verb.id !== failedVerb)) {
    folding.completedAt = earliest(folding.completedAt, at);
  }
  const passed = verb.id === failedVerb ? false : (done?.passed ?? result?.success ?? null);
  if (passed !== null) folding.passed = latest(folding.passed, order, passed);
  const score = scoreOf(result?.score);
  if (score !== null) folding.score = latest(folding.score, order, score);
  const progress = progressOf(result?.extensions);
  if (progress !== null) folding.progress = latest(folding.progress, order, progress);
  const seconds = result?.duration === undefined ? null : isoDuration(result.duration);
  if (seconds !== null) folding.seconds = latest(folding.seconds, order, seconds);
}

function scoreOf(score: NonNullable<Statement['result']>['score']): number | null {
  const { scaled, raw, min, max } = score ?? {};
  if (scaled !== undefined) return percent(scaled * 100);
  if (raw === undefined) return null;
  if (min !== undefined && max !== undefined && max > min) return percent(((raw - min) / (max - min)) * 100);
  return raw >= 0 && raw <= 100 ? percent(raw) : null;
}

/** No standard name is in general use; cmi5 and most profiles end theirs so. */
function progressOf(extensions: Record<string, unknown> | undefined): number | null {
  const [, value] = Object.entries(extensions ?? {}).find(([key]) => /\/progress$/.test(key)) ?? [];
  return typeof value === 'number' ? percent(value) : null;
}

function emptyFolding({ learner, course }: { learner: string; course: string }): Folding {
  const nothing = { enrolledAt: null, firstAt: null, startedAt: null, completedAt: null };
  return { learner, course, ...nothing, passed: null, score: null, progress: null, seconds: null };
}

const instant = (time: string): string => utcTime(time) ?? time;

const earliest = (known: string | null, at: string): string => (known === null || at < known ? at : known);

function latest<T>(known: Dated<T> | null, at: string, value: T): Dated<T> {
  return known === null || at >= known.at ? { at, value } : known;
}
