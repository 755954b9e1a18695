/**
 * An experiment: training records from a REST endpoint of the shape that such endpoints commonly have. Bigger Brains publishes
 * no API; nothing here is the vendor's word. For whoever was given an endpoint by the vendor or a partner.
 */
import { z } from 'zod';
import type { CheckStep, ConnectorEnvironment, Page, Position, ReadRequest } from '../../../src/connector/contract.ts';
import type { Http } from '../../../src/connector/http.ts';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { explainRest, oddAnswer } from '../failures.ts';
import { contactItems, enrollmentItem, learnerItem } from '../mapping.ts';
import type { Settings } from '../settings.ts';
import type { Source } from '../source.ts';
import {
  completionRow,
  courseRow,
  enrollmentRow,
  learnerRow,
  toAttempt,
  toCompletion,
  toCourse,
  toLearner,
} from './mapping.ts';

const pageSize = 100;

export function restSource({ credentials, http }: ConnectorEnvironment, settings: Settings): Source {
  const { apiKey = '', apiHeader } = credentials;
  const headers: Record<string, string> =
    apiHeader === 'x-api-key' ? { 'x-api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
  const signedIn = http.withExplain(explainRest).withAuth({ kind: 'headers', headers });
  return {
    changes: () => 'modified-since',
    checks: () => checks(signedIn),
    read: (request) => read(signedIn, settings, request),
  };
}

function checks(http: Http): CheckStep[] {
  return [
    {
      id: 'experiment',
      label: 'Experimental source',
      run: async () => ({
        status: 'untested',
        cause:
          'Bigger Brains publishes no API: what this mode expects of an endpoint is an assumption, and nothing vouches for it.',
        fix: 'Use it only with an endpoint that Bigger Brains or a partner gave you, and compare the first records by hand.',
      }),
    },
    {
      id: 'courses',
      label: 'Read courses (experimental)',
      hard: true,
      async run(signal) {
        const { body } = await http.request({ url: 'courses', query: { limit: 1 }, signal });
        return { status: 'passed', detail: `${rowsIn('courses', body).rows.length} of a first page of one` };
      },
    },
  ];
}

async function* read(http: Http, { minScore }: Settings, request: ReadRequest): AsyncGenerator<Page> {
  switch (request.type) {
    case 'contacts':
      yield* list(http, 'learners', learnerRow, request, (row) => contactItems(toLearner(row)));
      return;
    case 'courses':
      yield* list(http, 'courses', courseRow, request, (row) => [toCourse(row)]);
      return;
    case 'learners':
      yield* list(http, 'learners', learnerRow, request, (row) => [learnerItem(toLearner(row))]);
      return;
    case 'enrollments':
      yield* list(http, 'enrollments', enrollmentRow, request, (row) => [enrollmentItem(toAttempt(row))]);
      return;
    case 'completions':
      yield* list(http, 'completions', completionRow, request, (row) => [toCompletion(row, minScore)]);
      return;
    default:
      throw new Error(`Bigger Brains has no ${request.type}.`);
  }
}

/** Pages by a cursor or a link where the answer has one, else by number until one is empty or the last is reached. */
async function* list<S extends z.ZodType>(
  http: Http,
  path: string,
  row: S,
  { since, position, signal }: ReadRequest,
  toItems: (row: z.infer<S>) => SourceItem[],
): AsyncGenerator<Page> {
  let at: Position = position ?? { page: 1 };
  for (;;) {
    const query = {
      limit: pageSize,
      ...(since === null ? {} : { updatedSince: since }),
      ...(typeof at.cursor === 'string' ? { cursor: at.cursor } : { page: Number(at.page) }),
    };
    const { body } = await http.request(
      typeof at.link === 'string' ? { url: at.link, signal } : { url: path, query, signal },
    );
    const answer = rowsIn(path, body);
    const next = nextOf(answer, at);
    const items = answer.rows.flatMap((each) => {
      const parsed = row.safeParse(each);
      if (!parsed.success) throw oddAnswer(`/${path}`, z.prettifyError(parsed.error));
      return toItems(parsed.data);
    });
    yield { items, next };
    if (next === null) return;
    at = next;
  }
}

const envelope = z.looseObject({
  nextCursor: z.string().nullish(),
  next: z.string().nullish(),
  page: z.number().nullish(),
  totalPages: z.number().nullish(),
});
type Answer = z.infer<typeof envelope> & { readonly rows: readonly unknown[] };

function rowsIn(path: string, body: unknown): Answer {
  if (Array.isArray(body)) return { rows: body };
  const parsed = envelope.safeParse(body);
  if (parsed.success) {
    const rows = [parsed.data.data, parsed.data.items, parsed.data.results].find(Array.isArray);
    if (rows !== undefined) return { ...parsed.data, rows };
  }
  throw oddAnswer(`/${path}`, 'No list in it: neither the answer itself nor data, items or results is one.');
}

function nextOf({ rows, nextCursor, next, totalPages }: Answer, at: Position): Position | null {
  if (nextCursor) return nextCursor === at.cursor ? null : { cursor: nextCursor };
  if (next) return next === at.link ? null : { link: next };
  if (rows.length === 0 || at.page === undefined) return null;
  const page = Number(at.page);
  return totalPages != null && page >= totalPages ? null : { page: page + 1 };
}
