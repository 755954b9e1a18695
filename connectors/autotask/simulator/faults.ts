/** Autotask's own ways to go wrong, beside those any vendor has. The ones without code are looked up where they matter. */
import { isData, type Route, type RouteKind } from '../../../src/simulator/exchange.ts';
import { commonFaults, type Fault, type Wording } from '../../../src/simulator/faults.ts';
import { errors, unauthorised } from './answers.ts';

/** The answers whose wording is Autotask's. */
export const wording: Wording = {
  // No Retry-After: Autotask is not known to send one. The text at the hourly limit is not known either.
  throttled: () => errors('The request threshold for this database has been exceeded.', 429),
  serverError: () => ({ status: 500, body: { Message: 'An error has occurred.' } }),
  unauthorised: (_kind: RouteKind) => unauthorised(),
};

const threads = 'The Autotask API thread threshold of 3 threads has been exceeded.';
const isDataCall = (route: Route | null): boolean => route !== null && isData(route);

/** Answers data calls with `answer` until the count runs out. */
const answering = (meaning: string, answer: ReturnType<typeof errors>, count?: number): Fault => ({
  meaning,
  ...(count === undefined ? {} : { count }),
  before: (_, route, turn) => {
    if (!isDataCall(route)) return undefined;
    turn.left--;
    if (turn.left <= 0) turn.end();
    return answer;
  },
});

/** How much of the tenant's hour others have used. */
export const usedByOthers: Readonly<Record<string, number>> = {
  'tenant-half-used': 0.6,
  'tenant-busy': 0.8,
  'tenant-nearly-used': 0.96,
};

const perEntity = ['Companies', 'Contacts', 'Resources', 'Tickets'];

export function autotaskFaults(): Record<string, Fault> {
  // There are no tokens that could expire.
  const { 'expired-mid-run': _, ...common } = commonFaults(wording, () => {});
  return {
    'unknown-user': { meaning: 'Zone discovery does not know the username: 500 with an errors list.' },
    'bad-credentials': {
      meaning:
        'Every signed-in call is answered 401 without a body: wrong secret or code, not an API user, locked, inactive.',
    },
    'moved-zone': { meaning: 'The account lives on the other host: this one answers 401, discovery names the other.' },
    'foreign-zone': { meaning: 'Discovery names a host that is not a zone of Autotask.' },
    'not-autotask': {
      meaning: 'Every path is answered with an HTML page, as by some other web server.',
      before: () => ({ status: 200, body: '<!DOCTYPE html><html><head><title>Welcome</title></head></html>' }),
    },
    ...Object.fromEntries(
      perEntity.flatMap((name) => [
        [`hidden-${name.toLowerCase()}`, { meaning: `No right to view ${name}: lists are 200 and empty.` }],
        [`forbidden-${name.toLowerCase()}`, { meaning: `No right to view ${name}: 403 with an errors list.` }],
      ]),
    ),
    'no-write-permission': {
      meaning: 'Writes are answered 500 with a permission text, and entityInformation tells no right to write.',
    },
    'no-resource-admin': { meaning: 'Resources may not be written; the metadata tells no right to.' },
    'service-desk-inactive': { meaning: 'The Service Desk module is inactive: tickets are read-only.' },
    'impersonation-refused': { meaning: 'Writes with ImpersonationResourceId are refused.' },
    'category-demands': {
      meaning: 'The ticket category demands a due date and a source: a new ticket without them is refused.',
    },
    'time-posted': { meaning: 'Every ticket has time on it: its company cannot be changed.' },
    'workflow-rule': { meaning: 'A workflow rule sets every new ticket to In Progress at once, with a note.' },
    'rewrites-text': { meaning: 'What is written is stored trimmed, with white space folded and other line ends.' },
    'shown-late': { meaning: 'Tickets and notes show 30 seconds after they were made.' },
    'cut-writes': {
      meaning: 'A write is done and then the connection is cut instead of an answer (count: how many; default all).',
      after: (answer, route, turn) => {
        if (route.kind !== 'write' || answer.status !== 200) return answer;
        turn.left--;
        if (turn.left <= 0) turn.end();
        return { ...answer, broken: 'reset' };
      },
    },
    'thread-limit': answering(
      'Data calls are answered 429, too many threads (count: how many).',
      errors(threads, 429),
      3,
    ),
    'thread-limit-500': answering('The same, but with status 500 (count: how many).', errors(threads), 3),
    'held-threads': { meaning: 'Every call holds its thread for 100 ms (count: milliseconds).', count: 100 },
    'tenant-half-used': { meaning: '60 % of the hourly requests are used by others; answers come half a second late.' },
    'tenant-busy': { meaning: '80 % of the hourly requests are used by others; answers come a second late.' },
    'tenant-nearly-used': { meaning: '96 % of the hourly requests are used by others.' },
    'tenant-used-up': answering(
      'The hour is used up: every data call is refused (count: how many).',
      wording.throttled(0),
    ),
    'validation-error': answering(
      'Data calls are answered 500 with an errors list (count: how many; default all).',
      errors('Unable to find lastChange in the Companies Entity.'),
    ),
    'errors-in-200': answering(
      'Data calls are answered 200 with an errors list.',
      errors('The operation failed.', 200),
    ),
    'stuck-tracked-stamp': { meaning: 'Changes move lastActivityDate only, not the tracked modification stamp.' },
    'repeats-rows': { meaning: 'The last row of every page of a list comes twice.' },
    'foreign-next-link': { meaning: 'Links to next pages lead to another zone.' },
    ...common,
  };
}

export { threads as threadText };
