/** Switches that make a simulator misbehave as real vendors do. One is on at a time. */
import { type Answer, isData, type Route, type RouteKind, type SimulatorRequest } from './exchange.ts';

export interface Fault {
  /** One line, for people. */
  readonly meaning: string;
  /** How many requests it strikes (then it is off), or waits for, or milliseconds: see its meaning. Can be given when it is switched on. */
  readonly count?: number;
  /** Called for every request before the vendor's own code; an answer ends it there. `route` is null for an unknown path. */
  readonly before?: (request: SimulatorRequest, route: Route | null, turn: Turn) => Answer | undefined;
  /** May replace the vendor's answer. */
  readonly after?: (answer: Answer, route: Route, turn: Turn) => Answer;
}

/** One run of a fault, from switching it on to switching it off. */
export interface Turn {
  /** Counts down from the fault's count. */
  left: number;
  readonly count: number;
  end(): void;
}

export class Faults {
  readonly table: Readonly<Record<string, Fault>>;
  #active: { readonly name: string; readonly fault: Fault; readonly turn: Turn } | null = null;

  constructor(table: Readonly<Record<string, Fault>>) {
    this.table = table;
  }

  get active(): string | null {
    return this.#active?.name ?? null;
  }

  isOn(name: string): boolean {
    return this.#active?.name === name;
  }

  /** @throws RangeError naming all faults when there is none of this name. */
  set(name: string | null, count?: number): void {
    if (name === null) {
      this.#active = null;
      return;
    }
    const fault = Object.hasOwn(this.table, name) ? this.table[name] : undefined;
    if (!fault) throw new RangeError(`There is no fault "${name}". Known: ${Object.keys(this.table).join(', ')}.`);
    const total = count ?? fault.count ?? Number.POSITIVE_INFINITY;
    const turn: Turn = {
      left: total,
      count: total,
      end: () => {
        if (this.#active?.turn === turn) this.#active = null;
      },
    };
    this.#active = { name, fault, turn };
  }

  before(request: SimulatorRequest, route: Route | null): Answer | undefined {
    return this.#active?.fault.before?.(request, route, this.#active.turn);
  }

  after(answer: Answer, route: Route): Answer {
    return this.#active?.fault.after?.(answer, route, this.#active.turn) ?? answer;
  }
}

/** How a vendor words what any vendor may have to say. */
export interface Wording {
  throttled(waitMs: number): Answer;
  serverError(): Answer;
  /** To a data call without a live token; to a sign-in with credentials that are not (or no longer) good. */
  unauthorised(kind: RouteKind): Answer;
}

const page = (title: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
const isDataCall = (route: Route | null): boolean => route !== null && isData(route);

/** For vendors whose lists have pages; what it does is in `pageOf`. */
export const repeatsRows: Fault = {
  meaning: 'Pages of lists begin with the last row of the page before, and have their own last row twice.',
};

/** A page of a list, as `repeatsRows` has it when it is on. */
export function pageOf<R>(rows: readonly R[], start: number, size: number, repeats: boolean): readonly R[] {
  if (!repeats || start >= rows.length) return rows.slice(start, start + size);
  const page = rows.slice(Math.max(0, start - 1), start + size);
  return [...page, ...page.slice(-1)];
}

/** Counts a data call that the fault strikes; the fault ends with the last. */
function strike(turn: Turn): void {
  turn.left--;
  if (turn.left <= 0) turn.end();
}

/** Faults that every vendor can have. `forgetTokens` makes every token issued so far worthless. */
export function commonFaults(wording: Wording, forgetTokens: () => void): Record<string, Fault> {
  return {
    'rate-limit': {
      meaning: 'The next 3 data calls are answered 429 (count: how many).',
      count: 3,
      before: (_, route, turn) => {
        if (!isDataCall(route)) return undefined;
        strike(turn);
        return wording.throttled(1000);
      },
    },
    'server-error': {
      meaning: 'Data calls are answered 500 (count: how many; default all).',
      before: (_, route, turn) => {
        if (!isDataCall(route)) return undefined;
        strike(turn);
        return wording.serverError();
      },
    },
    'gateway-html': {
      meaning: 'Data calls are answered 503 with an HTML page of a gateway (count: how many; default all).',
      before: (_, route, turn) => {
        if (!isDataCall(route)) return undefined;
        strike(turn);
        return { status: 503, body: page('503 Service Temporarily Unavailable') };
      },
    },
    maintenance: {
      meaning: 'Every path, sign-in included, is answered 503 with an HTML page and Retry-After 120.',
      before: () => ({ status: 503, headers: { 'retry-after': '120' }, body: page('Upgrade in progress') }),
    },
    'blocked-address': {
      meaning: 'Every path is answered 403, as to a caller whose address is not allowed.',
      before: () => ({ status: 403, body: page('403 Forbidden') }),
    },
    slow: {
      meaning: 'Data calls are answered after 2 seconds (count: milliseconds).',
      count: 2000,
      after: (answer, route, turn) => (isData(route) ? { ...answer, delayMs: turn.count } : answer),
    },
    'truncated-body': {
      meaning: 'The connection ends in the middle of the body of a data call (count: how many; default all).',
      after: (answer, route, turn) => {
        if (!isData(route)) return answer;
        strike(turn);
        return { ...answer, broken: 'truncated' };
      },
    },
    reset: {
      meaning: 'The connection is reset instead of answering a data call (count: how many; default all).',
      before: (_, route, turn) => {
        if (!isDataCall(route)) return undefined;
        strike(turn);
        return { status: 500, broken: 'reset' };
      },
    },
    'expired-mid-run': {
      meaning: 'After 12 more data calls every token is worthless once; a new one works (count: how many calls).',
      count: 12,
      before: (_, route, turn) => {
        if (!isDataCall(route) || turn.left-- > 0) return undefined;
        forgetTokens();
        turn.end();
        return undefined;
      },
    },
    'revoked-mid-run': {
      meaning:
        'After 12 more data calls access is revoked: every token and every sign-in is refused (count: how many calls).',
      count: 12,
      before: (_, route, turn) => {
        if (turn.left <= 0 && route && route.kind !== 'open') {
          forgetTokens();
          return wording.unauthorised(route.kind);
        }
        if (isDataCall(route)) turn.left--;
        return undefined;
      },
    },
    'create-504': {
      meaning: 'A create is stored and then answered 504 (count: how many; default all).',
      after: (answer, _, turn) => {
        if (!answer.created) return answer;
        strike(turn);
        return { status: 504, body: page('504 Gateway Time-out') };
      },
    },
    'cut-creates': {
      meaning: 'A create is stored and then the connection is cut instead of an answer (count: how many; default all).',
      after: (answer, _, turn) => {
        if (!answer.created) return answer;
        strike(turn);
        return { ...answer, broken: 'reset' };
      },
    },
    'cut-writes': {
      meaning: 'Any write is done and then the connection is cut instead of an answer (count: how many; default all).',
      after: (answer, route, turn) => {
        if (route?.kind !== 'write') return answer;
        strike(turn);
        return { ...answer, broken: 'reset' };
      },
    },
    'hostile-text': {
      meaning: 'Names and titles carry escape sequences, control characters, line breaks and bidi marks.',
    },
  };
}
