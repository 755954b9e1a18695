/** A learning record store (xAPI 1.0.3), reading side, to which the courses report. */
import { createHash } from 'node:crypto';
import { type Answer, Refusal, type Route, type SimulatorRequest } from '../../../src/simulator/exchange.ts';
import type { Faults } from '../../../src/simulator/faults.ts';
import { hostileText } from '../../../src/simulator/hostile.ts';
import type { Change, Enrollment, Training } from './training.ts';

/** Whatever is asked for. */
const pageCap = 60;
const verbs = 'http://adlnet.gov/expapi/verbs/';
export const homePage = 'https://train.example';

export interface Statement {
  readonly id: string;
  readonly actor: Record<string, unknown>;
  readonly verb: { readonly id: string; readonly display: Record<string, string> };
  readonly object: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly context?: { readonly registration: string };
  readonly timestamp: string;
  readonly stored: string;
  readonly version: string;
}

export const courseAddress = (code: string): string => `https://courses.example/bb/${code.toLowerCase()}`;
export const registrationOf = ({ number }: Pick<Enrollment, 'number'>): string => uuid(`registration ${number}`);
export const actorId = ({ email, username }: Enrollment['learner']): string => email ?? `${homePage}|${username}`;

export class RecordStore {
  readonly #training: Training;
  readonly #faults: Faults;
  /** In the order in which they were stored. */
  readonly #statements: Statement[] = [];
  readonly #voided = new Set<string>();
  #count = 0;

  constructor(training: Training, faults: Faults) {
    this.#training = training;
    this.#faults = faults;
    const history = [...training.enrollments.values()].flatMap((each) => this.#history(each));
    this.#statements.push(...history.sort((a, b) => (a.stored < b.stored ? -1 : 1)));
    training.watch((change) => this.#record(change));
  }

  routes(): Route[] {
    return [
      {
        method: 'GET',
        path: '/xapi/about',
        kind: 'open',
        query: [],
        handle: () => this.#answer({ version: this.#faults.isOn('version-refused') ? ['2.0.0'] : ['1.0.0', '1.0.3'] }),
      },
      {
        method: 'GET',
        path: '/xapi/statements',
        kind: 'read',
        query: parameters,
        handle: (request) => {
          this.#checkVersion(request);
          return this.#read(request.query);
        },
      },
    ];
  }

  #answer(body: unknown, status = 200): Answer {
    const headers = {
      'x-experience-api-version': '1.0.3',
      'x-experience-api-consistent-through': new Date(this.#training.clock.now()).toISOString(),
    };
    return { status, headers, body };
  }

  #checkVersion({ headers }: SimulatorRequest): void {
    const version = String(headers['x-experience-api-version'] ?? '');
    const taken = this.#faults.isOn('version-refused') ? version === '2.0.0' : /^1\.0(\.\d+)?$/.test(version);
    if (!taken) throw new Refusal(this.#answer({ error: true, message: `Version '${version}' is not supported` }, 400));
  }

  #read(query: URLSearchParams): Answer {
    const one = query.get('statementId') ?? query.get('voidedStatementId');
    if (one !== null) {
      const found = this.#statements.find(({ id }) => id === one);
      if (found === undefined || this.#voided.has(one) !== query.has('voidedStatementId')) {
        return this.#answer({ error: true, message: 'Statement not found' }, 404);
      }
      return this.#answer(this.#shown(found));
    }
    const cursor = query.get('cursor');
    const asked = cursor === null ? query : new URLSearchParams(Buffer.from(cursor, 'base64url').toString());
    const from = Number(asked.get('from') ?? 0);
    const rows = this.#matching(asked);
    const limit = Math.min(Number(asked.get('limit') ?? 0) || pageCap, pageCap);
    const rest = new URLSearchParams(asked);
    rest.set('from', String(from + limit));
    const token = Buffer.from(rest.toString()).toString('base64url');
    const more = from + limit < rows.length ? `/xapi/statements?cursor=${token}` : '';
    return this.#answer({
      statements: rows.slice(from, from + limit).map((each) => this.#shown(each)),
      more: more !== '' && this.#faults.isOn('foreign-more') ? `https://elsewhere.example${more}` : more,
    });
  }

  #matching(query: URLSearchParams): Statement[] {
    const [since, until] = [this.#time(query, 'since'), this.#time(query, 'until')];
    const agent = query.get('agent');
    const wanted = (name: string, value: unknown) => !query.has(name) || query.get(name) === value;
    const rows = this.#statements.filter(
      (each) =>
        !this.#voided.has(each.id) &&
        (since === null || each.stored > since) &&
        (until === null || each.stored <= until) &&
        (agent === null || sameAgent(each.actor, agent)) &&
        wanted('verb', each.verb.id) &&
        wanted('activity', each.object.id) &&
        wanted('registration', each.context?.registration),
    );
    return query.get('ascending') === 'true' ? rows : rows.reverse();
  }

  #time(query: URLSearchParams, name: string): string | null {
    const value = query.get(name);
    if (value === null) return null;
    const at = Date.parse(value);
    if (!Number.isNaN(at) && /(z|[+-]\d\d:?\d\d)$/i.test(value)) return new Date(at).toISOString();
    throw new Refusal(this.#answer({ error: true, message: `Parameter '${name}' is not a timestamp` }, 400));
  }

  #record(change: Change): void {
    if (change.kind === 'other') return;
    const { enrollment } = change;
    const now = this.#training.clock.now();
    if (change.kind === 'assigned') this.#store(enrollment, 'registered', now, now);
    if (change.kind === 'progressed') this.#store(enrollment, 'progressed', now, now);
    if (change.kind === 'completed') this.#store(enrollment, 'completed', now, now);
    if (change.kind === 'removed') this.#void(enrollment, now);
  }

  #store(enrollment: Enrollment, verb: string, at: number, stored: number): void {
    this.#statements.push(this.#statement(enrollment, verb, at, stored));
  }

  /** A statement is never deleted: another one takes it back. */
  #void(enrollment: Enrollment, now: number): void {
    const registration = registrationOf(enrollment);
    for (const { id, context } of [...this.#statements]) {
      if (context?.registration !== registration || this.#voided.has(id)) continue;
      this.#voided.add(id);
      this.#statements.push({
        id: uuid(`statement ${this.#count++}`),
        actor: { mbox: 'mailto:admin@acme.example' },
        verb: { id: `${verbs}voided`, display: { 'en-US': 'voided' } },
        object: { objectType: 'StatementRef', id },
        timestamp: new Date(now).toISOString(),
        stored: new Date(now).toISOString(),
        version: '1.0.0',
      });
    }
  }

  /** Every seventh was done offline and came in two days late. */
  #history(enrollment: Enrollment): Statement[] {
    const { assigned, started, completed, modified } = enrollment;
    const { today } = this.#training.world;
    const made: Statement[] = [];
    const add = (verb: string, at: number) => {
      const late = this.#count % 7 === 3 ? 2 * 86_400_000 : 1500;
      made.push(this.#statement(enrollment, verb, at, Math.min(at + late, today)));
    };
    add('registered', assigned);
    if (started !== null) add('initialized', started);
    if (completed !== null) add('completed', completed);
    else if (started !== null) add('progressed', modified);
    return made;
  }

  #statement(enrollment: Enrollment, verb: string, at: number, stored: number): Statement {
    const { learner, course, progress, seconds } = enrollment;
    const name = `${learner.firstName} ${learner.lastName}`;
    const result = {
      ...(verb === 'completed'
        ? { completion: true, success: true, score: { scaled: 1, raw: 100, min: 0, max: 100 } }
        : {}),
      ...(verb === 'progressed'
        ? { extensions: { 'https://w3id.org/xapi/cmi5/result/extensions/progress': progress } }
        : {}),
      duration: `PT${Math.floor(seconds / 60)}M${seconds % 60}S`,
    };
    const identity =
      learner.email === null ? { account: { homePage, name: learner.username } } : { mbox: `mailto:${learner.email}` };
    return {
      id: uuid(`statement ${this.#count++}`),
      actor: { objectType: 'Agent', name, ...identity },
      verb: { id: `${verbs}${verb}`, display: { 'en-US': verb } },
      object: {
        objectType: 'Activity',
        id: courseAddress(course.code),
        definition: { type: 'http://adlnet.gov/expapi/activities/course', name: { 'en-US': course.title } },
      },
      ...(verb === 'completed' || verb === 'progressed' ? { result } : {}),
      context: { registration: registrationOf(enrollment) },
      timestamp: new Date(at).toISOString(),
      stored: new Date(stored).toISOString(),
      version: '1.0.0',
    };
  }

  #shown(statement: Statement): Statement {
    if (!this.#faults.isOn('hostile-text')) return statement;
    return { ...statement, actor: { ...statement.actor, name: hostileText(String(statement.actor.name), 3) } };
  }
}

const parameters: readonly string[] = [
  ...['statementId', 'voidedStatementId', 'agent', 'verb', 'activity', 'registration', 'related_activities'],
  ...['related_agents', 'since', 'until', 'limit', 'format', 'attachments', 'ascending'],
  // The store's own, in the `more` that it gives.
  'cursor',
];

function sameAgent(actor: Record<string, unknown>, wanted: string): boolean {
  const agent = JSON.parse(wanted) as Record<string, unknown>;
  return ['mbox', 'mbox_sha1sum', 'openid', 'account'].some(
    (key) => agent[key] !== undefined && JSON.stringify(agent[key]) === JSON.stringify(actor[key]),
  );
}

function uuid(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
