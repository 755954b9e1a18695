/** `/__sim/`: looking into a simulator and changing it from outside, for tests and for people who try things. */
import { type RecordType, recordTypeNames } from '../portal/records/index.ts';
import type { Clock } from './clock.ts';
import { type Answer, jsonBody, type SimulatorRequest } from './exchange.ts';
import type { Faults } from './faults.ts';
import type { Gate } from './gate.ts';
import type { RollingWindow } from './rolling-window.ts';
import type { Journal } from './stats.ts';

/** One row that a connection with default options is expected to hold. */
export interface ExpectedRecord {
  readonly externalId: string;
  readonly name?: string;
  readonly title?: string;
  /** ISO, UTC. */
  readonly updatedAt: string | null;
  readonly [field: string]: string | number | boolean | null | undefined;
}

/** Rows by their ids, or how many to draw. */
export type Which = number | readonly string[];

/** What a vendor's part offers to the control surface. Types it does not hold answer null. */
export interface Controlled {
  records(type: RecordType): readonly ExpectedRecord[] | null;
  totals(): Partial<Record<RecordType, number>>;
  /** Edits that many distinct rows as a person at the vendor would; their ids. */
  change(type: RecordType, count: number): readonly string[] | null;
  remove(type: RecordType, which: Which): readonly string[] | null;
  create(type: RecordType, count: number): readonly string[] | null;
  /**
   * A status that tickets can have from now on, `listed` or not in what the vendor tells of its statuses; of one that is there, whether it
   * is. Its id, on the first board where there are boards. Absent: the vendor has no tickets.
   */
  addStatus?(name: string, listed: boolean): string;
}

interface Surface {
  readonly api: { readonly id: string; readonly faults: Faults; readonly controlled: Controlled };
  readonly journal: Journal;
  readonly window: RollingWindow;
  readonly clock: Clock;
  readonly gate: Gate;
}

const help = {
  'GET /__sim/': 'this list, and the faults',
  'GET /__sim/stats': 'requests so far, by method and path',
  'POST /__sim/stats/reset': 'counts start again at nothing',
  'GET /__sim/totals': 'records of each type that a connection with default options ends up with',
  'GET /__sim/records/TYPE': 'those records',
  'POST /__sim/change {"type","count"}': 'edit so many records as a person at the vendor would',
  'POST /__sim/delete {"type","count" or "ids"}': 'delete so many, or these',
  'POST /__sim/create {"type","count"}': 'create so many',
  'POST /__sim/status {"name","listed"?}': 'a ticket status more; not listed: only tickets tell of it',
  'POST /__sim/fault {"name" or null,"count"?}': 'switch a fault on; null: off',
  'POST /__sim/hold {"after"}': 'let so many data calls pass and hold the next',
  'GET /__sim/held': 'the held call, when it has come; null when it was released before',
  'POST /__sim/release {"cut"?}': 'let the held call go on, or cut its connection',
  'POST /__sim/limit {"requests","seconds"}': 'the rate limit',
  'POST /__sim/clock {"advanceSeconds"}': "put the vendor's clock forward",
};

export async function answerControl(
  request: SimulatorRequest,
  { api, journal, window, clock, gate }: Surface,
): Promise<Answer> {
  const body = record(jsonBody(request));
  const [first = '', second = ''] = request.path.slice('/__sim/'.length).split('/');
  switch (`${request.method} ${first}`) {
    case 'GET ': {
      const faults = Object.fromEntries(Object.entries(api.faults.table).map(([name, { meaning }]) => [name, meaning]));
      return ok({ id: api.id, fault: api.faults.active, paths: help, faults });
    }
    case 'GET stats':
      return ok(journal.read());
    case 'POST stats':
      if (second !== 'reset') break;
      journal.reset();
      return ok(journal.read());
    case 'GET totals':
      return ok(api.controlled.totals());
    case 'GET records':
      return withType(second, (type) => api.controlled.records(type));
    case 'POST change':
      return withType(body.type, (type) => named('changed', api.controlled.change(type, number(body.count, 1))));
    case 'POST delete':
      return withType(body.type, (type) =>
        named('deleted', api.controlled.remove(type, ids(body.ids) ?? number(body.count, 1))),
      );
    case 'POST create':
      return withType(body.type, (type) => named('created', api.controlled.create(type, number(body.count, 1))));
    case 'POST status':
      if (api.controlled.addStatus === undefined || typeof body.name !== 'string') break;
      return ok({ id: api.controlled.addStatus(body.name, body.listed !== false) });
    case 'POST fault':
      return setFault(api.faults, body);
    case 'POST hold':
      gate.hold(number(body.after, 0));
      return ok({});
    case 'GET held':
      return ok({ held: await gate.held() });
    case 'POST release':
      gate.release(body.cut !== true);
      return ok({});
    case 'POST limit':
      window.limit = { requests: number(body.requests, 300), seconds: number(body.seconds, 300) };
      return ok(window.limit);
    case 'POST clock':
      clock.advance(number(body.advanceSeconds, 0) * 1000);
      return ok({ now: new Date(clock.now()).toISOString() });
  }
  return bad(404, `There is no ${request.method} ${request.path}. GET /__sim/ lists what there is.`);
}

function setFault(faults: Faults, body: Readonly<Record<string, unknown>>): Answer {
  const name = body.name;
  if (name !== null && typeof name !== 'string') return bad(400, 'Say {"name": "..."} or {"name": null}.');
  try {
    faults.set(name, typeof body.count === 'number' ? body.count : undefined);
    return ok({ fault: faults.active });
  } catch (error) {
    if (error instanceof RangeError) return bad(400, error.message);
    throw error;
  }
}

function withType(value: unknown, act: (type: RecordType) => object | null): Answer {
  const type = recordTypeNames.find((name) => name === value);
  const result = type ? act(type) : null;
  return result ? ok(result) : bad(400, `"type" must be one that this vendor holds, of ${recordTypeNames.join(', ')}.`);
}

const named = (name: string, ids: readonly string[] | null) => (ids ? { [name]: ids } : null);
const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);
const ids = (value: unknown): readonly string[] | null => (Array.isArray(value) ? value.map(String) : null);
const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const ok = (body: unknown): Answer => ({ status: 200, body });
const bad = (status: number, error: string): Answer => ({ status, body: { error } });
