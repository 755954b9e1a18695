/** Training records from a SCORM Cloud application in which the course packages are hosted. */
import { z } from 'zod';
import type { ConnectorEnvironment, Page, ReadRequest } from '../../../src/connector/contract.ts';
import type { Http } from '../../../src/connector/http.ts';
import { byCursor, type RowPage } from '../../../src/connector/paging.ts';
import type { SourceItem } from '../../../src/connector/source-item.ts';
import { explainScormCloud, oddAnswer } from '../failures.ts';
import { completionItems, contactItems, enrollmentItem, learnerItem } from '../mapping.ts';
import type { Settings } from '../settings.ts';
import type { Source } from '../source.ts';
import { scormChecks } from './checks.ts';
import { courseRow, type RegistrationRow, registrationRow, toAttempt, toCourse, toLearner } from './mapping.ts';

export function scormCloudSource({ credentials, http }: ConnectorEnvironment, settings: Settings): Source {
  const { appId = '', secretKey = '' } = credentials;
  const authorization = `Basic ${Buffer.from(`${appId}:${secretKey}`).toString('base64')}`;
  const signedIn = http.withExplain(explainScormCloud).withAuth({ kind: 'headers', headers: { authorization } });
  return {
    changes: () => 'modified-since',
    checks: () => scormChecks(signedIn),
    read: (request) => read(signedIn, settings, request),
  };
}

async function* read(http: Http, settings: Settings, request: ReadRequest): AsyncGenerator<Page> {
  if (request.type === 'courses') {
    for await (const page of list(http, 'courses', courseRow, settings, request)) {
      yield { ...page, items: page.rows.map(toCourse) };
    }
    return;
  }
  const toItems = itemsOf(request.type, settings);
  for await (const page of list(http, 'registrations', registrationRow, settings, request)) {
    yield { ...page, items: page.rows.flatMap(toItems) };
  }
}

/** No list has the learners: each comes with the first registration that names it, the newest. */
function itemsOf(type: ReadRequest['type'], { minScore }: Settings): (row: RegistrationRow) => SourceItem[] {
  const seen = new Set<string>();
  const once = (row: RegistrationRow): boolean => !seen.has(row.learner.id) && seen.add(row.learner.id).size > 0;
  switch (type) {
    case 'contacts':
      return (row) => (once(row) ? contactItems(toLearner(row)) : []);
    case 'learners':
      return (row) => (once(row) ? [learnerItem(toLearner(row))] : []);
    case 'enrollments':
      return (row) => [enrollmentItem(toAttempt(row, minScore))];
    case 'completions':
      return (row) => completionItems(toAttempt(row, minScore));
    default:
      throw new Error(`Bigger Brains has no ${type}.`);
  }
}

/** The page size is the server's. Filters go with the first call alone: the token of the next page holds them. */
async function* list<S extends z.ZodType>(
  http: Http,
  path: 'courses' | 'registrations',
  row: S,
  { tags }: Settings,
  { since, position, signal }: ReadRequest,
): AsyncGenerator<RowPage<z.infer<S>>> {
  const answerSchema = z.looseObject({ [path]: z.array(row), more: z.string().nullish() });
  const first = {
    includeTotalCount: true,
    // By default it is the time of creation, and the progress of older registrations would never be seen.
    ...(since === null ? {} : { since, datetimeFilter: 'updated' }),
    ...(tags === '' ? {} : { tags }),
  };
  yield* byCursor({
    position,
    fetch: async (more) => {
      const answer = await http.request({ url: path, query: more === null ? first : { more }, signal });
      const parsed = answerSchema.safeParse(answer.body);
      if (!parsed.success) throw oddAnswer(`/${path}`, z.prettifyError(parsed.error));
      const total = Number(answer.headers['x-total-count'] ?? Number.NaN);
      return {
        rows: parsed.data[path] as z.infer<S>[],
        next: parsed.data.more as string | null | undefined,
        ...(Number.isInteger(total) ? { total } : {}),
      };
    },
  });
}
