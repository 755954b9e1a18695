/** Requests, answers and routes: what a vendor's part of a simulator is written in. */
import type { IncomingHttpHeaders } from 'node:http';

export interface SimulatorRequest {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The named parts of the route's path. */
  readonly params: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly text: string;
  /** Which of the simulator's listeners it came to; `main` unless the vendor has more hosts. */
  readonly host: string;
  /** The addresses of all listeners. */
  readonly urls: Readonly<Record<string, string>>;
  /** The vendor's time of arrival, epoch milliseconds. */
  readonly at: number;
  /** How much of the rate limit's window is used, this request included if it counts. */
  quota(): { readonly used: number; readonly requests: number; readonly seconds: number };
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is (default type text/html), anything else as JSON; absent: no body. */
  readonly body?: unknown;
  /** How many records the request created: faults that strike after a create look here. */
  readonly created?: number;
  /** Sent so late. */
  readonly delayMs?: number;
  /** `reset`: the connection is cut instead of an answer; `truncated`: in the middle of the body. */
  readonly broken?: 'reset' | 'truncated';
}

/**
 * `sign-in`: token endpoints; `open`: needs no sign-in; `read` and `write`: the data calls, which rate limit and
 * general faults apply to.
 */
export type RouteKind = 'sign-in' | 'open' | 'read' | 'write';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/Tickets/{id}`; each part in braces matches one segment. */
  readonly path: string;
  readonly kind: RouteKind;
  /** Listener; absent: main. */
  readonly host?: string;
  /** Every query parameter the vendor documents for it; `name[]` and `name[x]` are told as `name`. Absent: not checked. */
  readonly query?: readonly string[];
  /** Every body field (of a form, an object, or each object of an array). Absent: not checked. */
  readonly body?: readonly string[];
  readonly handle: (request: SimulatorRequest) => Answer | Promise<Answer>;
}

/** Thrown by a handler to answer something other than what it was asked for. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

export const isData = (route: Pick<Route, 'kind'>): boolean => route.kind === 'read' || route.kind === 'write';

export function isForm(request: Pick<SimulatorRequest, 'headers'>): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
}

/** The body as JSON, or undefined when it is none. */
export function jsonBody(request: Pick<SimulatorRequest, 'text'>): unknown {
  try {
    return JSON.parse(request.text);
  } catch {
    return undefined;
  }
}
